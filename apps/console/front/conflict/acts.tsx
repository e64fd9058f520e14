import { Button, TextArea } from '@carbon/react';
import type { ConflictSummary } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { assign, dismiss } from '../desk.js';
import { Dialog } from '../dialog.js';
import { useSpeech } from '../language/speaking.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Trouble } from '../said.js';

/** What a person does to a conflict other than answering it. */
export function useActs({ id, version }: Pick<ConflictSummary, 'id' | 'version'>) {
  const client = useQueryClient();
  const person = usePerson();
  const done = { onSettled: () => client.invalidateQueries({ queryKey: ['conflict', id] }) };
  const taking = useAct('answer-conflicts', { mutationFn: (by: string) => assign(id, by, by), ...done });
  const giving = useAct('answer-conflicts', { mutationFn: (by: string) => assign(id, '', by), ...done });
  const leaving = useAct('answer-conflicts', {
    mutationFn: ({ reason, by }: { readonly reason: string; readonly by: string }) => dismiss(id, { reason, version }, by),
    ...done,
  });
  const asSomebody = (act: (by: string) => void) => (): void => {
    const by = person.demand();
    if (by !== null) act(by);
  };
  return {
    take: asSomebody((by) => taking.mutate(by)),
    giveBack: asSomebody((by) => giving.mutate(by)),
    leave: (reason: string) => asSomebody((by) => leaving.mutate({ reason, by }))(),
    error: taking.error ?? giving.error ?? leaving.error,
  };
}

export function Acts({ conflict, acts }: { readonly conflict: ConflictSummary; readonly acts: ReturnType<typeof useActs> }) {
  const { t } = useSpeech();
  const person = usePerson();
  const [isLeaving, setLeaving] = useState(false);
  const isMine = conflict.owner !== null && conflict.owner === person.name.trim();
  return (
    <Permitted to="answer-conflicts">
      <div className="acts">
        <Button kind="tertiary" size="sm" onClick={isMine ? acts.giveBack : acts.take}>
          {isMine ? t.giveBack : t.assignToMe}
        </Button>
        <Button kind="ghost" size="sm" onClick={() => setLeaving(true)}>
          {t.dismiss}
        </Button>
        {isLeaving && <Dismissal leave={acts.leave} close={() => setLeaving(false)} />}
        {acts.error !== null && <Trouble error={acts.error} />}
      </div>
    </Permitted>
  );
}

function Dismissal({ leave, close }: { readonly leave: (reason: string) => void; readonly close: () => void }) {
  const { t } = useSpeech();
  const [reason, setReason] = useState('');
  const act = (
    <Button
      kind="danger"
      size="md"
      disabled={reason.trim() === ''}
      onClick={() => {
        leave(reason);
        close();
      }}
    >
      {t.dismissDo}
    </Button>
  );
  return (
    <Dialog title={t.dismissTitle} close={close} act={act}>
      <p>{t.dismissHelp}</p>
      <TextArea id="dismiss-reason" labelText={t.dismissReason} rows={3} maxLength={2000} value={reason} onChange={({ target }) => setReason(target.value)} />
    </Dialog>
  );
}
