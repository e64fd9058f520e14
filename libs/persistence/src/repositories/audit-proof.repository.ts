import type { AuditKind, AuditProof } from '@sync-hub/contracts';
import { beginningOf, type ChainRow, firstFault, hashesIn } from '../audit-chain.js';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';
import { type SealWords, sealText } from './audit-seal.repository.js';
import { AUDIT_TABLES, contentOfRow } from './audit-tables.js';

interface SealRow extends SealWords {
  readonly ids: readonly string[] | null;
  readonly hashes: Buffer | null;
  readonly key: string;
  readonly sum: Buffer;
  readonly sumBefore: Buffer | null;
}

/** Where a walk along the seals of a day stands. */
interface Walk {
  hash: Buffer;
  lastId: string;
  part: number;
  rows: number;
  isDropped: boolean;
}

/** So many seals are read at once, with their rows. */
const SEALS_AT_ONCE = 20;

type Broken = Pick<AuditProof, 'verdict' | 'fault'>;

/** Verifies the audit against its seals. Writes nothing. */
export class AuditProofRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Every day that has rows or seals, the oldest first. The index of moments is stepped along day by day, however many rows there are. */
  async days(kind: AuditKind): Promise<readonly string[]> {
    const { table } = AUDIT_TABLES[kind];
    const rows = await this.database.query<{ day: string }>(
      `with recursive found as (
         select (min(recorded_at) at time zone 'UTC')::date as day from ${table}
         union all
         select (select (min(recorded_at) at time zone 'UTC')::date from ${table} where recorded_at >= (day + 1)::timestamp at time zone 'UTC') from found where day is not null
       ) select to_char(day, 'YYYY-MM-DD') as day from (select day from found where day is not null union select day from audit_seal where kind = $1) as every order by 1`,
      [kind],
    );
    return rows.map(({ day }) => day);
  }

  async verify(kind: AuditKind, day: string): Promise<AuditProof> {
    const walk: Walk = { hash: beginningOf(kind, day), lastId: '0', part: 0, rows: 0, isDropped: false };
    for (let seals = await this.sealsAfter(kind, day, 0); seals.length > 0; seals = await this.sealsAfter(kind, day, walk.part)) {
      const rows = await this.rowsBetween(kind, day, walk.lastId, seals.at(-1)?.lastId ?? '0');
      for (const seal of seals) {
        const broken = this.brokenSeal(seal, walk) ?? brokenRows(seal, walk, rows);
        if (broken !== null) return { kind, day, rows: walk.rows, notSealed: 0, head: null, ...broken };
      }
    }
    return { kind, day, head: walk.lastId === '0' ? null : walk.hash.toString('hex'), ...(await this.behind(kind, day, walk)) };
  }

  private async sealsAfter(kind: AuditKind, day: string, part: number): Promise<readonly SealRow[]> {
    return this.database.query<SealRow>(
      `select number::text as number, kind, to_char(day, 'YYYY-MM-DD') as day, part, first_id::text as "firstId", last_id::text as "lastId", row_count as "rowCount", head,
         ids::text[] as ids, hashes, key, sum, (select before.sum from audit_seal as before where before.number = seal.number - 1) as "sumBefore"
       from audit_seal as seal where kind = $1 and day = $2 and part > $3 order by part limit $4`,
      [kind, day, part, SEALS_AT_ONCE],
    );
  }

  private brokenSeal(seal: SealRow, walk: Walk): Broken | null {
    const fault = { seal: seal.number };
    if (seal.part !== walk.part + 1 || (seal.sumBefore === null && seal.number !== '1')) return { verdict: 'broken', fault };
    const isSigned = this.vault.isSigned(sealText(seal, seal.sumBefore ?? Buffer.alloc(0)), seal);
    if (isSigned === null) return { verdict: 'key-missing', fault };
    return isSigned && BigInt(seal.firstId) > BigInt(walk.lastId) ? null : { verdict: 'broken', fault };
  }

  private rowsBetween(kind: AuditKind, day: string, afterId: string, lastId: string): Promise<readonly ChainRow[]> {
    return this.database.query<ChainRow>(
      `select id::text as id, ${contentOfRow(kind)} as content from ${AUDIT_TABLES[kind].table} as row where ${OF_DAY} and id > $2 and id <= $3 order by row.id`,
      [day, afterId, lastId],
    );
  }

  /** Rows of the day behind its last seal: those that are numbered before what was sealed last of all were put there since. */
  private async behind(kind: AuditKind, day: string, { lastId, rows, isDropped }: Walk): Promise<Pick<AuditProof, 'rows' | 'notSealed' | 'verdict' | 'fault'>> {
    const [found] = await this.database.query<{ count: number; between: string | null }>(
      `select count(*)::int as count, (min(id) filter (where id <= (select max(last_id) from audit_seal where kind = $3)))::text as between
       from ${AUDIT_TABLES[kind].table} where ${OF_DAY} and id > $2`,
      [day, lastId, kind],
    );
    const between = found?.between ?? null;
    if (between !== null) return { rows, notSealed: 0, verdict: 'broken', fault: { id: between, what: 'between' } };
    return { rows, notSealed: found?.count ?? 0, verdict: isDropped ? 'dropped' : 'intact', fault: null };
  }
}

/** Of `all`, which begin behind the walk, those that the seal is over. */
function brokenRows(seal: SealRow, walk: Walk, all: readonly ChainRow[]): Broken | null {
  if (seal.ids === null || seal.hashes === null) walk.isDropped = true;
  else {
    const rows = all.filter(({ id }) => BigInt(id) > BigInt(walk.lastId) && BigInt(id) <= BigInt(seal.lastId));
    const hashes = hashesIn(seal.hashes);
    const fault = firstFault(walk.hash, { ids: seal.ids, hashes }, rows);
    if (fault !== null) return { verdict: 'broken', fault };
    if (hashes.length !== seal.rowCount || hashes.at(-1)?.equals(seal.head) !== true) return { verdict: 'broken', fault: { seal: seal.number } };
    walk.rows += rows.length;
  }
  walk.hash = seal.head;
  walk.lastId = seal.lastId;
  walk.part = seal.part;
  return null;
}

const OF_DAY = `recorded_at >= $1::timestamp at time zone 'UTC' and recorded_at < ($1::timestamp + interval '1 day') at time zone 'UTC'`;
