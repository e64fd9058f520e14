import { setTimeout as pause } from 'node:timers/promises';
import type { ConflictDesk } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Database, openDatabase, readMasterKeys, type SealedIntent, SnapshotRepository, Vault } from '@sync-hub/persistence';
import { deskOn, type Hub } from '@sync-hub/runtime';
import type { Known, RecordKey } from './content.js';

/** An open conflict with what it keeps of both ends. */
export interface KeptConflict {
  readonly link: string;
  readonly record: RecordKey;
  readonly reason: string;
  readonly fields: readonly string[];
  /** Names of what a write of the hub overwrote before anybody saw it. */
  readonly overwritten: readonly string[];
  readonly parent: Kept;
  readonly child: Kept;
  /** What a void would take along, as it is shown to whoever decides: the first twenty. */
  readonly takesAlong: readonly string[];
}

export interface Kept {
  readonly presence: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface Open {
  readonly what: string;
  readonly record: RecordKey;
  readonly state: string;
  readonly reason: string | null;
  readonly code: string | null;
  readonly details: unknown;
}

const HELD = ['waiting', 'conflict', 'parked'];

const REST_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 200;

/** Put off again and again until somebody decides of another record, and given up after half an hour more: it stands, for as long as a test lasts. */
const STANDS = `inbox.code = 'already-there' and inbox.settled_at is null and inbox.not_before > now() + interval '1 minute'`;
const JOB_STANDS = `exists (select 1 from inbox where inbox.stage = 'push' and inbox.message_id = 'record.mapped.v1:' || job.id || ':' || job.round and ${STANDS})`;
/** The state of a job in `open` that stands so. */
export const PUT_OFF = 'put-off';

/** What became of an answer. */
export interface KeptAnswer {
  readonly id: string;
  readonly link: string;
  readonly record: RecordKey;
  readonly endedAs: string | null;
  /** How its conflict was closed; null while it is open. */
  readonly closedAs: string | null;
  /** Has nobody answered the conflict since? */
  readonly isLast: boolean;
}

/** One thing that was written to a record at a site. */
export interface Written {
  readonly site: string;
  readonly record: RecordKey;
  readonly at: Date;
  readonly line: string;
}

/** The hub's own books, as a test looks into them: beside the hub, with its keys. */
export class HubDatabase {
  private constructor(
    readonly database: Database,
    private readonly snapshots: SnapshotRepository,
    private readonly vault: Vault,
    /** At which people answer: the one of the command line, or of the hub itself. */
    readonly desk: ConflictDesk,
  ) {}

  static async open(url: string, keys: string): Promise<HubDatabase> {
    const [database, vault] = [await openDatabase(url, 2), new Vault(readMasterKeys(keys))];
    return new HubDatabase(database, new SnapshotRepository(database, vault), vault, deskOn(database, vault, { sites: [] }));
  }

