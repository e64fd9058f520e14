import type { SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';
import { judgeNoMore } from './overwritten.repository.js';

export type SiteState = 'joining' | 'up' | 'down' | 'locked-out' | 'quarantined';

/** A site's circuit, and how often what it can has changed. */
export interface SiteCircuit {
  readonly id: SiteId;
  readonly state: SiteState;
  readonly capabilityRevision: number;
}

/** Which probes are due, besides those whose time has come. */
export interface ProbesToTake {
  readonly joiningSeconds: number;
  readonly isSettled: boolean;
  readonly resting: readonly SiteId[];
}

/** In which life a site is, and whether it is in doubt. */
export interface Life {
  readonly id: SiteId;
  readonly generation: number;
  readonly isQuarantined: boolean;
}

/** Sites with circuit, generation and capabilities. Written by the probe (state), by the feed-watcher (quarantine) and by people (accepting a generation). */
export class SiteRepository {
  private readonly life = new Gathering(
    (site: SiteId) => site,
    async (sites: readonly SiteId[]) => {
      const sql = `select id, generation, state = 'quarantined' as "isQuarantined" from site where id = any($1)`;
      return new Map((await this.database.query<Life>(sql, [sites])).map((row) => [row.id, row]));
    },
  );

  constructor(private readonly database: Database) {}

  /** Makes a row for each site of the configuration that has none; new ones are `joining`. */
  async join(tx: Tx, sites: readonly SiteId[]): Promise<void> {
    await tx.query(`insert into site (id) select id from unnest($1::text[]) as id order by id on conflict do nothing`, [sites]);
  }

  /**
   * These sites take part from now on, and no others. One that is new, or comes back, is `joining`: not up before it was asked. What was known of one that went
   * is kept.
   */
  async keepTo(tx: Tx, sites: readonly SiteId[]): Promise<void> {
    await tx.query(
      `insert into site (id) select id from unnest($1::text[]) as id order by id
       on conflict (id) do update set left_at = null, joined_at = now(), next_probe_at = now(), state_since = now(), state_reason = null,
         state = case when site.state = 'quarantined' then site.state else 'joining' end where site.left_at is not null`,
      [sites],
    );
    await tx.query(`update site set left_at = now() where not id = any($1) and left_at is null`, [sites]);
  }

  /** We have another login at these sites: one that locked us out is tried once with it, as soon as every process has it. */
  async haveNewLogin(tx: Tx, sites: readonly SiteId[]): Promise<void> {
    await tx.query(`update site set login_is_new = true where id = any($1) and state = 'locked-out'`, [sites]);
  }

  /** By site id. */
  async generations(sites: readonly SiteId[]): Promise<Readonly<Record<SiteId, number>>> {
    const lives = await this.lives(sites);
    return Object.fromEntries(lives.map(({ id, generation }) => [id, generation]));
  }

  /** In which life each site is, and whether it is in doubt. */
  async lives(sites: readonly SiteId[]): Promise<readonly Life[]> {
    return (await Promise.all(sites.map((site) => this.life.ask(site)))).flatMap((life) => life ?? []);
  }

  /** In which life each of the two is. */
  async generationsIn(tx: Tx, [parent, child]: readonly [parent: SiteId, child: SiteId]): Promise<{ readonly parent: number; readonly child: number }> {
    const rows = await tx.query<{ id: SiteId; generation: number }>(`select id, generation from site where id in ($1, $2)`, [parent, child]);
    const of = (site: SiteId): number => rows.find(({ id }) => id === site)?.generation ?? 1;
    return { parent: of(parent), child: of(child) };
  }

  /** Every site's circuit; the queues of one that is not `up` are not to be consumed. */
  async circuits(): Promise<readonly SiteCircuit[]> {
    return this.database.query<SiteCircuit & Record<string, unknown>>(`select id, state, capability_revision as "capabilityRevision" from site`);
  }

  /**
   * What a probe found. Only a probe opens and closes the circuit; a quarantined site stays so until a person accepts its
   * new generation. Answers true when the state changed.
   */
  async probed(
    tx: Tx,
    site: SiteId,
    found: { readonly state: 'up' | 'down' | 'locked-out'; readonly reason: string | null; readonly nextProbeSeconds: number },
  ): Promise<boolean> {
    const rows = await tx.query<{ changed: boolean }>(
      `with before as (select state from site where id = $1 for update)
       update site set
         state = case when site.state = 'quarantined' then site.state else $2 end,
         state_since = case when site.state in ('quarantined', $2) then site.state_since else now() end,
         state_reason = case when site.state = 'quarantined' then site.state_reason else $3 end,
         probed_at = now(), next_probe_at = now() + make_interval(secs => $4),
         last_up_at = case when $2 = 'up' then now() else last_up_at end
       from before where site.id = $1
       returning before.state <> site.state as changed`,
      [site, found.state, found.reason, found.nextProbeSeconds],
    );
    return rows[0]?.changed === true;
  }

  /** Is a site that answers to be asked what it can: one that was not there a moment ago, where our account may something else, or that has not been asked for so long? */
  async isToBeLearned(site: SiteId, account: string | null, afterSeconds: number): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from site where id = $1 and (state in ('joining', 'down', 'locked-out') or learned_at is null
         or learned_at < now() - make_interval(secs => $3) or ($2::text is not null and capabilities ->> 'account' is distinct from $2))`,
      [site, account, afterSeconds],
    );
    return rows.length > 0;
  }

  /** What a site is and can, as it said itself. Answers what it said before, `null` where it was never asked. */
  async learned(tx: Tx, site: SiteId, capabilities: unknown): Promise<unknown> {
    const [row] = await tx.query<{ before: unknown }>(
      `with before as (select capabilities from site where id = $1 for update)
       update site set capabilities = $2, learned_at = now() from before where site.id = $1 returning before.capabilities as before`,
      [site, JSON.stringify(capabilities)],
    );
    return row?.before ?? null;
  }

  /** What it said otherwise than the time before, for people to see. */
  async noteChanges(tx: Tx, site: SiteId, changes: readonly { readonly what: string; readonly before: string; readonly now: string }[]): Promise<void> {
    await tx.query(`update site set changes = $2, changed_at = now() where id = $1`, [site, JSON.stringify(changes)]);
  }

  /** What the site can is not what it could before: every process is to ask it anew. */
  async hasChanged(tx: Tx, site: SiteId): Promise<void> {
    await tx.query(`update site set capability_revision = capability_revision + 1 where id = $1`, [site]);
  }

  /** A locked account must not be tried before its time: the try itself extends the lock. */
  async isLockedOutUntilLater(site: SiteId): Promise<boolean> {
    const rows = await this.database.query(`select 1 from site where id = $1 and state = 'locked-out' and next_probe_at > now()`, [site]);
    return rows.length > 0;
  }

  /**
   * Sites whose probe is due, taken for a while so that one process asks. A site that is joining waits until its queues are so old and all processes
   * are `settled` on one configuration; one that locked us out, and where we have another login, waits only for that. Those that rest are left alone.
   */
  async takeDueProbes(
    tx: Tx,
    holder: string,
    forSeconds: number,
    { joiningSeconds, isSettled, resting }: ProbesToTake = { joiningSeconds: 0, isSettled: true, resting: [] },
  ): Promise<readonly SiteId[]> {
    const rows = await tx.query<{ id: string }>(
      `update site set next_probe_at = now() + make_interval(secs => $2), probe_holder = $1, login_is_new = false
       where id in (
         select id from site where left_at is null and not id = any($5) and case
           when login_is_new then $4
           when state = 'joining' then $4 and next_probe_at <= now() and joined_at <= now() - make_interval(secs => $3)
           else next_probe_at <= now()
         end order by id for update skip locked)
       returning id`,
      [holder, forSeconds, joiningSeconds, isSettled, resting],
    );
    return rows.map(({ id }) => id);
  }

  /** Suspends everything of a site whose feed no longer fits what we know of it, until a person has looked. */
  async quarantine(tx: Tx, site: SiteId, reason: string): Promise<void> {
    await tx.query(`update site set state = 'quarantined', state_since = now(), state_reason = $2 where id = $1 and state <> 'quarantined'`, [site, reason]);
  }

  /** A person has looked: the site's data begins a new life, and is read from its start. A reading of the old one that is under way loses its lease. */
  async beginGeneration(tx: Tx, site: SiteId): Promise<number> {
    const [row] = await tx.query<{ generation: number }>(
      `update site set generation = generation + 1, state = 'joining', state_since = now(), state_reason = null, next_probe_at = now() where id = $1 returning generation`,
      [site],
    );
    await tx.query(`update feed_marker set position = null, finding = null, generation = $2, leased_by = null, leased_until = null where site = $1`, [
      site,
      row?.generation ?? 1,
    ]);
    await judgeNoMore(tx, site);
    return row?.generation ?? 1;
  }
}
