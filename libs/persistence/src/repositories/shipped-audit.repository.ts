import type { AuditRow } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import { settledTo } from './audit-seal.repository.js';

/** So many of what waits are counted; more are said to be more. */
export const MOST_COUNTED = 10_000;

/** A row that was not taken is sent again after so long: the other instance may have been upgraded. */
const AGAIN_AFTER = `interval '1 day'`;

const ROW = `jsonb_build_object('id', id::text, 'messageId', message_id, 'type', type, 'site', site, 'link', link, 'aggregate', aggregate, 'uuid', uuid,
  'correlationId', correlation_id, 'outcome', outcome, 'reason', reason, 'details', details, 'saidAt', said_at, 'recordedAt', recorded_at) as row`;

/** What an answer settles: rows up to that one, of which some were not taken, with the path of what is wrong with them. */
export interface Settled {
  readonly upTo: string;
  readonly taken: readonly string[];
  readonly refused: readonly { readonly id: string; readonly path: string }[];
}

/** What waits to be shipped. */
export interface AuditWaiting {
  /** Up to `MOST_COUNTED`. */
  readonly rows: number;
  readonly since: Date | null;
  readonly notTaken: number;
}

/** How far this instance's audit was shipped to each address that it was ever to be shipped to. Written by audit-service. */
export class ShippedAuditRepository {
  constructor(private readonly database: Database) {}

  /** The number up to which nothing will appear any more; `null` where writers cannot be waited for just now. */
  async settledTo(): Promise<string | null> {
    return settledTo(this.database, 'own');
  }

  /** The next rows in their order, none above `upTo`. */
  async next(url: string, upTo: string, limit: number): Promise<AuditRow[]> {
    const rows = await this.database.query<{ row: AuditRow }>(
      `select ${ROW} from audit where id > coalesce((select shipped_to from audit_shipping where url = $1), 0) and id <= $2 order by id limit $3`,
      [url, upTo, limit],
    );
    return rows.map(({ row }) => row);
  }

  /** Rows that were not taken a day ago. */
  async again(url: string, limit: number): Promise<AuditRow[]> {
    const rows = await this.database.query<{ row: AuditRow }>(
      `select ${ROW} from audit where id in (select id from audit_not_taken where url = $1 and tried_at < now() - ${AGAIN_AFTER} order by id limit $2) order by id`,
      [url, limit],
    );
    return rows.map(({ row }) => row);
  }

  /** What waits behind row `after`. */
  async waiting(url: string, after = '0'): Promise<AuditWaiting> {
    const [found] = await this.database.query<{ rows: number; since: Date | null; notTaken: number }>(
      `with behind as (select recorded_at from audit
         where id > greatest($2::bigint, coalesce((select shipped_to from audit_shipping where url = $1), 0)) order by id limit $3)
       select count(*)::int as rows, min(recorded_at) as since, (select count(*)::int from audit_not_taken where url = $1) as "notTaken" from behind`,
      [url, after, MOST_COUNTED],
    );
    return found ?? { rows: 0, since: null, notTaken: 0 };
  }

  /** Seconds since that address last answered; `null` where it never did, or did not the last time. */
  async heardSecondsAgo(url: string): Promise<number | null> {
    const [found] = await this.database.query<{ seconds: number | null }>(
      `select case when code is null then extract(epoch from now() - heard_at)::float end as seconds from audit_shipping where url = $1`,
      [url],
    );
    return found?.seconds ?? null;
  }

  /** The address answered, and settled these rows; `null` where there were none. */
  async heard(tx: Tx, url: string, settled: Settled | null): Promise<void> {
    await tx.query(
      `insert into audit_shipping as mine (url, shipped_to, heard_at) values ($1, $2, now())
       on conflict (url) do update set shipped_to = greatest(mine.shipped_to, excluded.shipped_to), heard_at = now(), failing_since = null, code = null`,
      [url, settled?.upTo ?? '0'],
    );
    if (settled === null) return;
    await tx.query(`delete from audit_not_taken where url = $1 and id = any($2::bigint[])`, [url, settled.taken]);
    await tx.query(
      `insert into audit_not_taken (url, id, path) select $1, id, path from jsonb_to_recordset($2) as row (id bigint, path text) order by id
       on conflict (url, id) do update set path = excluded.path, tried_at = now()`,
      [url, JSON.stringify(settled.refused)],
    );
  }

  /** The address could not be told anything, for that reason. */
  async failed(url: string, code: string): Promise<void> {
    await this.database.write(
      `insert into audit_shipping as mine (url, failing_since, code) values ($1, now(), $2)
       on conflict (url) do update set failing_since = coalesce(mine.failing_since, now()), code = excluded.code`,
      [url, code],
    );
  }

  /** For the console: how shipping to that address goes. */
  async overview(url: string): Promise<AuditWaiting & { readonly heardAt: Date | null; readonly failingSince: Date | null; readonly code: string | null }> {
    const [[row], waiting] = await Promise.all([
      this.database.query<{ heardAt: Date | null; failingSince: Date | null; code: string | null }>(
        `select heard_at as "heardAt", failing_since as "failingSince", code from audit_shipping where url = $1`,
        [url],
      ),
      this.waiting(url),
    ]);
    return { ...waiting, ...(row ?? { heardAt: null, failingSince: null, code: null }) };
  }
}
