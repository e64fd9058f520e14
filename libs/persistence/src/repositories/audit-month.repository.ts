import { AuditDropped, type SiteId, SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { AUDIT_KINDS, type AuditKind } from '../audit-chain.js';
import { type Database, newId } from '../database.js';
import { AUDIT_TABLES } from './audit-tables.js';

/** Whoever reads or writes the audit is waited for so long when a month is opened or dropped; it is tried again the next time. */
const WAITS_MS = 2000;

/** Who opens or drops months has this lock until the commit. */
const KEEPING: readonly [number, number] = [7260, 107];

/** The open months of a kind, as `YYYY-MM`, the oldest first. */
export async function auditMonths(database: Pick<Database, 'query'>, kind: AuditKind): Promise<readonly string[]> {
  const rows = await database.query<{ month: string }>(
    `select replace(right(relname, 7), '_', '-') as month from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = $1::regclass and relname ~ '_\\d{4}_\\d{2}$' order by 1`,
    [AUDIT_TABLES[kind].table],
  );
  return rows.map(({ month }) => month);
}

/** What was dropped of one kind. */
export interface DroppedMonths {
  readonly kind: AuditKind;
  readonly months: readonly string[];
  /** Rows of no open month that were past their time too. */
  readonly others: number;
  /** Months that are past their time, and stay until the last row of them was shipped. */
  readonly kept: readonly string[];
}

/** How long the audit is kept, and where it is shipped to before it goes. */
export interface Retention {
  readonly keepMonths: number;
  readonly url: string | null;
  /** The instance, which the audit says it of. */
  readonly site: SiteId;
}

/** The months of the audit: opened before they begin, and dropped when they are past their time. Written by audit-service. */
export class AuditMonthRepository {
  constructor(private readonly database: Database) {}

  /** Opens this month and the two after it, and those of rows that came late; `false` where somebody has the table, so that it is to be tried again. */
  async open(): Promise<boolean> {
    return this.unlessBusy(async (tx) => {
      for (const kind of AUDIT_KINDS) {
        const { table } = AUDIT_TABLES[kind];
        await tx.query(
          `select open_audit_month($1, month::date) from (
             select date_trunc('month', now() at time zone 'UTC') + make_interval(months => ahead) from generate_series(0, 2) as ahead
             union select distinct date_trunc('month', recorded_at at time zone 'UTC') from ${table}_else
               where recorded_at between now() - interval '50 years' and now() + interval '2 months') as due (month)`,
          [table],
        );
      }
    });
  }

  /**
   * Drops, and says, the months before the last `keepMonths` whole ones, received or our own; of our own none with a row that was not shipped to `url`. The seals stay, without the hashes of what is gone.
   * `null` where somebody has the table.
   */
  async drop({ keepMonths, url, site }: Retention): Promise<readonly DroppedMonths[] | null> {
    const dropped: DroppedMonths[] = [];
    const isDone = await this.unlessBusy(async (tx) => {
      dropped.length = 0;
      for (const kind of AUDIT_KINDS) dropped.push(await dropOf(tx, kind, keepMonths, url));
      for (const { kind, months, others } of dropped)
        if (months.length + others > 0) tx.say(AuditDropped, newId(), { site, round: 1, kind, months: [...months], others });
    });
    return isDone ? dropped : null;
  }

  private async unlessBusy(work: (tx: Tx) => Promise<void>): Promise<boolean> {
    try {
      await this.database.transaction(async (tx) => {
        await tx.query(`select set_config('lock_timeout', $1, true)`, [`${WAITS_MS}ms`]);
        await tx.query(`select pg_advisory_xact_lock($1, $2)`, KEEPING);
        await work(tx);
      });
      return true;
    } catch (error) {
      if (error instanceof SyncError && error.details['sqlstate'] === '55P03') return false;
      throw error;
    }
  }
}

async function dropOf(tx: Tx, kind: AuditKind, keepMonths: number, url: string | null): Promise<DroppedMonths> {
  const { table } = AUDIT_TABLES[kind];
  const [row] = await tx.query<{ first: string }>(
    `select to_char(date_trunc('month', now() at time zone 'UTC') - make_interval(months => $1), 'YYYY-MM') as first`,
    [keepMonths],
  );
  const first = row?.first ?? '';
  const past = (await auditMonths(tx as Pick<Database, 'query'>, kind)).filter((month) => month < first);
  const shippedTo = kind === 'received' || url === null ? null : await shippedUpTo(tx, url);
  const months: string[] = [];
  for (const month of past) if (await isShipped(tx, partOf(table, month), shippedTo)) months.push(month);
  for (const month of months) await tx.query(`drop table ${partOf(table, month)}`);
  const others = await tx.query(`delete from ${table}_else where recorded_at < $1::timestamptz and ($2::bigint is null or id <= $2) returning id`, [
    `${first}-01 00:00:00+00`,
    shippedTo,
  ]);
  const kept = past.filter((month) => !months.includes(month));
  await tx.query(
    `update audit_seal set ids = null, hashes = null where kind = $1 and day < ($2 || '-01')::date and not to_char(day, 'YYYY-MM') = any($3) and ids is not null`,
    [kind, first, kept],
  );
  return { kind, months, others: others.length, kept };
}

/** `month` is of the database's own making: digits and a dash. */
const partOf = (table: string, month: string): string => `${table}_${month.replace('-', '_')}`;

async function shippedUpTo(tx: Tx, url: string): Promise<string> {
  const [row] = await tx.query<{ to: string }>(`select shipped_to::text as to from audit_shipping where url = $1`, [url]);
  return row?.to ?? '0';
}

async function isShipped(tx: Tx, part: string, shippedTo: string | null): Promise<boolean> {
  if (shippedTo === null) return true;
  const [row] = await tx.query<{ yes: boolean }>(`select coalesce(max(id), 0) <= $1 as yes from ${part}`, [shippedTo]);
  return row?.yes === true;
}
