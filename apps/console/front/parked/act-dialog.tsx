import { Button, TextArea } from '@carbon/react';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import type { Act } from './held-api.js';
import { useParked } from './use-parked.js';

interface ActDialogProps {
  readonly act: Exclude<Act, 'redrive'>;
  /** What is said first: which, and how many. */
  readonly about: string;
  readonly does: (reason: string) => void;
  readonly close: () => void;
}

/** What discarding, or laying aside, means; done with a reason only. */
export function ActDialog({ act, about, does, close }: ActDialogProps) {
  const { words } = useParked();
  const [reason, setReason] = useState('');
  const isDiscard = act === 'discard';
  const button = (
    <Button
      kind={isDiscard ? 'danger' : 'primary'}
      size="md"
      disabled={reason.trim() === ''}
      onClick={() => {
        does(reason);
        close();
      }}
    >
      {isDiscard ? words.discardDo : words.layDo}
    </Button>
  );
  return (
    <Dialog title={isDiscard ? words.discardTitle : words.layTitle} close={close} act={button}>
      <p>
        <strong>{about}</strong>
      </p>
      <p>{isDiscard ? words.discardHelp : words.layHelp}</p>
      <TextArea id="act-reason" labelText={words.reason} rows={3} maxLength={2000} value={reason} onChange={({ target }) => setReason(target.value)} />
    </Dialog>
  );
}
