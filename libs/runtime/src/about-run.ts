import type { AskedOfSite, RunEstimate } from '@sync-hub/contracts';

/** A write takes the write itself, its read-back, and the look at our own echo (docs/performance.md: a changed record takes five requests; the other two are the looks). */
const REQUESTS_OF_A_WRITE = 3;
/** What waits for another record is looked at once more at either end when that has landed. */
const LOOKS_OF_A_FOLLOWER = 1;
/** Of what the same requests would give with nothing in between (docs/performance.md: 0.82 of the bare loop at the usual cap). */
const SHARE_OF_BARE_LOOP = 0.8;
/** A run takes no more in a second, however fast its sites are. */
export const RECORDS_A_SECOND = 100;

interface AskedEnd extends AskedOfSite {
  /** The site's cap on requests under way. */
  readonly atOnce: number;
}

/**
 * How long a run that writes would take, by what a dry run of it was answered: the same looks, and what its writes add, at the pace at which the ends answered,
 * as many at once as each may be asked. Null where an end was not asked anything.
 */
export function aboutRun(asked: {
  readonly source: AskedEnd;
  readonly target: AskedEnd;
  readonly records: number;
  readonly writes: number;
  readonly follow: number;
}): RunEstimate | null {
  if (asked.source.requests === 0) return null;
  const again = asked.follow * LOOKS_OF_A_FOLLOWER;
  const source = endOf(asked.source, again);
  const target = endOf(asked.target, again + asked.writes * REQUESTS_OF_A_WRITE);
  const [atSource, atTarget, taking] = [secondsAt(source), secondsAt(target), asked.records / RECORDS_A_SECOND];
  const seconds = Math.max(atSource, atTarget, taking);
  const slowest = seconds === taking ? null : atSource > atTarget ? 'source' : 'target';
  return { seconds: Math.max(1, Math.round(seconds)), slowest, source, target };
}

const endOf = ({ requests, ms, atOnce }: AskedEnd, more: number): RunEstimate['source'] => ({
  requests: requests + more,
  msPerRequest: requests === 0 ? 0 : Math.round(ms / requests),
  atOnce,
});

const secondsAt = ({ requests, msPerRequest, atOnce }: RunEstimate['source']): number => (requests * msPerRequest) / 1000 / atOnce / SHARE_OF_BARE_LOOP;
