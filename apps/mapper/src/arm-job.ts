/** What the mapper sees of a job that has not ended. The hashes say what it saw of either end when it was armed and settled. */
export interface OpenJob {
  readonly state: string;
  readonly sourceHash: string;
  /** Null while it has not read its target. */
  readonly targetHash: string | null;
}

/**
 * What a look means for the route's own job (the one that carries what was read to the other end). `arm` opens the job, or
 * gives the open one this snapshot and wakes it. One in hand is armed even if all is as agreed: an undo must not be lost when
 * the job lands. A held one wakes when its source has changed, or when somebody asks for it by name (`forced`: a release, an
 * answer, a waiter, a wake by `markOpposite`).
 */
export function armJob({
  agreed,
  job,
  contentHash,
  forced,
}: {
  readonly agreed: boolean;
  readonly job: OpenJob | null;
  readonly contentHash: string;
  readonly forced: boolean;
}): 'none' | 'arm' | 'leave-held' {
  if (job === null) return forced || !agreed ? 'arm' : 'none';
  return isInHand(job) || forced || job.sourceHash !== contentHash ? 'arm' : 'leave-held';
}

/**
 * What a look means for the open job that comes the other way and writes here. `mark`: one in hand cannot know what it has
 * missed, so both ends are looked at when it settles. `wake`: a held one saw something else here, so its source is looked at,
 * forced. Nothing else wakes it: two held jobs of one link would wake each other for ever.
 */
export function markOpposite({
  job,
  contentHash,
}: {
  readonly job: Pick<OpenJob, 'state' | 'targetHash'> | null;
  readonly contentHash: string;
}): 'none' | 'mark' | 'wake' {
  if (job === null) return 'none';
  if (isInHand(job)) return 'mark';
  return job.targetHash === contentHash ? 'none' : 'wake';
}

const isInHand = ({ state }: { readonly state: string }): boolean => state === 'ready' || state === 'looking';
