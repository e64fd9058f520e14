import {
  type BecameOfHeldAct,
  type FarHeldAct,
  type HeldAct,
  HeldAsked,
  type SiteAway,
  type ToldHealth,
  type ToldHeld,
  type WorkOrders,
  type WorkReport,
} from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Vault } from '../vault.js';

/** So many acts are told of in one answer. */
const MOST_ACTS = 50;
/** What became of an act is shown for so long. */
const SHOWN_HOURS = 24;
const MOST_SHOWN = 100;

/** What another instance said last of its work. */
export interface ReceivedWork {
  readonly origin: string;
  readonly heardAt: Date;
  readonly takesActs: boolean;
  readonly away: readonly SiteAway[];
  /** `null` where it was not told yet. */
  readonly held: ToldHeld | null;
  /** By the clock of that instance, when what is held was as it is here. */
  readonly heldAsOf: Date | null;
}

/** How another instance does, as it said last; `null` where it has not said. */
export interface ReceivedHealth {
  readonly origin: string;
  readonly heardAt: Date;
  readonly health: ToldHealth | null;
  /** By the clock of that instance, when that was so. */
  readonly healthAsOf: Date | null;
  /** By the clock here, when that was heard. */
  readonly healthHeardAt: Date | null;
}

/** What somebody here asked of what is held at another instance. */
export interface ReceivedHeldAct {
  readonly id: string;
  readonly origin: string;
  readonly what: HeldAct;
  readonly group: string;
  readonly held: string | null;
  readonly by: string;
  readonly at: Date;
  readonly reason: string | null;
  /** When an answer first had it; whether that arrived is not known. */
  readonly sentAt: Date | null;
  readonly endedAt: Date | null;
  readonly endedAs: BecameOfHeldAct['as'] | null;
  readonly counts: BecameOfHeldAct['counts'];
}

export type NewHeldAct = Pick<FarHeldAct, 'by' | 'what' | 'group' | 'held' | 'reason'> & { readonly origin: string };

interface WorkRow {
  readonly origin: string;
  readonly heard_at: Date;
  readonly takes_acts: boolean;
  readonly away: readonly SiteAway[];
  readonly held_as_of: Date | null;
  readonly sealed: Buffer | null;
}

interface ActRow {
  readonly id: string;
  readonly by: string;
  readonly what: HeldAct;
  readonly group: string;
  readonly held: string | null;
  readonly seen_at: Date;
  readonly made_at: Date;
  readonly sealed: Buffer;
}

