/** What ended lately: how many, within how many seconds from the first to the last, and how long ago the last was. */
export interface Pace {
  readonly ended: number;
  readonly seconds: number;
  readonly lastAgoSeconds: number;
}

/** What waits on a route: changes that are to be looked at, at their pace, and jobs that are to be done, at theirs. */
export interface Backlog {
  readonly changes: number;
  readonly looks: Pace | null;
  readonly jobs: number;
  readonly work: Pace | null;
}

/** Of fewer a rate is a guess. */
const FEWEST = 5;
/** Where nothing has ended for so long it does not go at that rate any more. */
const STALLED_SECONDS = 30;

/** Records a second, `null` where that is not known. */
export function rateOf(pace: Pace | null): number | null {
  if (pace === null || pace.ended < FEWEST || pace.lastAgoSeconds > STALLED_SECONDS) return null;
  // So many ended within a moment: as fast as can be told.
  return (pace.ended - 1) / Math.max(1, pace.seconds);
}

/** In how many seconds what waits now is done, as fast as it went lately; 0 where nothing waits, `null` where that is not known. Every change may become a job. */
export function catchUpSeconds({ changes, looks, jobs, work }: Backlog): number | null {
  if (changes + jobs === 0) return 0;
  const [looksRate, workRate] = [rateOf(looks), rateOf(work)];
  if (changes > 0 && looksRate === null) return null;
  const looking = looksRate === null ? 0 : changes / looksRate;
  if (workRate === null) return null;
  return Math.ceil(Math.max(looking, (changes + jobs) / workRate));
}
