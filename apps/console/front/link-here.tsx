import type { MouseEvent, ReactNode } from 'react';
import { goTo } from './place.js';

interface LinkProps {
  readonly to: string;
  readonly className?: string;
  readonly row?: boolean;
  /** Is it the page that is shown? */
  readonly isCurrent?: boolean;
  readonly children: ReactNode;
}

/** A link within the workbench: opens in place, and in a new tab where that is asked for. */
export function LinkHere({ to, className = 'cds--link', row = false, isCurrent = false, children }: LinkProps) {
  const follow = (event: MouseEvent): void => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    goTo(to);
  };
  return (
    <a href={to} className={className} onClick={follow} aria-current={isCurrent ? 'page' : undefined} {...(row ? { 'data-row': '' } : {})}>
      {children}
    </a>
  );
}
