import { type BecameOfAct, type ConflictAct, type ConflictDetail, type ConflictOrders, type ConflictReport, type ConflictSummary } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Vault } from '../vault.js';

/** So many conflicts are asked for in full, and so many acts told of, in one answer. */
const MOST_WANTED = 20;
const MOST_ACTS = 50;

/** What somebody here did to a conflict of another instance. */
export interface ReceivedAct {
  readonly id: string;
  readonly does: ConflictAct['does'];
  readonly by: string;
  readonly at: Date;
  /** What became of it there; null until that is told. */
  readonly endedAs: BecameOfAct['as'] | null;
  readonly endedAt: Date | null;
}

/** A conflict of another instance as it was told of last. */
export interface ReceivedConflict {
  readonly origin: string;
  readonly summary: ConflictSummary;
  /** Null where it was not told in full yet, and again once it is closed: what both ends hold is kept here no longer than it is asked about. */
  readonly detail: ConflictDetail | null;
  readonly closedAt: Date | null;
  readonly acts: readonly ReceivedAct[];
}

/** An act on its way into the queue of those that its instance fetches. */
export interface NewAct {
  readonly id?: string | undefined;
  readonly origin: string;
  readonly conflict: string;
  /** Of the conflict as it was looked at. */
  readonly version: number;
  readonly by: string;
  readonly act: ConflictAct;
}

interface ConflictRow {
  readonly origin: string;
  readonly id: string;
  readonly summary: ConflictSummary;
  readonly sealed: Buffer | null;
  readonly closed_at: Date | null;
}

const ACTS = `select id, does, made_by as "by", made_at as at, ended_as as "endedAs", ended_at as "endedAt" from received_act where origin = $1 and conflict_id = $2 order by made_at`;

