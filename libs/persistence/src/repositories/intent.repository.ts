import { type LinkId, type RecordRef, recordKey, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Scalar, Version } from '@sync-hub/merge';
import type { Effect, Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import { Gathering, grouped } from '../gathering.js';
import type { Vault } from '../vault.js';
import { stoppedAmong } from './patient-stop.repository.js';

/** What is about to be written, as it was committed before the write. */
export interface Intent {
  readonly id: string;
  readonly jobId: string;
  readonly link: LinkId;
  readonly site: SiteId;
  readonly record: RecordRef;
  /** What stood at the target just before. */
  readonly held: Version;
  /** What was sent, path by path; `undefined` for an item that was to go. */
  readonly sends: ReadonlyMap<string, Scalar | undefined>;
  readonly presence: 'present' | 'voided' | null;
  readonly longestRequestMs: number;
  /** By this process's clock; aged by the database's. */
  readonly committedAt: Date;
  /** Is its job ready or looking, so that it will settle the intent by itself? */
  readonly isInHand: boolean;
  /** Where the write was cut off, and whoever made it could say so: what it had sent by then. */
  readonly begun: BegunWindow | null;
}

interface IntentRow {
  id: string;
  aggregate: RecordRef['aggregate'];
  uuid: string;
  job_id: string;
  job_state: string;
  link: string;
  site: string;
  sealed: Buffer;
  longest_request_ms: number;
  site_read_at: Date | null;
  requests: number | null;
  age_ms: number;
}

/** A record at one site. */
interface AtSite {
  readonly site: SiteId;
  readonly record: RecordRef;
}

const keyOf = ({ site, record }: AtSite): string => `${site} ${recordKey(record)}`;

export interface SealedIntent {
  readonly held: Version;
  /** JSON has no `undefined`: an item that goes is a path alone. */
  readonly sends: readonly (readonly [string, Scalar] | readonly [string])[];
  readonly presence: 'present' | 'voided' | null;
}

/** What was sent, by path. */
export const sendsOf = (sends: SealedIntent['sends']): Intent['sends'] => new Map(sends.map(([path, value]) => [path, value]));

interface NewIntent extends Omit<Intent, 'id' | 'committedAt' | 'isInHand' | 'begun'> {
  /** Whose the record is, by what either end says: nothing is committed of one who is stopped. */
  readonly patients: readonly Uuid[];
}

interface ToCommit {
  readonly id: string;
  readonly intent: NewIntent;
  readonly also: Effect;
}

const sealedOf = ({ held, sends, presence }: NewIntent): SealedIntent => ({
  held,
  sends: [...sends].map(([path, value]) => (value === undefined ? [path] : [path, value])),
  presence,
});

/** When the target was read for a write and when it was written, by its own clock in whole seconds, and how many updates of the record by us it may tell of. */
export interface WriteWindow {
  readonly readAt: Date;
  readonly wroteAt: Date;
  readonly requests: number;
}

/** When the target was read for a write, and how many updates it may tell of by what was sent. */
export type BegunWindow = Omit<WriteWindow, 'wroteAt'>;

interface Settling {
  readonly id: string;
  readonly as: string;
  readonly window?: WriteWindow | undefined;
}

async function settleAll(tx: Pick<Tx, 'query'>, settlings: readonly Settling[]): Promise<void> {
  await tx.query(
    `update intent set settled_at = now(), settled_as = settling.settled_as, site_read_at = settling.read_at, site_wrote_at = settling.wrote_at, requests = settling.requests
     from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::int[]) as settling (id, settled_as, read_at, wrote_at, requests)
     where intent.id = settling.id and settled_at is null`,
    [
      settlings.map(({ id }) => id),
      settlings.map((settling) => settling.as),
      settlings.map(({ window }) => window?.readAt ?? null),
      settlings.map(({ window }) => window?.wroteAt ?? null),
      settlings.map(({ window }) => window?.requests ?? null),
    ],
  );
}

/** Intents: no write to a site without one. Written by push. */
export class IntentRepository {
  private readonly commits = new Gathering(
    ({ id }: ToCommit) => id,
    (all: readonly ToCommit[]) => this.commitAll(all),
  );
  private readonly open = new Gathering(keyOf, (asked: readonly AtSite[]) => this.openRows(asked));

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /**
   * Commits at once, with those of others that are to be written now too, before the request leaves; `also` commits with it. `null` where the patient is stopped on the
   * link: whoever stops her waits for this transaction, so that none begins a write of hers once that was told.
   */
  async commit(intent: NewIntent, also: Effect): Promise<string | null> {
    const id = newId();
    return (await this.commits.ask({ id, intent, also })) === undefined ? null : id;
  }

  private async commitAll(asked: readonly ToCommit[]): Promise<ReadonlyMap<string, true>> {
    const { result } = await this.database.transaction(async (tx) => {
      const stopped = await stoppedAmong(
        tx,
        asked.flatMap(({ id, intent: { link, patients } }) => patients.map((patient) => ({ key: id, link, patient }))),
      );
      const all = asked.filter(({ id }) => !stopped.has(id));
      if (all.length === 0) return all;
      for (const { also } of [...all].sort((a, b) => (a.intent.jobId < b.intent.jobId ? -1 : 1))) await also(tx);
      await tx.query(
        `insert into intent (id, job_id, link, site, aggregate, uuid, sealed, longest_request_ms)
         select * from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[], $8::int[])`,
        [
          all.map(({ id }) => id),
          all.map(({ intent }) => intent.jobId),
          all.map(({ intent }) => intent.link),
          all.map(({ intent }) => intent.site),
          all.map(({ intent }) => intent.record.aggregate),
          all.map(({ intent }) => intent.record.uuid),
          all.map(({ id, intent }) => this.vault.seal(sealedOf(intent), `intent:${id}`)),
          all.map(({ intent }) => intent.longestRequestMs),
        ],
      );
      return all;
    });
    return new Map(result.map(({ id }) => [id, true]));
  }

  /** Intents for the record at these sites whose end nobody has recorded, of each site the oldest first, with the state of the job that made them. */
  async openFor(sites: readonly SiteId[], record: RecordRef): Promise<readonly Intent[]> {
    const rows = (await Promise.all([...new Set(sites)].map((site) => this.open.ask({ site, record })))).flatMap((ofSite) => ofSite ?? []);
    return rows.map((row) => this.intentOf(row, record));
  }

  private async openRows(asked: readonly AtSite[]): Promise<ReadonlyMap<string, readonly IntentRow[]>> {
    const rows = await this.database.query<IntentRow>(
      `select intent.*, job.state as job_state, extract(epoch from clock_timestamp() - committed_at)::float * 1000 as age_ms
       from unnest($1::text[], $2::text[], $3::text[]) as asked (site, aggregate, uuid) join intent using (site, aggregate, uuid) join job on job.id = intent.job_id
       where settled_at is null order by committed_at`,
      [asked.map(({ site }) => site), asked.map(({ record }) => record.aggregate), asked.map(({ record }) => record.uuid)],
    );
    return grouped(rows, (row) => keyOf({ site: row.site, record: row }));
  }

  /**
   * Creates of other records of that kind whose end is not recorded and whose job will settle it, at a site that would not take our uuids; none at any other, unless
   * `areMinted` says that every site gives one of that kind a uuid of its own.
   */
  async createsInHandWhereUuidsAreMinted(site: SiteId, { aggregate, uuid }: RecordRef, areMinted: boolean): Promise<readonly Intent[]> {
    const rows = await this.database.query<IntentRow & { uuid: string }>(
      `select intent.*, job.state as job_state, extract(epoch from clock_timestamp() - committed_at)::float * 1000 as age_ms
       from intent join job on job.id = intent.job_id join site on site.id = intent.site
       where intent.site = $1 and intent.aggregate = $2 and intent.uuid <> $3 and settled_at is null and job.state in ('ready', 'looking')
         and ($4 or site.capabilities ->> 'takesUuids' = 'false')`,
      [site, aggregate, uuid, areMinted],
    );
    return rows.map((row) => this.intentOf(row, { aggregate, uuid: row.uuid })).filter(({ held }) => held.presence === 'absent');
  }

  private intentOf(row: IntentRow, record: RecordRef): Intent {
    const { held, sends, presence } = this.vault.open(row.sealed, `intent:${row.id}`) as SealedIntent;
    return {
      id: row.id,
      jobId: row.job_id,
      isInHand: row.job_state === 'ready' || row.job_state === 'looking',
      link: row.link,
      site: row.site,
      record,
      held,
      sends: sendsOf(sends),
      presence,
      longestRequestMs: row.longest_request_ms,
      committedAt: new Date(Date.now() - row.age_ms),
      begun: row.site_read_at === null || row.requests === null ? null : { readAt: row.site_read_at, requests: row.requests },
    };
  }

  /** Nothing was sent after all: commits at once, so that nobody takes what is done there next for what was to be written. */
  async withdraw(id: string): Promise<void> {
    await this.database.transaction((tx) => settleAll(tx, [{ id, as: 'not-landed' }]));
  }

  /** The write has failed, and may have landed all the same: what it had sent is kept, at once, for whoever finds out. */
  async cutOff(id: string, { readAt, requests }: BegunWindow): Promise<void> {
    await this.database.write(`update intent set site_read_at = $2, requests = $3 where id = $1 and settled_at is null`, [id, readAt, requests]);
  }

  /** The write was answered and read back. `window` is left out where what else was changed beside it is seen anyway. */
  async written(tx: Tx, id: string, window: WriteWindow | undefined): Promise<void> {
    tx.later(settleAll, { id, as: 'written', window });
  }

  /** `window` as in `written`, of what is found to have landed. */
  async settle(tx: Tx, id: string, as: 'landed' | 'not-landed' | 'asked', window?: WriteWindow): Promise<void> {
    tx.later(settleAll, { id, as, window });
  }
}
