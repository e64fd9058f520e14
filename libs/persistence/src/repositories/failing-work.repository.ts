import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** The pieces of the hub's own work that are done for one link, patient or cohort at a time. */
export type FailingWork = 'compare-metadata' | 'list-history' | 'read-cohorts' | 'tell-people';

/** What a piece of work is done for: a link, a site or a channel of messages, and where it has one the uuid of a patient or cohort. */
export interface WorkedOn {
  readonly work: FailingWork;
  readonly place: string;
  readonly uuid?: string;
}

/** A piece of work that has not been done once since it began to fail. */
export interface ShownFailingWork extends Required<WorkedOn> {
  /** Of the last failure. */
  readonly code: string;
  readonly times: number;
  readonly since: Date;
  readonly lastAt: Date;
}

/** What has failed for so long ago and not since is done for nobody any more: a patient left, a cohort is gone by no more. */
const FORGOTTEN_AFTER_HOURS = 24;
const MOST_SHOWN = 100;

/** What of the hub's own work fails though the site answers, for what, and since when. Ids and codes alone. Written by who does the work: feed-watcher, fetcher and conflict service. */
export class FailingWorkRepository {
  constructor(private readonly database: Database) {}

  async failed({ work, place, uuid = '' }: WorkedOn, code: string): Promise<void> {
    await this.database.write(
      `insert into failing_work as known (work, place, uuid, code) values ($1, $2, $3, $4)
       on conflict (work, place, uuid) do update set code = excluded.code, times = known.times + 1, last_at = now()`,
      [work, place, uuid, code],
    );
  }

  async succeeded(tx: Tx, { work, place, uuid = '' }: WorkedOn): Promise<void> {
    await tx.query(`delete from failing_work where work = $1 and place = $2 and uuid = $3`, [work, place, uuid]);
  }

  async tidy(tx: Tx): Promise<void> {
    await tx.query(`delete from failing_work where last_at < now() - make_interval(hours => $1)`, [FORGOTTEN_AFTER_HOURS]);
  }

  /** The longest failing first. */
  async shown(): Promise<readonly ShownFailingWork[]> {
    return this.database.query<ShownFailingWork & Record<string, unknown>>(
      `select work, place, uuid, code, times, since, last_at as "lastAt" from failing_work order by since, work, place, uuid limit ${MOST_SHOWN}`,
    );
  }
}
