import type { Tx } from '@sync-hub/messaging';
import type { KindInTx } from '../ask-in-tx.js';
import type { Database } from '../database.js';
import { grouped } from '../gathering.js';
import { keyOf, type OnLink, parametersOf } from '../on-link.js';
import type { JobRow } from './job-row.js';

/** A round of a job. */
export interface RoundOf {
  readonly id: string;
  readonly round: number;
}

export const roundKey = ({ id, round }: RoundOf): string => `${id} ${round}`;

/** Begins these rounds, those that are ready; each commits its look-again counter as seen. */
export async function beginRounds(database: Database, rounds: readonly RoundOf[]): Promise<ReadonlyMap<string, JobRow>> {
  const rows = await database.write<JobRow>(
    `with begun as (
       select job.id from job join unnest($1::uuid[], $2::int[]) as asked (id, round) on job.id = asked.id and job.round = asked.round
       where state = 'ready' order by job.id for update of job)
     update job set looked = look_again, begun = true from begun where job.id = begun.id returning job.*`,
    [rounds.map(({ id }) => id), rounds.map(({ round }) => round)],
  );
  return new Map(rows.map((row) => [roundKey(row), row]));
}

/** Open jobs for a record on a link, either direction, by id. */
export const OPEN_JOBS: KindInTx<OnLink, readonly JobRow[], Pick<Tx, 'query'>> = {
  keyOf,
  answerAll: async (on, asked) => {
    const rows = await on.query<JobRow>(
      `select job.* from unnest($1::text[], $2::text[], $3::text[]) as asked (link, aggregate, uuid) join job using (link, aggregate, uuid) where job.state <> 'ended' order by job.id`,
      parametersOf(asked),
    );
    return grouped(rows, (row) => keyOf({ link: row.link, record: row }));
  },
};

/** Jobs whose agreement is still the one that was known when their source was read. */
export const CURRENT: KindInTx<string, true> = {
  keyOf: (jobId) => jobId,
  answerAll: async (tx, jobIds) => {
    const rows = await tx.query<{ id: string }>(
      `select id from job where id = any($1::uuid[])
         and read_at_revision = coalesce((select revision from agreement where agreement.link = job.link and agreement.aggregate = job.aggregate and agreement.uuid = job.uuid), 0)`,
      [jobIds],
    );
    return new Map(rows.map(({ id }) => [id, true]));
  },
};

/** These jobs wait for nothing any more. */
export async function forgetWaiters(tx: Pick<Tx, 'query'>, jobIds: readonly string[]): Promise<void> {
  await tx.query(`delete from waiter where job_id = any($1::uuid[])`, [jobIds]);
}
