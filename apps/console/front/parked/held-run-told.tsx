import { Button } from '@carbon/react';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { Refused } from '../desk.js';
import { useAct } from '../may.js';
import { Said, Trouble } from '../said.js';
import { findHeldRun, stopHeldRun } from './held-api.js';
import { useParked } from './use-parked.js';

const LOOK_EVERY_MS = 300;

/** How far it is with what somebody has begun; once it has ended, what it came to. */
export function HeldRunTold({ id }: { readonly id: string }) {
  const { t, words } = useParked();
  const progressId = useId();
  const stopping = useAct('drive-work', { mutationFn: () => stopHeldRun(id) });
  const { data: run, error } = useQuery({
    queryKey: ['held-run', id],
    queryFn: () => findHeldRun(id),
    refetchInterval: ({ state }) => (state.error === null && (state.data === undefined || state.data.state === 'running') ? LOOK_EVERY_MS : false),
    gcTime: 0,
  });
  if (error instanceof Refused && error.status === 404) return <Said kind="warning" text={t.bulkGone} />;
  if (error !== null) return <Trouble error={error} />;
  if (run === undefined) return null;
  if (run.state === 'running')
    return (
      <div className="progress">
        <label htmlFor={progressId}>{words.working}</label>
        <progress id={progressId} max={Math.max(1, run.of)} value={run.done} />
        <span className="soft">{words.progress(run.done, run.of)}</span>
        {stopping.may && (
          <Button kind="secondary" size="sm" onClick={() => stopping.mutate()}>
            {words.stop}
          </Button>
        )}
      </div>
    );
  if (run.counts === null) return <Said kind="error" text={words.failed} />;
  const { done, found, passedOver, asked = 0 } = run.counts;
  return (
    <>
      {asked > 0 && <Said kind="info" text={words.asked(asked)} />}
      {(done > 0 || asked === 0) && (
        <Said kind={run.state === 'stopped' ? 'warning' : 'success'} text={run.state === 'stopped' ? words.stopped : words.done(done, found)} />
      )}
      {passedOver > 0 && <Said kind="info" text={words.passedOver(passedOver)} />}
    </>
  );
}
