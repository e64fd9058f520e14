import { InlineNotification } from '@carbon/react';
import type { ReactNode } from 'react';
import { Refused } from './desk.js';
import { useSpeech } from './language/speaking.js';

interface SaidProps {
  readonly kind: 'error' | 'info' | 'success' | 'warning';
  readonly text: string;
  readonly more?: ReactNode;
}

/** One sentence that a person should not miss; read out where the screen is not seen. */
export function Said({ kind, text, more }: SaidProps) {
  return (
    <InlineNotification kind={kind} lowContrast hideCloseButton title={text} role={kind === 'error' ? 'alert' : 'status'}>
      {more}
    </InlineNotification>
  );
}

/** Why something could not be shown or done. */
export function Trouble({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  const status = error instanceof Refused ? error.status : 0;
  if (status === 401) return <NotOpen />;
  if (status === 403) return <Said kind="warning" text={t.notPermitted} />;
  if (status === 404) return <Said kind="warning" text={t.notFound} />;
  return <Said kind="error" text={t.notReached} />;
}

/** Why nothing is shown without the token, and how to come in. */
export function NotOpen() {
  const { t } = useSpeech();
  return <Said kind="warning" text={t.notOpen} more={<span>{t.notOpenHelp}</span>} />;
}
