import { Button } from '@carbon/react';
import type { StoppedPatient } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Refused } from '../desk.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { Counts, EraseDialog } from './erase-dialog.js';
import { erasePatient, PATIENTS } from './patient-api.js';
import { usePatientWords } from './use-patient-words.js';

/** For administrators: what is stored of one who is stopped on every link is forgotten. */
export function Erasing({ stopped }: { readonly stopped: readonly StoppedPatient[] }) {
  const { words } = usePatientWords();
  const person = usePerson();
  const client = useQueryClient();
  const [asked, ask] = useState<string | null>(null);
  const erasing = useAct('erase-patients', {
    mutationFn: ({ by, ...deed }: { readonly patient: string; readonly confirm: string; readonly reason: string; readonly by: string }) =>
      erasePatient(deed, by),
    onSettled: () => client.invalidateQueries({ queryKey: PATIENTS }),
  });
  const everywhere = stopped.filter(({ link, erasedAt }) => link === null && erasedAt === null);
  if (!erasing.may) return null;
  const erase = (patient: string, confirm: string, reason: string): void => {
    const by = person.demandBeyond(() => ask(null));
    if (by === null) return;
    ask(null);
    erasing.mutate({ patient, confirm, reason, by });
  };
  return (
    <>
      {erasing.isSuccess && <Said kind="success" text={words.erased} />}
      {erasing.data?.counts != null && <Counts of={erasing.data.counts} />}
      {erasing.error !== null && <NotErased error={erasing.error} />}
      {everywhere.map(({ patient }) => (
        <p key={patient}>
          <Button kind="danger--ghost" size="sm" onClick={() => ask(patient)}>
            {words.eraseOf(patient)}
          </Button>
        </p>
      ))}
      {asked !== null && <EraseDialog patient={asked} close={() => ask(null)} does={(confirm, reason) => erase(asked, confirm, reason)} />}
    </>
  );
}

function NotErased({ error }: { readonly error: Error }) {
  const { words } = usePatientWords();
  const text = error instanceof Refused ? words.notErased[error.said.error ?? ''] : undefined;
  return text === undefined ? <Trouble error={error} /> : <Said kind="warning" text={text} />;
}
