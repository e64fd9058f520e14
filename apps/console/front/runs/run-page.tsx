import { Button } from '@carbon/react';
import type { ManualRun, NotListed } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Columns } from '../columns.js';
import { Refused } from '../desk.js';
import { LinkHere } from '../link-here.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { cancelManualRun, findManualRun } from './run-api.js';
import { routeText, scopeText, totalsOf, useRunWords } from './use-run-words.js';

const LOOK_EVERY_MS = 700;

/** One run: how far it is, what became of its records by category, and the button that calls it off. */
export function RunPage({ id }: { readonly id: string }) {
  const { t, words, categoryName, moment } = useRunWords();
  const { data: run, error } = useQuery({
    queryKey: ['manual-run', id],
    queryFn: () => findManualRun(id),
    refetchInterval: ({ state }) => (state.error === null && (state.data === undefined || state.data.endedAt === null) ? LOOK_EVERY_MS : false),
  });
  return (
    <>
      <p>
        <LinkHere to="/runs">← {words.back}</LinkHere>
      </p>
      {error !== null && (error instanceof Refused && error.status === 404 ? <Said kind="warning" text={words.gone} /> : <Trouble error={error} />)}
      {run === undefined && error === null && <p>{t.loading}</p>}
      {run !== undefined && (
        <>
          <h1>
            {routeText(run)} <span className="count">{scopeText(words, run, categoryName)}</span>
          </h1>
          <p className="soft">
            {run.askedBy}, <time dateTime={run.askedAt}>{moment(run.askedAt)}</time>
          </p>
          <HowFar run={run} />
          {run.notListed.map((one) => (
            <NotListedTold key={`${one.category} ${one.patient ?? ''} ${one.code}`} one={one} />
          ))}
          <Categories run={run} />
        </>
      )}
    </>
  );
}

function HowFar({ run }: { readonly run: ManualRun }) {
  const { words } = useRunWords();
  const person = usePerson();
  const progressId = useId();
  const cancelling = useAct('drive-work', { mutationFn: (by: string) => cancelManualRun(run.id, by) });
  const { listed, ended, held } = totalsOf(run);
  if (run.state === 'cancelled') return <Said kind="warning" text={words.cancelled} />;
  if (run.state === 'ended') return <Said kind={held === 0 ? 'success' : 'warning'} text={held === 0 ? words.done(listed) : words.doneHeld(listed, held)} />;
  const cancel = (): void => {
    const by = person.demand();
    if (by !== null) cancelling.mutate(by);
  };
  return (
    <div className="progress">
      <label htmlFor={progressId}>{words.states[run.state]}</label>
      <progress id={progressId} max={Math.max(1, listed)} value={ended} />
      <span className="soft">{words.ofAll(ended, listed)}</span>
      {run.toList > 0 && <span className="soft">{words.toList(run.toList)}</span>}
      {cancelling.may && (
        <Button kind="secondary" size="sm" disabled={cancelling.isPending} onClick={cancel}>
          {words.cancel}
        </Button>
      )}
      {cancelling.error !== null && !(cancelling.error instanceof Refused && cancelling.error.status === 409) && <Trouble error={cancelling.error} />}
    </div>
  );
}

function NotListedTold({ one: { category, patient, code } }: { readonly one: NotListed }) {
  const { words, categoryName } = useRunWords();
  return <Said kind="warning" text={words.notListed(patient === undefined ? categoryName(category) : words.hangsOn(patient), code)} />;
}

function Categories({ run: { categories } }: { readonly run: ManualRun }) {
  const { words, categoryName } = useRunWords();
  if (categories.length === 0) return null;
  return (
    <table className="cds--data-table rows">
      <Columns of={[words.kind, words.records, words.became]} />
      <tbody>
        {categories.map(({ category, listed, ended, became }) => (
          <tr key={category}>
            <td data-column={words.kind}>
              <div>{categoryName(category)}</div>
            </td>
            <td data-column={words.records}>
              <div>{words.ofAll(ended, listed)}</div>
            </td>
            <td data-column={words.became}>
              <div>
                {became
                  .map(({ as, reason, records }) => `${records} ${words.ends[as] ?? as}${as === 'parked' && reason !== null ? ` (${reason})` : ''}`)
                  .join(', ')}
              </div>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
