import { ConflictMoved, type ConflictState, type LinkId, type RecordRef, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';

/** A conflict as the tables have it, with the ends of its link. `job_id` is the job that was last held by it. */
export interface ConflictRow extends RecordRef {
  readonly id: string;
  readonly link: LinkId;
  readonly parent: SiteId;
  readonly child: SiteId;
  readonly target: SiteId;
  readonly category: string;
  readonly job_id: string;
  readonly reason: string;
  readonly fields: string[];
  readonly versions: number;
  readonly owner: string | null;
  readonly state: ConflictState;
  readonly opened_at: Date;
  readonly updated_at: Date;
  readonly closed_at: Date | null;
  readonly closed_as: string | null;
  readonly parent_snapshot: string;
  readonly child_snapshot: string;
  readonly agreement_sealed: Buffer | null;
  /** Records that a void would take along, as `resource/uuid`. */
  readonly others: string[] | null;
}

/** All conflicts as `ConflictRow`s. */
export const CONFLICT_ROWS = `
  select conflict.*, job.category, job.target, job.details -> 'others' as others,
         case when job.direction = 'pull' then job.source else job.target end as parent, case when job.direction = 'pull' then job.target else job.source end as child,
         case when closed_as = 'dismissed' then 'dismissed' when closed_at is not null then 'resolved' when answer is not null then 'answered'
              when owner is not null then 'assigned' else 'open' end as state
  from conflict join job on job.id = conflict.job_id`;

interface Moved {
  readonly what: ConflictMoved['what'];
  readonly by: string | null;
  readonly reason?: string | null;
  /** What somebody wrote, sealed by `sealedNote`. */
  readonly sealed?: Buffer | null;
}

/** What binds a note to its conflict. */
export const noteContext = (conflictId: string): string => `conflict-note:${conflictId}`;

/** Writes down what became of a conflict, and says it. */
export async function sayMoved(tx: Pick<Tx, 'query' | 'say'>, row: ConflictRow, { what, by, reason = null, sealed = null }: Moved): Promise<void> {
  const [note] = await tx.query<{ id: string }>(`insert into conflict_note (conflict_id, what, by, sealed) values ($1, $2, $3, $4) returning id`, [
    row.id,
    what,
    by,
    sealed,
  ]);
  tx.say(ConflictMoved, row.id, {
    conflictId: row.id,
    round: Number(note?.id),
    record: { aggregate: row.aggregate, uuid: row.uuid },
    link: row.link,
    site: row.target,
    jobId: row.job_id,
    what,
    by,
    reason,
  });
}

/** The conflict as it is in the transaction; null where there is none of that id. */
export async function conflictIn(tx: Pick<Tx, 'query'>, id: string): Promise<ConflictRow | null> {
  const [row] = await tx.query<ConflictRow>(`select * from (${CONFLICT_ROWS}) as rows where id = $1`, [id]);
  return row ?? null;
}

/** Says that an answer did not do: the conflict is open again, as it is now. */
export async function sayShownAgain(tx: Pick<Tx, 'query' | 'say'>, id: string, reason: string): Promise<void> {
  const row = await conflictIn(tx, id);
  if (row !== null) await sayMoved(tx, row, { what: 'shown-again', by: null, reason });
}
