import { type Aggregate, type LinkId, type RecordRef, recordKey, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { askInTx, type KindInTx } from '../ask-in-tx.js';
import type { Database } from '../database.js';
import { grouped } from '../gathering.js';
import type { Look } from './change.repository.js';

/** Something a job waits for at its target. `aggregate` is null for metadata, which a person must add, or ask to be pulled. */
export interface Missing {
  readonly resource: string;
  readonly uuid: string;
  readonly aggregate: Aggregate | null;
}

/** A record at a target, for which somebody may wait. */
interface Awaited {
  readonly target: SiteId;
  readonly reference: RecordRef;
  readonly isThere: boolean;
}

interface WaitingRow {
  readonly source: string;
  readonly aggregate: Aggregate;
  readonly uuid: string;
  readonly target: SiteId;
  readonly for_aggregate: Aggregate;
  readonly for_uuid: string;
}

const awaitedKey = ({ target, reference }: Pick<Awaited, 'target' | 'reference'>): string => `${target} ${recordKey(reference)}`;

/** The target had another of what a patient has one of at most, for longer than it is tried again by itself: somebody may have been asked about that one. */
const GAVE_UP_BESIDE = `job.state = 'parked' and job.reason = 'gave-up' and job.code = 'already-there'`;

const WHO_WAITS: KindInTx<Awaited, readonly WaitingRow[]> = {
  keyOf: awaitedKey,
  answerAll: async (tx, awaited) => {
    const rows = await tx.query<WaitingRow>(
      `with asked as (select * from unnest($1::text[], $2::text[], $3::text[], $4::boolean[]) as asked (target, aggregate, uuid, is_there))
       select job.source, job.aggregate, job.uuid, asked.target, asked.aggregate as for_aggregate, asked.uuid as for_uuid
       from asked join waiter using (target, aggregate, uuid) join job on job.id = waiter.job_id where asked.is_there and job.state in ('waiting', 'parked')
       union
       select job.source, job.aggregate, job.uuid, asked.target, asked.aggregate, asked.uuid
       from asked join job on job.target = asked.target and job.details ->> 'holder' = asked.aggregate || '/' || asked.uuid
       where job.state = 'parked' and job.reason = 'possible-duplicate'
       union
       select job.source, job.aggregate, job.uuid, asked.target, asked.aggregate, asked.uuid
       from asked join job on job.target = asked.target and job.details ->> 'holder' = asked.aggregate || '/' || asked.uuid
       where ${GAVE_UP_BESIDE}
       union
       select job.source, job.aggregate, job.uuid, asked.target, asked.aggregate, asked.uuid
       from asked join job on job.details ->> 'holder' = asked.aggregate || '/' || asked.uuid and asked.target in (job.source, job.target)
       where job.state = 'conflict' and job.reason = 'merged-away'`,
      [
        awaited.map(({ target }) => target),
        awaited.map(({ reference }) => reference.aggregate),
        awaited.map(({ reference }) => reference.uuid),
        awaited.map(({ isThere }) => isThere),
      ],
    );
    return grouped(rows, (row) => awaitedKey({ target: row.target, reference: { aggregate: row.for_aggregate, uuid: row.for_uuid } }));
  },
};

/** Who waits for what at which target. Written by push (holds) and release-waiting; every waiter has a wake-up that depends on no message. */
export class WaiterRepository {
  constructor(private readonly database: Database) {}

  async add(tx: Tx, jobId: string, target: SiteId, missing: readonly Missing[]): Promise<void> {
    await tx.query(
      `insert into waiter (job_id, target, resource, uuid, aggregate)
       select $1, $2, resource, uuid, coalesce(aggregate, (
         select kind from metadata_pull as asked join job using (link) where job.id = $1 and asked.kind = row.resource and asked.uuid = row.uuid))
       from jsonb_to_recordset($3) as row (resource text, uuid text, aggregate text)
       order by resource, uuid on conflict do nothing`,
      [jobId, target, JSON.stringify(missing)],
    );
  }

  /**
   * Looks at the sources of all jobs that wait for this record at this site, where it is there; and, there or not, of those whose
   * identifier it has, or whose place: it may have it no more; and of those that hang on her, where she was merged into another at one of their ends.
   */
  async looksFor(tx: Tx, target: SiteId, reference: RecordRef, isThere = true): Promise<readonly Look[]> {
    const rows = (await askInTx(tx, WHO_WAITS, { target, reference, isThere })) ?? [];
    return rows.map((row) => ({ site: row.source, record: { aggregate: row.aggregate, uuid: row.uuid }, forced: true }));
  }

  /** Does any job wait for this record at this site? */
  async isAwaited(target: SiteId, reference: RecordRef): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from waiter join job on job.id = waiter.job_id
       where waiter.target = $1 and waiter.aggregate = $2 and waiter.uuid = $3 and job.state in ('waiting', 'parked') limit 1`,
      [target, reference.aggregate, reference.uuid],
    );
    return rows.length > 0;
  }

  /** Those of the links at whose target something waits for this record, or goes on at this moment because it has landed. */
  async linksAwaiting(links: readonly { readonly id: LinkId; readonly target: SiteId }[], reference: RecordRef): Promise<ReadonlySet<LinkId>> {
    const rows = await this.database.query<{ link: string }>(
      `select distinct asked.link from unnest($1::text[], $2::text[]) as asked (link, target) join waiter using (target) join job on job.id = waiter.job_id
       where waiter.aggregate = $3 and waiter.uuid = $4 and job.link = asked.link and job.state <> 'ended'`,
      [links.map(({ id }) => id), links.map(({ target }) => target), reference.aggregate, reference.uuid],
    );
    return new Set(rows.map(({ link }) => link));
  }

  /** Did any of these land on the link since that moment? Asked under the landing records' locks, so that no wake-up is lost. */
  async landedSince(tx: Tx, link: LinkId, missing: readonly Missing[], since: Date): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from agreement join jsonb_to_recordset($2) as row (aggregate text, uuid text) using (aggregate, uuid) where link = $1 and agreed_at >= $3 limit 1`,
      [link, JSON.stringify(missing.filter((one) => one.aggregate !== null)), since],
    );
    return rows.length > 0;
  }

  /**
   * Sources of jobs that have waited or been unmapped for so long that the target is to be asked again; each is taken once a period. Possible duplicates, at
   * each of which the target refuses a write, what gave up beside another of the same, and what hangs on a patient who was merged away once in thirty.
   */
  async overdue(tx: Tx, afterSeconds: number, limit: number): Promise<readonly Look[]> {
    const rows = await tx.query<{ source: string; aggregate: Aggregate; uuid: string }>(
      `update job set woken_at = now() where id in (
         select id from job where (state = 'waiting' or (state = 'parked' and reason in ('unmapped', 'possible-duplicate')) or (${GAVE_UP_BESIDE})
             or (state = 'conflict' and reason = 'merged-away' and details ->> 'holder' is not null))
           and coalesce(greatest(held_at, woken_at), held_at) < now() - make_interval(secs => $1 * case when reason in ('possible-duplicate', 'merged-away', 'gave-up') then 30 else 1 end)
         order by held_at limit $2 for update skip locked)
       returning source, aggregate, uuid`,
      [afterSeconds, limit],
    );
    return rows.map((row) => ({ site: row.source, record: { aggregate: row.aggregate, uuid: row.uuid }, forced: true }));
  }

  /** Sources of jobs of these links that are held as observed; each is taken once a minute, until it has been looked at again. For links that have gone live. */
  async observedOn(tx: Tx, links: readonly LinkId[], limit: number): Promise<readonly Look[]> {
    const rows = await tx.query<{ source: string; aggregate: Aggregate; uuid: string }>(
      `update job set woken_at = now() where id in (
         select id from job where state = 'parked' and reason = 'observed' and link = any($1)
           and (woken_at is null or woken_at < held_at or woken_at < now() - interval '1 minute')
         order by held_at limit $2 for update skip locked)
       returning source, aggregate, uuid`,
      [links, limit],
    );
    return rows.map((row) => ({ site: row.source, record: { aggregate: row.aggregate, uuid: row.uuid }, forced: true }));
  }

  async count(target: SiteId): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`select count(distinct job_id) from waiter where target = $1`, [target]);
    return Number(row?.count ?? 0);
  }
}