/** Conflicts of other instances, and what people here did to them. Values and acts are sealed; summaries hold none. Written by audit-service, acts by the console. */
export class ReceivedConflictRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Takes what an instance says of its conflicts, in one transaction, and answers with what is wanted of it. The same report again changes nothing. */
  async take(origin: string, report: ConflictReport): Promise<ConflictOrders> {
    const { result } = await this.database.transaction(async (tx) => {
      await tx.query(`select pg_advisory_xact_lock(hashtextextended('received-conflicts:' || $1, 0))`, [origin]);
      await this.takeOpen(tx, origin, report);
      for (const detail of report.details) await this.takeDetail(tx, origin, detail as ConflictDetail);
      await close(tx, origin, report.gone);
      await this.takeEndings(tx, origin, report.became);
      return this.orders(tx, origin, report.became);
    });
    return result;
  }

  /** All that are told of, those that are closed where that is asked for; without what both ends hold. */
  async list(
    origins: readonly string[],
    withClosed: boolean,
  ): Promise<readonly { readonly origin: string; readonly summary: ConflictSummary; readonly isAnswered: boolean }[]> {
    return this.database.query(
      `select origin, summary, closed_at is null and exists (
           select 1 from received_act where received_act.origin = told.origin and conflict_id = told.id and does in ('answer', 'dismiss') and ended_at is null) as "isAnswered"
       from received_conflict as told where origin = any($1) and ($2 or closed_at is null) order by summary ->> 'openedAt', id`,
      [origins, withClosed],
    );
  }

  /** One of these instances; null where none of them has told of it. */
  async find(origins: readonly string[], id: string): Promise<ReceivedConflict | null> {
    const [row] = await this.database.query<ConflictRow & Record<string, unknown>>(
      `select origin, id, summary, sealed, closed_at from received_conflict where origin = any($1) and id = $2 order by heard_at desc limit 1`,
      [origins, id],
    );
    if (row === undefined) return null;
    const acts = await this.database.query<ReceivedAct & Record<string, unknown>>(ACTS, [row.origin, id]);
    const detail = row.sealed === null ? null : (this.vault.open(row.sealed, contextOf(row.origin, id)) as ConflictDetail);
    return { origin: row.origin, summary: row.summary, detail, closedAt: row.closed_at, acts };
  }

  /**
   * Keeps what somebody does to a conflict until its instance has fetched it. An answer needs the conflict open, at the version that was looked at, and no other answer under way;
   * null, and nothing is kept, otherwise. The same act again is kept once.
   */
  async act({ id = newId(), origin, conflict, version, by, act }: NewAct): Promise<string | null> {
    const { result } = await this.database.transaction(async (tx) => {
      const [open] = await tx.query<{ is_kept: boolean }>(
        `select exists (select 1 from received_act where id = $4) as is_kept from received_conflict where origin = $1 and id = $2 and closed_at is null
           and (not $5 or ((summary ->> 'version')::int = $3 and not exists (select 1 from received_act
             where received_act.origin = $1 and conflict_id = $2 and does in ('answer', 'dismiss') and ended_at is null and received_act.id <> $4))) for update`,
        [origin, conflict, version, id, act.does === 'answer' || act.does === 'dismiss'],
      );
      if (open === undefined) return null;
      if (!open.is_kept)
        await tx.query(`insert into received_act (id, origin, conflict_id, does, version, sealed, made_by) values ($1, $2, $3, $4, $5, $6, $7)`, [
          id,
          origin,
          conflict,
          act.does,
          version,
          this.vault.seal(act, actContext(id)),
          by,
        ]);
      return id;
    });
    return result;
  }

  private async takeOpen(tx: Tx, origin: string, { open, hasMore }: ConflictReport): Promise<void> {
    await tx.query(
      `insert into received_conflict as mine (origin, id, summary) select $1, (told ->> 'id')::uuid, told from jsonb_array_elements($2::jsonb) as told
       on conflict (origin, id) do update set summary = excluded.summary, heard_at = now(), closed_at = null,
         is_wanted = mine.is_wanted or mine.sealed is null or (mine.summary - $3::text[]) <> (excluded.summary - $3::text[])`,
      [origin, JSON.stringify(open), ['waitingBehind']],
    );
    // What is told of no more is closed, or was never there: that is asked for, not guessed.
    await tx.query(`update received_conflict set is_wanted = true where origin = $1 and closed_at is null and not $3 and id <> all($2::uuid[])`, [
      origin,
      open.map(({ id }) => id),
      hasMore,
    ]);
  }

  private async takeDetail(tx: Tx, origin: string, detail: ConflictDetail): Promise<void> {
    const { id, state } = detail.conflict;
    const isClosed = state === 'resolved' || state === 'dismissed';
    await tx.query(`update received_conflict set summary = $3, sealed = $4, is_wanted = false, heard_at = now() where origin = $1 and id = $2`, [
      origin,
      id,
      JSON.stringify(detail.conflict),
      this.vault.seal(detail, contextOf(origin, id)),
    ]);
    if (isClosed) await close(tx, origin, [id]);
  }

  private async takeEndings(tx: Tx, origin: string, became: ConflictReport['became']): Promise<void> {
    await tx.query(
      `with ended as (
         update received_act set ended_at = now(), ended_as = told."as" from jsonb_to_recordset($2::jsonb) as told (act uuid, "as" text)
         where received_act.id = told.act and origin = $1 and ended_at is null returning conflict_id)
       update received_conflict set is_wanted = true where origin = $1 and closed_at is null and id in (select conflict_id from ended)`,
      [origin, JSON.stringify(became)],
    );
  }

  private async orders(tx: Tx, origin: string, became: ConflictReport['became']): Promise<ConflictOrders> {
    const wants = await tx.query<{ id: string }>(
      `select id from received_conflict where origin = $1 and is_wanted and closed_at is null order by summary ->> 'openedAt', id limit $2`,
      [origin, MOST_WANTED],
    );
    const acts = await tx.query<{ id: string; conflict: string; by: string; sealed: Buffer }>(
      `select id, conflict_id as conflict, made_by as "by", sealed from received_act where origin = $1 and ended_at is null order by made_at limit $2`,
      [origin, MOST_ACTS],
    );
    return {
      wants: wants.map(({ id }) => id),
      acts: acts.map(({ sealed, ...act }) => ({ ...act, act: this.vault.open(sealed, actContext(act.id)) as ConflictAct })),
      known: became.map(({ act }) => act),
    };
  }
}

/** Nothing is asked of these any more: what both ends held is forgotten, and no act is told of. */
async function close(tx: Tx, origin: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(
    `update received_conflict set closed_at = now(), sealed = null, is_wanted = false where origin = $1 and id = any($2::uuid[]) and closed_at is null`,
    [origin, ids],
  );
  await tx.query(`update received_act set ended_at = now(), ended_as = 'closed' where origin = $1 and conflict_id = any($2::uuid[]) and ended_at is null`, [
    origin,
    ids,
  ]);
}

const contextOf = (origin: string, id: string): string => `received-conflict:${origin}:${id}`;
const actContext = (id: string): string => `received-act:${id}`;
