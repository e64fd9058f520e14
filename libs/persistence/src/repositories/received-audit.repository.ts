import { type AuditAnswer, type AuditReport, type AuditRow, SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import { AUDIT_TABLES } from './audit-tables.js';

/** What an instance is known to wait with, as it told us last. */
export interface AuditOrigin {
  readonly origin: string;
  readonly heardAt: Date;
  /** Rows of it that are here. */
  readonly taken: number;
  readonly waiting: number;
  readonly waitingSince: Date | null;
  readonly notTaken: number;
}

type Answer = Pick<AuditAnswer, 'taken' | 'refused'>;

/** The audit of other instances, by where it is from. A table of its own: what ships reads another, so that none of it travels on. Written by audit-service. */
export class ReceivedAuditRepository {
  constructor(private readonly database: Database) {}

  /** Takes each row once, in their order. What the database cannot hold is refused, and keeps none of the others out. */
  async take(origin: string, rows: readonly AuditRow[], waiting: AuditReport['waiting']): Promise<Answer> {
    const answer = await this.takeAll(origin, rows);
    await this.database.write(
      `insert into audit_origin as known (origin, heard_at, waiting, waiting_since, not_taken) values ($1, now(), $2, $3, $4)
       on conflict (origin) do update set heard_at = now(), waiting = excluded.waiting, waiting_since = excluded.waiting_since, not_taken = excluded.not_taken`,
      [origin, waiting.rows, waiting.since, waiting.notTaken + answer.refused.length],
    );
    return answer;
  }

  /** For the console: what was heard of these. */
  async overview(origins: readonly string[]): Promise<AuditOrigin[]> {
    const rows = await this.database.query<AuditOrigin & { taken: string }>(
      `select origin, heard_at as "heardAt", taken, waiting, waiting_since as "waitingSince", not_taken as "notTaken" from audit_origin where origin = any($1) order by origin`,
      [origins],
    );
    return rows.map((row) => ({ ...row, taken: Number(row.taken) }));
  }

  private async takeAll(origin: string, rows: readonly AuditRow[]): Promise<Answer> {
    if (rows.length === 0) return { taken: [], refused: [] };
    try {
      await this.database.transaction((tx) => insertAll(tx, origin, rows));
      return { taken: rows.map(({ id }) => id), refused: [] };
    } catch (error) {
      if (!isOfTheData(error)) throw error;
      if (rows.length === 1) return { taken: [], refused: rows.map(({ id }) => ({ id, path: '(the whole row)' })) };
    }
    const each: Answer[] = [];
    for (const row of rows) each.push(await this.takeAll(origin, [row]));
    return { taken: each.flatMap(({ taken }) => taken), refused: each.flatMap(({ refused }) => refused) };
  }
}

/** SQLSTATE 22 (what a column cannot hold, such as a text with a NUL) and 54 (nested deeper than it can be). */
const isOfTheData = (error: unknown): boolean => error instanceof SyncError && /^(22|54)/.test(String(error.details['sqlstate']));

/** A row is known by its message and the moment it was recorded: a database that was put back from a backup gives numbers, and rounds of a message, a second time. */
async function insertAll(tx: Tx, origin: string, rows: readonly AuditRow[]): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared($1, $2)`, AUDIT_TABLES.received.writing);
  const inserted = await tx.query(
    `insert into received_audit (origin, message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at, recorded_at)
     select $1, "messageId", type, site, link, aggregate, uuid, "correlationId", outcome, reason, details, "saidAt", "recordedAt"
     from jsonb_to_recordset($2) as row (id bigint, "messageId" text, type text, site text, link text, aggregate text, uuid text, "correlationId" text, outcome text,
       reason text, details jsonb, "saidAt" timestamptz, "recordedAt" timestamptz) order by id
     on conflict (origin, message_id, recorded_at) do nothing returning id`,
    [origin, JSON.stringify(rows)],
  );
  await tx.query(
    `insert into audit_origin as known (origin, heard_at, taken, waiting, not_taken) values ($1, now(), $2, 0, 0)
     on conflict (origin) do update set taken = known.taken + excluded.taken`,
    [origin, inserted.length],
  );
}
