import { useEffect, useRef } from 'react';

/** What a key does, by `event.key`; `Ctrl+Enter` is one of them, and works while typing too. */
export type Keys = Readonly<Record<string, (event: KeyboardEvent) => void>>;

const TYPES = 'textarea, select, input:not([type="radio"])';
/** What has a meaning of its own for Enter. */
const PRESSES = 'a, button, summary';

const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null;

/** Listens to keys anywhere on the page, except while somebody types, or a dialog is open. */
export function useKeys(keys: Keys): void {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (isDialogOpen() || event.altKey || event.metaKey) return;
      const name = event.ctrlKey ? `Ctrl+${event.key}` : event.key;
      const target = event.target instanceof Element ? event.target : null;
      if (!event.ctrlKey && name !== 'Escape' && target?.matches(TYPES) === true) return;
      if (name === 'Enter' && target?.closest(PRESSES) !== null && target !== null) return;
      const act = Object.hasOwn(current.current, name) ? current.current[name] : undefined;
      if (act === undefined) return;
      event.preventDefault();
      act(event);
    };
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}

/** Moves the focus among what a page has of something, in its order; from outside to the first, or the last. */
export function moveFocus(selector: string, step: 1 | -1): void {
  const all = [...document.querySelectorAll<HTMLElement>(selector)].filter((one) => one.offsetParent !== null);
  const now = all.findIndex((one) => one.contains(document.activeElement));
  const next = now === -1 ? (step === 1 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step));
  all[next]?.focus();
  all[next]?.scrollIntoView({ block: 'nearest' });
}
