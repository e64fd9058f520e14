import { Button } from '@carbon/react';
import type { HeldRecord, HeldRun, HeldWhy } from '@sync-hub/contracts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Ago } from '../ago.js';
import { Cell } from '../columns.js';
import { moveFocus, useKeys } from '../keys.js';
import { LinkHere } from '../link-here.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { goTo, usePlace } from '../place.js';
import { Trouble } from '../said.js';
import { ActDialog } from './act-dialog.js';
import { AsTold, takesActs, Unheard } from './elsewhere.js';
import { FarActs } from './far-acts.js';
import { type Act, actOnPlan, type Deed, findHeldRun, heldRecords, listHeld, planHeld } from './held-api.js';
import { HeldRunTold } from './held-run-told.js';
import { causeText } from './sentences.js';
import { useParked } from './use-parked.js';
import { WhyNow } from './why-now.js';

const ROWS = '[data-row]';
const LOOK_EVERY_MS = 3000;
const PLAN_LOOK_MS = 200;
const SHOWN = 50;

/** What goes by itself with others. */
const GO_WITH_OTHERS: ReadonlySet<HeldWhy> = new Set<HeldWhy>(['observed', 'class-closed', 'patient-stopped']);

/** All that is held for one cause: why, what helps, and what can be done to all of it at once. Its address says a run, so that it is there again where the page is loaded anew. */
export function GroupPage({ id }: { readonly id: string }) {
  const { t, words, names } = useParked();
  const run = usePlace().searchParams.get('run');
  const { data, error } = useQuery({ queryKey: ['held', id], queryFn: () => listHeld({ group: id }), refetchInterval: LOOK_EVERY_MS });
  const records = useQuery({ queryKey: ['held', id, 'records'], queryFn: () => heldRecords(id, 0, SHOWN), refetchInterval: LOOK_EVERY_MS });
  useKeys({ j: () => moveFocus(ROWS, 1), k: () => moveFocus(ROWS, -1), u: () => goTo('/parked') });
  const [group] = data?.groups ?? [];
  const [oldest] = records.data ?? [];
  const trouble = error ?? records.error;
  return (
    <>
      <p>
        <LinkHere to="/parked">← {words.back}</LinkHere>
      </p>
      <h1>{group === undefined ? words.title : causeText(words, group, names)}</h1>
      {trouble !== null && <Trouble error={trouble} />}
      {data === undefined && error === null && <p>{t.loading}</p>}
      {data !== undefined && <Unheard instances={data.elsewhere.filter(({ origin }) => origin === group?.origin)} />}
      {run !== null && <HeldRunTold id={run} />}
      {data !== undefined && group === undefined && <p className="empty">{words.noMore}</p>}
      {group !== undefined && (
        <>
          <p className="help">{words.helpsWith[group.helps]}</p>
          {group.origin !== undefined && <AsTold origin={group.origin} instances={data?.elsewhere ?? []} />}
          <Permitted to="drive-work">
            {oldest !== undefined && group.origin === undefined && (
              <WhyNow key={oldest.id} id={oldest.id} label={group.count === 1 ? words.askWhy : words.askWhyOldest} />
            )}
            {group.why === 'patient-stopped' && group.origin === undefined && <LetGoOn />}
            {takesActs(group.origin, data?.elsewhere ?? []) && (
              <GroupActs group={id} about={causeText(words, group, names)} count={group.count} mayEnd={!GO_WITH_OTHERS.has(group.why)} />
            )}
          </Permitted>
        </>
      )}
      {data !== undefined && <FarActs acts={data.asked} />}
      {records.data !== undefined && records.data.length > 0 && <Records records={records.data} />}
    </>
  );
}

function LetGoOn() {
  const { words } = useParked();
  return (
    <p>
      <LinkHere to="/patients">{words.letGoOn}</LinkHere>
    </p>
  );
}

interface GroupActsProps {
  readonly group: string;
  readonly about: string;
  readonly count: number;
  readonly mayEnd: boolean;
}

function GroupActs({ group, about, count, mayEnd }: GroupActsProps) {
  const { words } = useParked();
  const person = usePerson();
  const client = useQueryClient();
  const [asks, setAsks] = useState<Exclude<Act, 'redrive'> | null>(null);
  const acting = useAct('drive-work', {
    mutationFn: async (deed: Deed) => actOnPlan((await planned(group)).id, deed),
    onSuccess: ({ id }) => goTo(`/parked/${group}?run=${id}`, { replace: true }),
    onSettled: () => client.invalidateQueries({ queryKey: ['held'] }),
  });
  const asSomebody = (act: (by: string) => void): void => {
    const by = person.demand();
    if (by !== null) act(by);
  };
  return (
    <div className="acts">
      <Button size="md" disabled={acting.isPending} onClick={() => asSomebody((by) => acting.mutate({ act: 'redrive', by }))}>
        {words.retryAll(count)}
      </Button>
      {mayEnd && (
        <>
          <Button kind="ghost" size="md" onClick={() => setAsks('park')}>
            {words.lay}
          </Button>
          <Button kind="danger--ghost" size="md" onClick={() => setAsks('discard')}>
            {words.discardAll(count)}
          </Button>
        </>
      )}
      {asks !== null && (
        <ActDialog act={asks} about={about} close={() => setAsks(null)} does={(reason) => asSomebody((by) => acting.mutate({ act: asks, by, reason }))} />
      )}
      {acting.error !== null && <Trouble error={acting.error} />}
    </div>
  );
}

/** What is held for it at this moment: that, and nothing that comes later, is acted on. */
async function planned(group: string): Promise<HeldRun> {
  let run = await planHeld({ group });
  while (run.state === 'running') {
    await new Promise((resolve) => setTimeout(resolve, PLAN_LOOK_MS));
    run = await findHeldRun(run.id);
  }
  return run;
}

function Records({ records }: { readonly records: readonly HeldRecord[] }) {
  const { words, names } = useParked();
  return (
    <>
      <h2>{words.oneByOne}</h2>
      <table className="cds--data-table rows">
        <thead>
          <tr>
            <th scope="col">{words.record}</th>
            <th scope="col">{words.since}</th>
          </tr>
        </thead>
        <tbody>
          {records.map(({ id, category, record, since }) => (
            <tr key={id}>
              <Cell of={words.record}>
                <LinkHere to={`/parked/${id}`} className="cds--link whole-row" row>
                  {names.categoryName(category)} <code>{record.uuid}</code>
                </LinkHere>
              </Cell>
              <Cell of={words.since}>
                <Ago at={since} />
              </Cell>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