  /** Of a hub in this process. */
  static of(hub: Hub): HubDatabase {
    return new HubDatabase(hub.parts.database, hub.repositories.snapshots, hub.parts.vault, hub.conflictDesk());
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /**
   * Changes and jobs that have not ended, at a moment at which all of them are held: what waits is looked at again every minute, and moves then. As they are where such a moment does not
   * come for a while.
   */
  async open(): Promise<readonly Open[]> {
    const giveUp = performance.now() + REST_WITHIN_MS;
    for (;;) {
      const open = await this.openNow();
      if (open.every(({ state }) => HELD.some((held) => held === state) || state === PUT_OFF) || performance.now() > giveUp) return open;
      await pause(LOOK_EVERY_MS);
    }
  }

  private async openNow(): Promise<readonly Open[]> {
    return this.database.query<{ what: string; record: string; state: string; reason: string | null; code: string | null; details: unknown }>(
      `select 'change ' || site as what, aggregate || '/' || uuid as record, state, reason, code, '{}'::jsonb as details from change where state <> 'ended'
       union all select 'job ' || link || ' ' || direction, aggregate || '/' || uuid, case when ${JOB_STANDS} then '${PUT_OFF}' else state end, reason, code, details
         from job where state <> 'ended'`,
    );
  }

  /** Nothing moves: what is open is held, and every message was heard by all who listen. */
  async isQuiet(): Promise<boolean> {
    const [row] = await this.database.query<{ busy: number }>(
      `select (select count(*) from change where state = 'open')::int + (select count(*) from job where state <> 'ended' and state <> all($1) and not ${JOB_STANDS})::int
            + (select count(*) from outbox cross join unnest(consumers) as consumer (stage)
               left join inbox on inbox.message_id = outbox.message_id and inbox.stage = consumer.stage where settled_at is null and (${STANDS}) is not true)::int as busy`,
      [HELD],
    );
    return row?.busy === 0;
  }

  /** What still moves, in words. */
  async moving(): Promise<readonly string[]> {
    const rows = await this.database.query<{ line: string }>(
      `select 'change at ' || site || ' of ' || aggregate || '/' || uuid || ' round ' || round as line from change where state = 'open'
       union all select 'job ' || link || ' ' || direction || ' of ' || aggregate || '/' || uuid || ' ' || state || ' round ' || round from job where state <> 'ended' and state <> all($1)
       union all select 'message ' || outbox.message_id || ' to ' || stage || ' sent ' || coalesce(sent_at::text, 'never') || ' put off until ' || coalesce(not_before::text, '-') || ' ' || coalesce(code, '')
         from outbox cross join unnest(consumers) as consumer (stage) left join inbox using (message_id, stage) where settled_at is null
       union all select 'claim on ' || aggregate || '/' || uuid || ' at ' || site || ' of ' || message_id || ' until ' || until from claim
       union all select 'site ' || id || ' is ' || state from site where state <> 'up' limit 40`,
      [HELD],
    );
    return rows.map(({ line }) => line);
  }

  /** The half hour passes after which what stands is tried again; false where nothing stands. */
  async halfAnHourPasses(): Promise<boolean> {
    const [row] = await this.database.query<{ standing: number }>(`select count(*)::int as standing from inbox where ${STANDS}`);
    if (row?.standing === 0) return false;
    await this.database.write(`update inbox set not_before = now() where ${STANDS}`);
    return true;
  }

  /** When the feed that was read longest ago was read, by the database's clock. */
  async oldestFeedRead(): Promise<Date> {
    const [row] = await this.database.query<{ at: Date | null }>(`select min(coalesce(read_at, 'epoch')) as at from feed_marker`);
    return row?.at ?? new Date(0);
  }

  /** A day passes at the site, so that its uuids are audited once more; how many looks that opened. */
  async auditOnce(site: string, withinMs: number): Promise<number> {
    const ended = async () =>
      (await this.database.query<{ opened: number }>(`select opened from uuid_audit where site = $1 and finished_at > 'epoch'`, [site]))[0];
    await until(`the audit of ${site} ends`, ended, withinMs);
    await this.database.write(`update uuid_audit set begun_at = begun_at - interval '25 hours', finished_at = 'epoch' where site = $1`, [site]);
    return Number((await until(`another audit of ${site}`, ended, withinMs)).opened);
  }

  async now(): Promise<Date> {
    const [row] = await this.database.query<{ now: Date }>(`select clock_timestamp() as now`);
    return row?.now ?? new Date(0);
  }

  async conflicts(): Promise<readonly KeptConflict[]> {
    const rows = await this.database.query<{
      link: string;
      record: string;
      reason: string;
      fields: string[];
      overwritten: string[];
      parent_snapshot: string;
      child_snapshot: string;
      takesAlong: string[];
    }>(
      `select conflict.link, conflict.aggregate || '/' || conflict.uuid as record, conflict.reason, conflict.fields, coalesce(overwritten, '{}') as overwritten,
              parent_snapshot, child_snapshot, coalesce(details -> 'others', '[]') as "takesAlong"
       from conflict left join job on job.id = job_id where closed_at is null order by record, link`,
    );
    return Promise.all(
      rows.map(async ({ parent_snapshot, child_snapshot, ...conflict }) => ({
        ...conflict,
        parent: await this.snapshots.read(parent_snapshot),
        child: await this.snapshots.read(child_snapshot),
      })),
    );
  }

  /** All that was ever answered. */
  async answers(): Promise<readonly KeptAnswer[]> {
    return this.database.query(
      `select answer.id, link, aggregate || '/' || uuid as record, answer.ended_as as "endedAs", closed_as as "closedAs",
              number = max(number) over (partition by conflict_id) as "isLast"
       from conflict_answer as answer join conflict on conflict.id = answer.conflict_id order by answered_at`,
    );
  }

  /** Where a decision is still an input of the merge, and nobody is asked any more. */
  async standingDecisions(): Promise<readonly Pick<KeptAnswer, 'link' | 'record'>[]> {
    return this.database.query(
      `select distinct link, aggregate || '/' || uuid as record from decision where ended_at is null
         and not exists (select from conflict where conflict.link = decision.link and conflict.aggregate = decision.aggregate and conflict.uuid = decision.uuid and closed_at is null)`,
    );
  }

  /** When the hub was about to write a record at a site, having read it there, oldest first. */
  async intents(): Promise<readonly { readonly site: string; readonly record: RecordKey; readonly at: Date }[]> {
    return this.database.query(`select site, aggregate || '/' || uuid as record, committed_at as at from intent order by committed_at`);
  }

  /** What was written since then, oldest first, in one line for each path of each write. */
  async written(since: Date): Promise<readonly Written[]> {
    const rows = await this.database.query<Omit<Written, 'line'> & { id: string; sealed: Buffer }>(
      `select id, site, aggregate || '/' || uuid as record, committed_at as at, sealed from intent where committed_at >= $1 and settled_as in ('written', 'landed') order by committed_at`,
      [since],
    );
    return rows.flatMap(({ id, sealed, ...row }) => {
      const { sends, presence } = this.vault.open(sealed, `intent:${id}`) as SealedIntent;
      const lines = [...sends.map((send) => JSON.stringify(send)), ...(presence === null ? [] : [presence])];
      return lines.map((line) => ({ ...row, line }));
    });
  }

  /** What each site calls the records that would not keep our uuid. */
  async aliases(): Promise<(site: string) => Known> {
    const rows = await this.database.query<{ site: string; local: string; uuid: string }>(
      `select site, aggregate || '/' || local_uuid as local, uuid from alias`,
    );
    const known = new Map(rows.map((row) => [`${row.site} ${row.local}`, row.uuid]));
    return (site) => (record) => known.get(`${site} ${record}`) ?? record.slice(record.indexOf('/') + 1);
  }
}