/** How the work of other instances stands, and what people here asked of it. What is held and what people wrote is sealed. Written by audit-service, acts by the console. */
export class ReceivedWorkRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Takes what an instance says of its work, and answers with what is wanted of it. The same report again, or one that was late, changes nothing. */
  async take(tx: Tx, origin: string, report: WorkReport): Promise<WorkOrders> {
    await tx.query(`select pg_advisory_xact_lock(hashtextextended('received-work:' || $1, 0))`, [origin]);
    const digest = await this.keep(tx, origin, report);
    await this.takeEndings(tx, origin, report.became);
    const acts = await tx.query<ActRow>(
      `update received_held_act set sent_at = coalesce(sent_at, now())
       where id in (select id from received_held_act where origin = $1 and ended_at is null order by made_at, id limit $2)
       returning id, made_by as "by", what, held_group as "group", held_id as held, seen_at, sealed, made_at`,
      [origin, MOST_ACTS],
    );
    return {
      wantsHeld: digest !== report.held.digest,
      acts: [...acts]
        .sort((a, b) => a.made_at.getTime() - b.made_at.getTime())
        .map(({ id, by, what, group, held, seen_at, sealed }) => ({
          id,
          by,
          what,
          group,
          held,
          seenAt: seen_at.toISOString(),
          reason: this.reasonIn(id, sealed),
        })),
      known: report.became.map(({ act }) => act),
    };
  }

  /** What these instances said last; of one that has said nothing there is none. */
  async of(origins: readonly string[]): Promise<readonly ReceivedWork[]> {
    const rows = await this.database.query<WorkRow & Record<string, unknown>>(
      `select origin, heard_at, takes_acts, away, held_as_of, sealed from received_work where origin = any($1) order by origin`,
      [origins],
    );
    return rows.map(({ origin, heard_at, takes_acts, away, held_as_of, sealed }) => ({
      origin,
      heardAt: heard_at,
      takesActs: takes_acts,
      away,
      heldAsOf: held_as_of,
      held: sealed === null ? null : (this.vault.open(sealed, heldContext(origin)) as ToldHeld),
    }));
  }

  /** When each of these was heard of last; of one that never was there is none. */
  async heard(origins: readonly string[]): Promise<readonly { readonly origin: string; readonly heardAt: Date }[]> {
    return this.database.query(`select origin, heard_at as "heardAt" from received_work where origin = any($1) order by origin`, [origins]);
  }

  /** How each of these does; of one that has said nothing there is none. It opens no seal. */
  async health(origins: readonly string[]): Promise<readonly ReceivedHealth[]> {
    return this.database.query<ReceivedHealth & Record<string, unknown>>(
      `select origin, heard_at as "heardAt", health, health_as_of as "healthAsOf", health_heard_at as "healthHeardAt" from received_work where origin = any($1) order by origin`,
      [origins],
    );
  }

  /** What was asked of these instances and is on its way, and what became of what was asked lately; the newest first. */
  async asked(origins: readonly string[]): Promise<readonly ReceivedHeldAct[]> {
    const rows = await this.database.query<Omit<ReceivedHeldAct, 'reason'> & { sealed: Buffer }>(
      `select id, origin, what, held_group as "group", held_id as held, made_by as "by", made_at as at, sent_at as "sentAt", ended_at as "endedAt", ended_as as "endedAs", counts, sealed
       from received_held_act where origin = any($1) and (ended_at is null or ended_at > now() - make_interval(hours => $2)) order by made_at desc, id limit $3`,
      [origins, SHOWN_HOURS, MOST_SHOWN],
    );
    return rows.map(({ sealed, ...row }) => ({ ...row, reason: this.reasonIn(row.id, sealed) }));
  }

  /** Keeps what somebody asks until its instance has fetched it. `null`, and nothing is kept, where that instance takes no acts. What waits to be fetched already is asked once. */
  async act(tx: Tx, { origin, what, group, held, by, reason }: NewHeldAct): Promise<string | null> {
    const [work] = await tx.query<{ held_as_of: Date | null }>(`select held_as_of from received_work where origin = $1 and takes_acts for update`, [origin]);
    if (work === undefined || work.held_as_of === null) return null;
    const [same] = await tx.query<{ id: string }>(
      `select id from received_held_act where origin = $1 and what = $2 and held_group = $3 and held_id is not distinct from $4::uuid and ended_at is null`,
      [origin, what, group, held],
    );
    if (same !== undefined) return same.id;
    const id = newId();
    await tx.query(`insert into received_held_act (id, origin, what, held_group, held_id, seen_at, sealed, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8)`, [
      id,
      origin,
      what,
      group,
      held,
      work.held_as_of,
      this.vault.seal(reason, actContext(id)),
      by,
    ]);
    tx.say(HeldAsked, id, { site: origin, round: 1, actId: id, what, by, subjectId: held, group });
    return id;
  }

  /** Answers with the digest of what is held there as it is known here now. */
  private async keep(tx: Tx, origin: string, { run, number, at, held, away, takesActs, health }: WorkReport): Promise<string | null> {
    await tx.query(
      `insert into received_work as mine (origin, run, number, told_at, takes_acts, away) values ($1, $2, $3, $4, $5, $6)
       on conflict (origin) do update set run = excluded.run, number = excluded.number, heard_at = now(), told_at = excluded.told_at, takes_acts = excluded.takes_acts, away = excluded.away
       where mine.run <> excluded.run or mine.number < excluded.number`,
      [origin, run, number, at, takesActs, JSON.stringify(away)],
    );
    const sealed = held.all === null ? null : this.vault.seal(held.all, heldContext(origin));
    // What is the same still was seen at this moment, too.
    const [row] = await tx.query<{ held_digest: string | null }>(
      `update received_work set sealed = coalesce($4, sealed), held_digest = case when $4::bytea is null then held_digest else $5 end,
         held_as_of = case when $4::bytea is not null or held_digest = $5 then $6 else held_as_of end,
         health = coalesce($7::jsonb, health), health_as_of = coalesce($8::timestamptz, health_as_of), health_heard_at = case when $7::jsonb is null then health_heard_at else heard_at end
       where origin = $1 and run = $2 and number = $3 returning held_digest`,
      [origin, run, number, sealed, held.digest, at, health == null ? null : JSON.stringify(health), health?.takenAt ?? null],
    );
    return row === undefined ? held.digest : row.held_digest;
  }

  private async takeEndings(tx: Tx, origin: string, became: readonly BecameOfHeldAct[]): Promise<void> {
    for (const { act, as, counts } of became) {
      const [row] = await tx.query<{ what: HeldAct; by: string; held: string | null; group: string }>(
        `update received_held_act set ended_at = now(), ended_as = $3, counts = $4 where id = $1 and origin = $2 and ended_at is null
         returning what, made_by as "by", held_id as held, held_group as "group"`,
        [act, origin, as, counts === null ? null : JSON.stringify(counts)],
      );
      if (row === undefined) continue;
      const told = counts === null ? {} : { done: counts.done, passedOver: counts.passedOver };
      tx.say(HeldAsked, act, { site: origin, round: 2, actId: act, what: row.what, by: row.by, subjectId: row.held, group: row.group, outcome: as, ...told });
    }
  }

  private reasonIn(id: string, sealed: Buffer): string | null {
    return this.vault.open(sealed, actContext(id)) as string | null;
  }
}

const heldContext = (origin: string): string => `received-held:${origin}`;
const actContext = (id: string): string => `received-held-act:${id}`;
