import { Button, Tag } from '@carbon/react';
import type { ManualRun, NotListed } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { Cell, Columns } from '../columns.js';
import { Refused } from '../desk.js';
import { LinkHere } from '../link-here.js';
import { useAct } from '../may.js';
import { usePerson } from '../person.js';
import { Said, Trouble } from '../said.js';
import { Told } from './dry-run-told.js';
import { cancelManualRun, findManualRun } from './run-api.js';
import { RunRecords } from './run-records.js';
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
            {routeText(run)} <span className="count">{scopeText(words, run, categoryName)}</span> {run.dry && <Tag type="teal">{words.isDry}</Tag>}
          </h1>
          <p className="soft">
            {run.askedBy}, <time dateTime={run.askedAt}>{moment(run.askedAt)}</time>
          </p>
          <HowFar run={run} />
          {run.notListed.map((one) => (
            <NotListedTold key={`${one.category} ${one.patient ?? ''} ${one.code}`} one={one} />
          ))}
          {run.told !== undefined && <Told run={run} told={run.told} />}
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
  const { listed, ended } = totalsOf(run);
  if (run.endedAt !== null) return <Over run={run} />;
  const cancel = (): void => {
    const by = person.demand();
    if (by !== null) cancelling.mutate(by);
  };
  return (
    <div className="progress">
      <label htmlFor={progressId}>{words.states[run.state]}</label>
      <progress id={progressId} max={Math.max(1, listed)} value={ended} />
      <span className="soft">{words.ofAll(ended, listed)}</span>
      {run.waitsFor !== null && <span className="soft">{words.waitsFor(run.waitsFor.site, words.away[run.waitsFor.why])}</span>}
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

function Over({ run }: { readonly run: ManualRun }) {
  const { words } = useRunWords();
  const { listed, held } = totalsOf(run);
  if (run.state === 'cancelled') return <Said kind="warning" text={run.dry ? words.cancelledDry : words.cancelled} />;
  const [done, doneHeld] = run.dry ? [words.doneDry, words.doneDryHeld] : [words.done, words.doneHeld];
  return <Said kind={held === 0 ? 'success' : 'warning'} text={held === 0 ? done(listed) : doneHeld(listed, held)} />;
}

function NotListedTold({ one: { category, patient, code } }: { readonly one: NotListed }) {
  const { words, categoryName } = useRunWords();
  return <Said kind="warning" text={words.notListed(patient === undefined ? categoryName(category) : words.hangsOn(patient), code)} />;
}

function Categories({ run }: { readonly run: ManualRun }) {
  const { words, categoryName, bytes, duration } = useRunWords();
  const [shown, show] = useState<Shown | null>(null);
  if (run.categories.length === 0) return null;
  const columns = [words.kind, words.records, run.dry ? words.wouldBecome : words.became, ...(run.dry ? [words.toSend, words.takes] : [])];
  return (
    <>
      <table className="cds--data-table rows">
        <Columns of={columns} />
        <tbody>
          {run.categories.map(({ category, listed, ended, became, told }) => (
            <tr key={category}>
              <Cell of={words.kind}>{categoryName(category)}</Cell>
              <Cell of={words.records}>{words.ofAll(ended, listed)}</Cell>
              <td data-column={run.dry ? words.wouldBecome : words.became}>
                <Became category={category} became={became} shown={shown} show={show} />
              </td>
              {told !== undefined && (
                <>
                  <Cell of={words.toSend}>{bytes(told.bytesToSend)}</Cell>
                  <Cell of={words.takes}>{told.about === null ? '' : words.about(duration(told.about.seconds))}</Cell>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shown !== null && <RunRecords key={`${shown.category} ${shown.as}`} run={run.id} isDry={run.dry} {...shown} />}
    </>
  );
}

interface Shown {
  readonly category: string;
  readonly as: string;
}

interface BecameProps extends Pick<ManualRun['categories'][number], 'category' | 'became'> {
  readonly shown: Shown | null;
  readonly show: (shown: Shown | null) => void;
}

/** Each end with how many came to it; their records are listed below once somebody asks for them. */
function Became({ category, became, shown, show }: BecameProps) {
  const { words } = useRunWords();
  return (
    <div className="became">
      {became.map(({ as, reason, records }) => {
        const isShown = shown?.category === category && shown.as === as;
        const why = reason !== null && WITH_REASON.has(as) ? ` (${reason})` : '';
        return (
          <Button
            key={`${as} ${reason ?? ''}`}
            kind="ghost"
            size="sm"
            aria-expanded={isShown}
            onClick={() => show(isShown ? null : { category, as })}
          >{`${records} ${words.ends[as] ?? as}${why}`}</Button>
        );
      })}
    </div>
  );
}

const WITH_REASON: ReadonlySet<string> = new Set(['parked', 'would-be-held', 'cannot-be-read']);
