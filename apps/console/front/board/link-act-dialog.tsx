import { Button, TextArea } from '@carbon/react';
import type { LinkAct } from '@sync-hub/contracts';
import { useState } from 'react';
import { Dialog } from '../dialog.js';
import { useBoardWords } from './use-board-words.js';

interface LinkActDialogProps {
  readonly what: LinkAct;
  /** The link, or the direction of it. */
  readonly about: string;
  readonly does: (reason: string) => void;
  readonly close: () => void;
}

/** What an act on a link means; whoever stops one says why. */
export function LinkActDialog({ what, about, does, close }: LinkActDialogProps) {
  const { words } = useBoardWords();
  const [reason, setReason] = useState('');
  const needsReason = what === 'pause' || what === 'drain';
  const button = (
    <Button kind={what === 'release' ? 'danger' : 'primary'} size="md" disabled={needsReason && reason.trim() === ''} onClick={() => does(reason)}>
      {words.doing[what]}
    </Button>
  );
  return (
    <Dialog title={words.asks[what](about)} close={close} act={button}>
      <p>{words.means[what]}</p>
      <TextArea id="link-reason" labelText={words.reason} rows={3} maxLength={1000} value={reason} onChange={({ target }) => setReason(target.value)} />
    </Dialog>
  );
}
