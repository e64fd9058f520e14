import type { LinkId, RecordRef, SiteId } from '@sync-hub/contracts';
import type { Scalar, Version } from '@sync-hub/merge';
import type { Effect, Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Vault } from '../vault.js';

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
}

interface IntentRow {
  id: string;
  job_id: string;
  job_state: string;
  link: string;
  site: string;
  sealed: Buffer;
  longest_request_ms: number;
  age_ms: number;
}

interface SealedIntent {
  readonly held: Version;
  /** JSON has no `undefined`: an item that goes is a path alone. */
  readonly sends: readonly (readonly [string, Scalar] | readonly [string])[];
  readonly presence: 'present' | 'voided' | null;
}

/** Intents: no write to a site without one. Written by push. */
export class IntentRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Commits at once, in a transaction of its own, before the request leaves; `also` commits with it. */
  async commit(intent: Omit<Intent, 'id' | 'committedAt' | 'isInHand'>, also: Effect): Promise<string> {
    const id = newId();
    const sealed: SealedIntent = {
      held: intent.held,
      sends: [...intent.sends].map(([path, value]) => (value === undefined ? [path] : [path, value])),
      presence: intent.presence,
    };
    await this.database.transaction(async (tx) => {
      await also(tx);
      await tx.query(`insert into intent (id, job_id, link, site, aggregate, uuid, sealed, longest_request_ms) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
        id,
        intent.jobId,
        intent.link,
        intent.site,
        intent.record.aggregate,
        intent.record.uuid,
        this.vault.seal(sealed, `intent:${id}`),
        intent.longestRequestMs,
      ]);
    });
    return id;
  }

  /** Intents for the record at these sites whose end nobody has recorded, oldest first, with the state of the job that made them. */
  async openFor(sites: readonly SiteId[], record: RecordRef): Promise<readonly Intent[]> {
    const rows = await this.database.query<IntentRow>(
      `select intent.*, job.state as job_state, extract(epoch from clock_timestamp() - committed_at)::float * 1000 as age_ms
       from intent join job on job.id = intent.job_id
       where intent.site = any($1) and intent.aggregate = $2 and intent.uuid = $3 and settled_at is null order by committed_at`,
      [sites, record.aggregate, record.uuid],
    );
    return rows.map((row) => this.intentOf(row, record));
  }

  /** Creates of other records of that kind whose end is not recorded and whose job will settle it, at a site that would not take our uuids; none at any other. */
  async createsInHandWhereUuidsAreMinted(site: SiteId, { aggregate, uuid }: RecordRef): Promise<readonly Intent[]> {
    const rows = await this.database.query<IntentRow & { uuid: string }>(
      `select intent.*, job.state as job_state, extract(epoch from clock_timestamp() - committed_at)::float * 1000 as age_ms
       from intent join job on job.id = intent.job_id join site on site.id = intent.site
       where intent.site = $1 and intent.aggregate = $2 and intent.uuid <> $3 and settled_at is null and job.state in ('ready', 'looking')
         and site.capabilities ->> 'takesUuids' = 'false'`,
      [site, aggregate, uuid],
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
      sends: new Map(sends.map(([path, value]) => [path, value])),
      presence,
      longestRequestMs: row.longest_request_ms,
      committedAt: new Date(Date.now() - row.age_ms),
    };
  }

  async settle(tx: Tx, ids: readonly string[], as: 'written' | 'landed' | 'not-landed' | 'asked'): Promise<void> {
    if (ids.length === 0) return;
    await tx.query(`update intent set settled_at = now(), settled_as = $2 where id = any($1::uuid[]) and settled_at is null`, [ids, as]);
  }
}
