import type { RecordCategory } from '@sync-hub/categories';
import { type Direction, type HeldState, type RecordRef, type Route, traceOf } from '@sync-hub/contracts';
import type { About } from '@sync-hub/messaging';

export type JobState = 'ready' | 'looking' | HeldState | 'ended';

/** A job, as its handler finds it. */
export interface Job {
  readonly id: string;
  readonly route: Route;
  readonly record: RecordRef;
  readonly category: RecordCategory;
  readonly state: JobState;
  readonly round: number;
  readonly sourceSnapshot: string;
  readonly sourceHash: string;
  readonly targetHash: string | null;
  readonly readAtRevision: number;
  readonly sourceGeneration: number;
  readonly targetGeneration: number;
  readonly openedAt: Date;
}

/** A job as the table has it. */
export interface JobRow {
  id: string;
  link: string;
  direction: Direction;
  source: string;
  target: string;
  aggregate: RecordRef['aggregate'];
  uuid: string;
  category: RecordCategory;
  state: JobState;
  round: number;
  look_again: number;
  looked: number;
  /** Null only once the job has ended long ago. */
  source_snapshot: string | null;
  source_hash: string;
  target_hash: string | null;
  read_at_revision: number;
  source_generation: number;
  target_generation: number;
  opened_at: Date;
  /** The walk that it belongs to; null where it was opened before walks were told apart. */
  trace: string | null;
  /** Keyed digests of what its target held before and after it was written by this job; null while nothing was. */
  version_before: string | null;
  version_after: string | null;
}

/** What goes along with what is said of the job. */
export const walkOfJob = ({ trace }: Pick<JobRow, 'trace'>): About => (trace === null ? {} : { trace: traceOf(trace) });

export function jobOf(row: JobRow): Job {
  return {
    id: row.id,
    route: { link: row.link, direction: row.direction, source: row.source, target: row.target },
    record: { aggregate: row.aggregate, uuid: row.uuid },
    category: row.category,
    state: row.state,
    round: row.round,
    sourceSnapshot: row.source_snapshot ?? '',
    sourceHash: row.source_hash,
    targetHash: row.target_hash,
    readAtRevision: row.read_at_revision,
    sourceGeneration: row.source_generation,
    targetGeneration: row.target_generation,
    openedAt: row.opened_at,
  };
}
