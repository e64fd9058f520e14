import type { RecordCategory } from '@sync-hub/categories';
import type { RecordRef, Route, TraceId } from '@sync-hub/contracts';
import { newId } from '../database.js';

/** What the mapper knows when it opens a job or arms it anew. */
export interface Arming {
  readonly route: Route;
  readonly record: RecordRef;
  readonly category: RecordCategory;
  /** The patient that the record hangs on. */
  readonly patient: RecordRef | null;
  readonly snapshot: string;
  readonly sourceHash: string;
  readonly readAtRevision: number;
  readonly sourceGeneration: number;
  readonly targetGeneration: number;
  /** When the change that asks for it was first seen. */
  readonly changedAt: Date;
  /** Digests of what the look found edited (`sightsIn`): each is kept with the time of the first look of this job that found it. */
  readonly sights: readonly string[];
  /** The walk of that change. An open job goes on with its own. */
  readonly trace: TraceId;
}

/** The round's message is still to be taken by a handler. */
const UNREAD = `open.state = 'ready' and not open.begun`;

/** What this look found, as of when it read; the time of a row of `snapshot` is that of the look that made it. */
const SIGHTS = `coalesce((select jsonb_object_agg(sight, extract(epoch from taken_at)) from snapshot cross join unnest($15::text[]) as sight where snapshot.id = $9), '{}')`;
/** No more than so many bytes of them are kept: what is not, nobody knows the time of. */
const MOST_BYTES = 65_536;

/** Opens the route's job, or arms the open one anew; with `armParameters`. Tells its id, its round, and whether a message must say so. */
export const ARM = `insert into job as open (id, link, direction, source, target, aggregate, uuid, category, source_snapshot, source_hash, read_at_revision, source_generation, target_generation, opened_at, source_sights, trace)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, ${SIGHTS}, $16)
       on conflict (link, direction, aggregate, uuid) where state <> 'ended' do update set
         category = excluded.category, source_snapshot = excluded.source_snapshot, source_hash = excluded.source_hash, target_hash = null, target_snapshot = null,
         read_at_revision = excluded.read_at_revision, source_generation = excluded.source_generation, target_generation = excluded.target_generation,
         source_sights = case when pg_column_size(open.source_sights) > ${MOST_BYTES} then open.source_sights else excluded.source_sights || open.source_sights end,
         round = case when ${UNREAD} then open.round else open.round + 1 end, rearmed = case when ${UNREAD} then open.rearmed + 1 else 0 end, begun = false,
         look_again = open.look_again + 1, state = 'ready', reason = null, code = null, details = '{}', held_at = null, trace = coalesce(open.trace, excluded.trace)
       returning id, round, trace, rearmed = 0 as says`;

export const armParameters = ({ route, record, ...arming }: Arming): unknown[] => [
  newId(),
  route.link,
  route.direction,
  route.source,
  route.target,
  record.aggregate,
  record.uuid,
  arming.category,
  arming.snapshot,
  arming.sourceHash,
  arming.readAtRevision,
  arming.sourceGeneration,
  arming.targetGeneration,
  arming.changedAt,
  [...arming.sights],
  arming.trace,
];
