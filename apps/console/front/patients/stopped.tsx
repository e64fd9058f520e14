import { Button } from '@carbon/react';
import type { StoppedPatient } from '@sync-hub/contracts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Ago } from '../ago.js';
import { Cell, Columns } from '../columns.js';
import { Dialog } from '../dialog.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { HerRecord } from './her-record.js';
import { PATIENTS, resumePatient } from './patient-api.js';
import { usePatientWords } from './use-patient-words.js';

/** Who is stopped; each is let go on once somebody has seen what that means. */
export function Stopped({ stopped }: { readonly stopped: readonly StoppedPatient[] }) {
  const { words } = usePatientWords();
  const person = usePerson();
  const client = useQueryClient();
  const [asked, ask] = useState<StoppedPatient | null>(null);
  const resuming = useAct('drive-work', {
    mutationFn: ({ one: { patient, link }, by }: { readonly one: StoppedPatient; readonly by: string }) =>
      resumePatient({ patient, ...(link === null ? {} : { link }) }, by),
    onSettled: () => client.invalidateQueries({ queryKey: PATIENTS }),
  });
  const letGoOn = (one: StoppedPatient): void => {
    const by = person.demandBeyond(() => ask(null));
    if (by === null) return;
    ask(null);
    resuming.mutate({ one, by });
  };
  return (
    <>
      {resuming.isSuccess && <Said kind="success" text={words.wentOn(resuming.data.woken)} />}
      {resuming.error !== null && <Trouble error={resuming.error} />}
      {stopped.length === 0 ? <p className="soft">{words.noneStopped}</p> : <Table stopped={stopped} ask={resuming.may ? ask : null} />}
      {asked !== null && (
        <Dialog
          title={words.letGoOnTitle(asked.patient)}
          close={() => ask(null)}
          act={
            <Button size="md" onClick={() => letGoOn(asked)}>
              {words.letGoOn}
            </Button>
          }
        >
          <p>{asked.erasedAt === null ? words.letGoOnHelp(asked.waiting) : words.metAnew}</p>
        </Dialog>
      )}
    </>
  );
}

interface TableProps {
  readonly stopped: readonly StoppedPatient[];
  readonly ask: ((one: StoppedPatient) => void) | null;
}

function Table({ stopped, ask }: TableProps) {
  const { words, moment } = usePatientWords();
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.patient, words.link, words.who, words.since, words.why, words.waits, ...(ask === null ? [] : [words.act])]} />
      <tbody>
        {stopped.map((one) => (
          <tr key={`${one.patient} ${one.link}`}>
            <Cell of={words.patient}>
              <HerRecord patient={one.patient} />
            </Cell>
            <Cell of={words.link}>{one.link ?? words.everyLink}</Cell>
            <Cell of={words.who}>{one.by}</Cell>
            <Cell of={words.since}>
              <Ago at={one.since} />
            </Cell>
            <Cell of={words.why}>
              {one.reason} {one.erasedAt !== null && <strong>{words.erasedSince(moment(one.erasedAt))}</strong>}
            </Cell>
            <Cell of={words.waits}>{one.waiting}</Cell>
            {ask !== null && (
              <Cell of={words.act}>
                <Button kind="tertiary" size="sm" aria-label={`${words.letGoOn} (${one.patient}, ${one.link ?? words.everyLink})`} onClick={() => ask(one)}>
                  {words.letGoOn}
                </Button>
              </Cell>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
