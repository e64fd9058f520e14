import { JobHeld, type RecordRef, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type JobRow, jobOf, walkOfJob } from './job-row.js';

/**
 * A person lays a job aside: nothing wakes it but a change of its record, or a person. A round begins, so that a message of the one before is a repeat. False where it is
 * not there to be laid aside any more.
 */
export async function layAside(tx: Tx, jobId: string): Promise<boolean> {
  const [row] = await tx.query<JobRow>(
    `update job set state = 'parked', reason = 'by-hand', code = 'by-hand', details = '{}', held_at = now(), round = round + 1, looked = look_again
     where id = $1 and state in ('ready', 'waiting', 'parked') returning *`,
    [jobId],
  );
  if (row === undefined) return false;
  await tx.query(`delete from waiter where job_id = $1`, [jobId]);
  const { record, route } = jobOf(row);
  const why = { held: 'parked', reason: 'by-hand', code: 'by-hand', details: {} } as const;
  tx.say(JobHeld, jobId, { jobId, round: row.round, record, link: route.link, site: route.target, ...why }, walkOfJob(row));
  return true;
}

/** Jobs of the record that wait for a look at it at this site, their source. */
export async function jobsLookingAt(tx: Tx, site: SiteId, { aggregate, uuid }: RecordRef): Promise<readonly string[]> {
  const rows = await tx.query<{ id: string }>(`select id from job where source = $1 and aggregate = $2 and uuid = $3 and state = 'looking' order by id`, [
    site,
    aggregate,
    uuid,
  ]);
  return rows.map(({ id }) => id);
}
