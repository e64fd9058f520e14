import { Button } from '@carbon/react';
import type { BulkAsked, BulkRun } from '@sync-hub/contracts';
import { useQuery } from '@tanstack/react-query';
import { applyPlan, listConflicts, listRuns, planBulk, Refused, stopRun } from '../desk.js';
import { useSpeech } from '../language/speaking.js';
import { LinkHere } from '../link-here.js';
import { askedBy, deskQuery, type Filters, filtersIn, filtersOf, placeFiltered, placeOfBulk } from '../list/filters.js';
import { Permitted, useAct } from '../may.js';
import { usePerson } from '../person.js';
import { goTo, usePlace } from '../place.js';
import { Said, Trouble } from '../said.js';
import { DECIDING, type Deciding, policyText } from '../words-of-conflict.js';
import { FiltersTold } from './filters-told.js';
import { PolicySelect } from './policy-select.js';
import { RunTold } from './run-told.js';
import { useRun } from './use-run.js';

const LOOK_EVERY_MS = 5000;

/** Answers by one policy what fits the filters: what it would do, then the doing. Its address says the run, so that it is there again where the page is loaded anew. */
export function BulkPage() {
  const { t } = useSpeech();
  const { searchParams } = usePlace();
  const filters = filtersIn(searchParams);
  const policy = DECIDING.find((one) => one === searchParams.get('policy')) ?? 'parent-wins';
  const id = searchParams.get('run');
  const { run, error } = useRun(id);
  const goes = (changes: { readonly policy?: Deciding; readonly run?: string }): void => goTo(placeOfBulk(filters, { policy, ...changes }), { replace: true });
  return (
    <>
      <p>
        <LinkHere to={placeFiltered(filters)}>← {t.title}</LinkHere>
      </p>
      <h1>{t.bulkTitle}</h1>
      <p className="help">{t.bulkHelp}</p>
      <FiltersTold filters={filters} openedBefore={run?.asked.openedBefore} />
      {filters.field === '' && <p className="help soft">{t.bulkAllFields}</p>}
      <Elsewhere filters={filters} />
      <Running but={id} />
      <Permitted to="answer-conflicts">
        <div className="bulk">
          <PolicySelect id="bulk-policy" value={policy} disabled={run?.state === 'running'} choose={(chosen) => goes({ policy: chosen })} />
          <Steps asked={{ ...(askedBy(filters, new Date()) as Omit<BulkAsked, 'policy'>), policy }} run={run} goes={(begun) => goes({ run: begun })} />
        </div>
      </Permitted>
      {error !== null && <NotThere error={error} />}
      {run !== null && <RunTold run={run} />}
      {run !== null && <Ended run={run} />}
    </>
  );
}

function Elsewhere({ filters }: { readonly filters: Filters }) {
  const { t } = useSpeech();
  const { data } = useQuery({
    queryKey: ['elsewhere', filters],
    queryFn: () => listConflicts(deskQuery(filters, { offset: 0, limit: 1 }, new Date())),
  });
  const elsewhere = data?.counts.elsewhere ?? 0;
  return elsewhere === 0 ? null : <Said kind="info" text={t.bulkElsewhere(elsewhere)} />;
}

/** What somebody, perhaps in another window, has begun and is not done; where its progress is seen, and it can be stopped. */
function Running({ but }: { readonly but: string | null }) {
  const { t } = useSpeech();
  const { data = [] } = useQuery({ queryKey: ['runs'], queryFn: listRuns, refetchInterval: LOOK_EVERY_MS });
  return data
    .filter(({ id }) => id !== but)
    .map(({ id, by, asked, done, of }) => (
      <p key={id}>
        {t.bulkRunning(by ?? '', policyText(t, asked.policy))}{' '}
        <LinkHere to={placeOfBulk(filtersOf(asked), { policy: asked.policy, run: id })}>{t.bulkProgress(done, of)}</LinkHere>
      </p>
    ));
}

interface StepsProps {
  readonly asked: BulkAsked;
  readonly run: BulkRun | null;
  readonly goes: (run: string) => void;
}

/** What can be done next: look, then answer as was looked at; stop, while something runs. */
function Steps({ asked, run, goes }: StepsProps) {
  const { t } = useSpeech();
  const person = usePerson();
  const begun = { onSuccess: ({ id }: BulkRun) => goes(id) };
  const planning = useAct('answer-conflicts', { mutationFn: () => planBulk(asked), ...begun });
  const applying = useAct('answer-conflicts', { mutationFn: ({ id, by }: { readonly id: string; readonly by: string }) => applyPlan(id, by), ...begun });
  const stopping = useAct('answer-conflicts', { mutationFn: (id: string) => stopRun(id) });
  const asSomebody = (act: (by: string) => void): void => {
    const by = person.demand();
    if (by !== null) act(by);
  };
  const count = run?.does === 'plan' && run.state === 'done' && run.counts !== null ? run.counts.answered + run.counts.inPart : 0;
  const error = planning.error ?? applying.error ?? stopping.error;
  return (
    <>
      {run?.state === 'running' ? (
        <Button kind="secondary" size="md" onClick={() => stopping.mutate(run.id)}>
          {t.bulkStop}
        </Button>
      ) : (
        <Button kind={count > 0 ? 'tertiary' : 'primary'} size="md" disabled={planning.isPending} onClick={() => planning.mutate()}>
          {t.bulkPlan}
        </Button>
      )}
      {run !== null && count > 0 && (
        <Button size="md" disabled={applying.isPending} onClick={() => asSomebody((by) => applying.mutate({ id: run.id, by }))}>
          {t.bulkApply(count)}
        </Button>
      )}
      {error !== null && <NotThere error={error} />}
    </>
  );
}

function NotThere({ error }: { readonly error: unknown }) {
  const { t } = useSpeech();
  const status = error instanceof Refused ? error.status : 0;
  if (status === 404 || status === 409) return <Said kind="warning" text={t.bulkGone} />;
  return status === 429 ? <Said kind="warning" text={t.bulkBusy} /> : <Trouble error={error} />;
}

function Ended({ run: { does, state } }: { readonly run: BulkRun }) {
  const { t } = useSpeech();
  if (state === 'failed') return <Said kind="error" text={t.bulkFailed} />;
  if (does === 'plan' || state === 'running') return null;
  return state === 'done' ? <Said kind="success" text={t.bulkDone} /> : <Said kind="warning" text={t.bulkStopped} />;
}
