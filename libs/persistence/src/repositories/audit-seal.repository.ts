import { SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type AuditKind, beginningOf, type ChainRow, chained } from '../audit-chain.js';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';
import { AUDIT_TABLES, contentOfRow } from './audit-tables.js';

/** So many rows are sealed at once, and so many groups of them before writers are waited for again. */
export const SEALED_AT_ONCE = 1000;
const GROUPS = 20;

/** Whoever writes into the audit is waited for so long, and kept from writing no longer. */
const WAITS_MS = 200;

/** Who seals has this lock until the commit. */
const SEALING: readonly [number, number] = [7260, 106];

interface Row extends ChainRow {
  readonly day: string;
}

/** Where the chain of a day stands. */
interface Standing {
  readonly part: number;
  readonly head: Buffer;
}

/** The last seal of all. */
interface LastSeal {
  readonly number: string;
  readonly sum: Buffer;
}

/** What a seal's sum is over. */
export interface SealWords {
  readonly number: string;
  readonly kind: AuditKind;
  readonly day: string;
  readonly part: number;
  readonly firstId: string;
  readonly lastId: string;
  readonly rowCount: number;
  readonly head: Buffer;
}

export const sealText = (seal: SealWords, sumBefore: Buffer): string =>
  JSON.stringify([seal.number, seal.kind, seal.day, seal.part, seal.firstId, seal.lastId, seal.rowCount, seal.head.toString('hex'), sumBefore.toString('hex')]);

/** Seals rows of the audit a moment after they were committed, in the order of their numbers, day by day. Written by audit-service. */
export class AuditSealRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Seals the next rows, some groups of `limit`, and answers with how many; `null` where writers, or another who seals, cannot be waited for just now. */
  async sealNext(kind: AuditKind, limit = SEALED_AT_ONCE): Promise<number | null> {
    if (!(await this.hasMore(kind))) return 0;
    const upTo = await settledTo(this.database, kind);
    if (upTo === null) return null;
    let all = 0;
    for (let group = 0; group < GROUPS; group += 1) {
      const sealed = await this.sealGroup(kind, upTo, limit);
      if (sealed === null) return null;
      all += sealed;
      if (sealed < limit) break;
    }
    return all;
  }

  private async sealGroup(kind: AuditKind, upTo: string, limit: number): Promise<number | null> {
    const { result } = await this.database.transaction(async (tx) => {
      const [mine] = await tx.query<{ mine: boolean }>(`select pg_try_advisory_xact_lock($1, $2) as mine`, SEALING);
      if (mine?.mine !== true) return null;
      const rows = await nextRows(tx, kind, upTo, limit);
      for (const day of new Set(rows.map((row) => row.day)))
        await this.seal(
          tx,
          kind,
          day,
          rows.filter((row) => row.day === day),
        );
      return rows.length;
    });
    return result;
  }

  /** Keeps nobody from writing where there is nothing to seal. */
  private async hasMore(kind: AuditKind): Promise<boolean> {
    const [found] = await this.database.query<{ more: boolean }>(
      `select coalesce((select max(id) from ${AUDIT_TABLES[kind].table}), 0) > coalesce((select max(last_id) from audit_seal where kind = $1), 0) as more`,
      [kind],
    );
    return found?.more === true;
  }

  private async seal(tx: Tx, kind: AuditKind, day: string, rows: readonly Row[]): Promise<void> {
    const [standing] = await tx.query<Standing & Record<string, unknown>>(
      `select part, head from audit_seal where kind = $1 and day = $2 order by part desc limit 1`,
      [kind, day],
    );
    const [last] = await tx.query<LastSeal & Record<string, unknown>>(
      `select number::text as number, sum from audit_seal order by audit_seal.number desc limit 1`,
    );
    const hashes = chained(standing?.head ?? beginningOf(kind, day), rows);
    const ids = rows.map(({ id }) => id);
    const seal: SealWords = {
      number: String(BigInt(last?.number ?? '0') + 1n),
      kind,
      day,
      part: (standing?.part ?? 0) + 1,
      firstId: ids[0] ?? '',
      lastId: ids.at(-1) ?? '',
      rowCount: ids.length,
      head: hashes.at(-1) ?? Buffer.alloc(0),
    };
    const { key, sum } = this.vault.sign(sealText(seal, last?.sum ?? Buffer.alloc(0)));
    await tx.query(
      `insert into audit_seal (number, kind, day, part, first_id, last_id, row_count, head, ids, hashes, key, sum) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
      [seal.number, kind, day, seal.part, seal.firstId, seal.lastId, seal.rowCount, seal.head, ids, Buffer.concat([...hashes]), key, sum],
    );
  }
}

/** The planner is told both ends, and so takes the index of numbers. */
async function nextRows(tx: Tx, kind: AuditKind, upTo: string, limit: number): Promise<readonly Row[]> {
  const [sealed] = await tx.query<{ to: string }>(`select coalesce(max(last_id), 0)::text as to from audit_seal where kind = $1`, [kind]);
  return tx.query<Row & Record<string, unknown>>(
    `select id::text as id, to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD') as day, ${contentOfRow(kind)} as content from ${AUDIT_TABLES[kind].table} as row
     where id > $1 and id <= $2 order by row.id limit $3`,
    [sealed?.to ?? '0', upTo, limit],
  );
}

/**
 * The number up to which nothing will appear any more: rows get their numbers before they are committed, and in another order. Whoever writes has the lock shared until
 * after the commit, so that none is under way while we have it. `null` where writers cannot be waited for just now.
 */
export async function settledTo(database: Database, kind: AuditKind): Promise<string | null> {
  const { table, writing } = AUDIT_TABLES[kind];
  try {
    const { result } = await database.transaction(async (tx) => {
      await tx.query(`select set_config('lock_timeout', $1, true)`, [`${WAITS_MS}ms`]);
      await tx.query(`select pg_advisory_xact_lock($1, $2)`, writing);
      return tx.query<{ id: string }>(`select coalesce(max(id), 0)::text as id from ${table}`);
    });
    return result[0]?.id ?? '0';
  } catch (error) {
    if (error instanceof SyncError && error.details['sqlstate'] === '55P03') return null;
    throw error;
  }
}
