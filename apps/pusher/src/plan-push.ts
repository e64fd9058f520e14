import { type Agreement, type ConflictReason, type Held, type Merged, merge, NOTHING_AGREED, PRESENCE, type ToMerge, type Version } from '@sync-hub/merge';

/** An intent for the record that nobody has settled, other than the job's own (which is settled first, by `afterIntent`). */
export interface UnsettledIntent {
  /** `opposite`: on this link, towards this job's source. `other-link`: towards this job's target. */
  readonly whose: 'opposite' | 'other-link';
  /** Is its job ready or looking, so that it settles the intent by itself? */
  readonly inHand: boolean;
  /** What it sends. */
  readonly paths: readonly string[];
}

export interface ToPlan extends ToMerge {
  /** Do the route's rules admit the record, at this very moment? */
  readonly admitted: boolean;
  /** Paths whose values refer to something that the target is known to lack; empty at first. */
  readonly missing: readonly string[];
  readonly intents: readonly UnsettledIntent[];
}

/** What is to be written in one round: a presence or fields, never both; a record that is to be created has fields alone. */
export interface PlannedWrites {
  readonly presence?: 'present' | 'voided';
  readonly fields: ReadonlyMap<string, Held>;
}

/**
 * `leavesForSource`: the target has what the source lacks, so a look at the target must be opened, and forced: it may hold
 * what it was agreed to (a decision for the old value), and would end there.
 */
export type Plan =
  | { readonly action: 'filtered' }
  /** Another's intent must be settled first; hand back. */
  | { readonly action: 'postpone' }
  | { readonly action: 'nothing'; readonly merged: Merged; readonly leavesForSource: boolean }
  | { readonly action: 'wait'; readonly merged: Merged; readonly missing: readonly string[] }
  /** `input`: what was merged, with every doubt. */
  | { readonly action: 'ask'; readonly merged: Merged; readonly input: ToMerge; readonly reason: ConflictReason; readonly paths: readonly string[] }
  /** `wrote` is what `advance` and the intent call it; `again`: the fields wait for the next look. */
  | {
      readonly action: 'write';
      readonly merged: Merged;
      readonly writes: PlannedWrites;
      readonly wrote: readonly string[];
      readonly again: boolean;
      readonly leavesForSource: boolean;
    };

export type AskPlan = Extract<Plan, { action: 'ask' }>;
export type WritePlan = Extract<Plan, { action: 'write' }>;

/**
 * What one round of a push does, now that both ends have been read. It asks, and writes nothing, while anything of the
 * record is in conflict; and plans nothing on a source that may hold our own unanswered write. The job's own open intents
 * are settled, and what they leave of the agreement is saved, before it is called.
 */
export function planPush(input: ToPlan): Plan {
  if (!input.admitted) return { action: 'filtered' };
  if (input.intents.some(({ inHand }) => inHand)) return { action: 'postpone' };
  const asked = withDoubt(input);
  const merged = merge(asked);
  if (merged.reason !== null)
    return {
      action: 'ask',
      merged,
      input: asked,
      reason: merged.reason,
      paths: merged.presence === 'conflict' ? [PRESENCE, ...merged.conflicts] : merged.conflicts,
    };
  const leavesForSource = merged.presence === 'to-source' || merged.toSource.size > 0;
  const writes = writesOf(merged, input.target);
  if (writes === null) return { action: 'nothing', merged, leavesForSource };
  const missing = input.missing.filter((path) => writes.fields.has(path));
  if (missing.length > 0) return { action: 'wait', merged, missing };
  return { action: 'write', merged, writes, wrote: wroteBy(merged, writes), again: writes.presence === 'present', leavesForSource };
}

/** Presence first: a void leaves nothing to say of the fields, and what a restored record holds is seen by the next look. */
function writesOf(merged: Merged, target: Version): PlannedWrites | null {
  const isCreated = target.presence === 'absent' && merged.presence === 'to-target';
  if (merged.presence === 'to-target' && merged.presenceValue !== null && !isCreated) return { presence: merged.presenceValue, fields: new Map() };
  return isCreated || merged.toTarget.size > 0 ? { fields: merged.toTarget } : null;
}

const wroteBy = (merged: Merged, { fields }: PlannedWrites): string[] => [...(merged.presence === 'to-target' ? [PRESENCE] : []), ...fields.keys()];

/** An unsettled intent of a job that is held: what it sends towards our source may stand there without being anybody's edit. */
function withDoubt(input: ToPlan): ToMerge {
  const doubtful = input.intents.filter(({ whose }) => whose === 'opposite').flatMap(({ paths }) => paths);
  if (doubtful.length === 0) return input;
  const agreement = input.agreement ?? NOTHING_AGREED;
  return { ...input, agreement: { ...agreement, disputed: [...new Set([...(agreement.disputed ?? []), ...doubtful])] } };
}

/** What a job knew when its source was read. */
export interface KnownToJob {
  readonly readAtRevision: number;
  readonly sourceGeneration: number;
  readonly targetGeneration: number;
}

/** Must the job go back to the fetcher, because the ends agreed on something, or a site began another life, since its source was read? */
export function givesWay({
  job,
  agreement,
  generations,
}: {
  readonly job: KnownToJob;
  readonly agreement: Agreement | null;
  readonly generations: { readonly source: number; readonly target: number };
}): boolean {
  return job.readAtRevision !== (agreement?.revision ?? 0) || job.sourceGeneration !== generations.source || job.targetGeneration !== generations.target;
}
