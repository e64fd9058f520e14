import { Button } from '@carbon/react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useSpeech } from './language/speaking.js';

interface DialogProps {
  readonly title: string;
  readonly close: () => void;
  /** What stands beside the button that closes it. */
  readonly act?: ReactNode;
  readonly children: ReactNode;
}

/** A dialog of the browser's own: it keeps the focus in, gives it back, and closes by Escape. */
export function Dialog({ title, close, act, children }: DialogProps) {
  const { t } = useSpeech();
  const titleId = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => element.current?.showModal(), []);
  return (
    <dialog ref={element} aria-labelledby={titleId} onClose={close}>
      <h2 id={titleId}>{title}</h2>
      {children}
      <div className="acts">
        <Button kind="secondary" size="md" onClick={() => element.current?.close()}>
          {act === undefined ? t.close : t.cancel}
        </Button>
        {act}
      </div>
    </dialog>
  );
}
