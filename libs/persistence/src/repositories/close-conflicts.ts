import type { Outcome } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type OnLink, parametersOf } from '../on-link.js';
import { type ConflictRow, conflictIn, sayMoved } from './conflict-row.js';

interface Closing extends OnLink {
  readonly as: Outcome;
  readonly jobId: string;
}

/**
 * Closes the open conflicts of these records, each on its link, as their jobs have ended: `answered` where both ends hold what a person answered, `by-itself`
 * where they came to agree, else as the job did. Said with the job that wrote what was answered, where one did. One stays open while another job of its record is held by it, or an answer has not reached both ends,
 * and one that tells of what a write of ours overwrote, for that.
 */
export async function closeConflicts(tx: Pick<Tx, 'query' | 'say'>, closings: readonly Closing[]): Promise<void> {
  const closed = await tx.query<{ id: string; closed_as: string | null; job: string }>(
    `update conflict set closed_at = case when overwritten is null then now() end, answer = null,
       reason = case when overwritten is null then reason else 'overwritten' end, fields = coalesce(overwritten, fields),
       closed_as = case when overwritten is not null then null when not ended_as in ('pushed', 'in-step') then ended_as when answer is null then 'by-itself' else 'answered' end
     from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[]) as closing (link, aggregate, uuid, ended_as, job)
     where conflict.link = closing.link and conflict.aggregate = closing.aggregate and conflict.uuid = closing.uuid and closed_at is null
       and not exists (select from job where ${OF_RECORD} and state = 'conflict')
       and (answer is null or not ended_as in ('pushed', 'in-step') or not (
         exists (select from job where ${OF_RECORD} and state <> 'ended')
         or exists (select from change join job on job.id = conflict.job_id and change.site in (job.source, job.target)
           where change.aggregate = closing.aggregate and change.uuid = closing.uuid and change.state = 'open' and change.forced)))
     returning conflict.id, closed_as, job`,
    [...parametersOf(closings), closings.map((closing) => closing.as), closings.map((closing) => closing.jobId)],
  );
  for (const { id, closed_as: reason, job } of closed) {
    if (reason === null) continue;
    const row = await conflictIn(tx, id);
    if (row !== null) await sayMoved(tx, { ...row, job_id: (await whoWrote(tx, row)) ?? job }, { what: 'resolved', by: null, reason });
  }
}

const OF_RECORD = 'job.link = closing.link and job.aggregate = closing.aggregate and job.uuid = closing.uuid';

/** The last job that wrote what was answered. */
async function whoWrote(tx: Pick<Tx, 'query'>, { id, link, aggregate, uuid }: ConflictRow): Promise<string | null> {
  const [job] = await tx.query<{ id: string }>(
    `select job.id from conflict_answer as answer join job on written && answer.fields and job.state = 'ended' and job.ended_at >= answered_at
     where conflict_id = $1 and job.link = $2 and job.aggregate = $3 and job.uuid = $4 order by job.ended_at desc limit 1`,
    [id, link, aggregate, uuid],
  );
  return job?.id ?? null;
}
