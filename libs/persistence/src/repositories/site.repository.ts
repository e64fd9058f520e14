import type { SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';

export type SiteState = 'joining' | 'up' | 'down' | 'locked-out' | 'quarantined';

export interface SiteRow {
  readonly id: SiteId;
  readonly state: SiteState;
  readonly generation: number;
  readonly capabilities: unknown;
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

  async all(): Promise<readonly SiteRow[]> {
    return this.database.query<{ id: string; state: SiteState; generation: number; capabilities: unknown }>(
      `select id, state, generation, capabilities from site order by id`,
    );
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

  /** Sites whose queues are not to be consumed. */
  async closed(): Promise<ReadonlySet<SiteId>> {
    const rows = await this.database.query<{ id: string }>(`select id from site where state <> 'up'`);
    return new Set(rows.map((row) => row.id));
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

  /** What a site is and can, as it said itself. */
  async learned(tx: Tx, site: SiteId, capabilities: unknown): Promise<void> {
    await tx.query(`update site set capabilities = $2 where id = $1`, [site, JSON.stringify(capabilities)]);
  }

  /** A locked account must not be tried before its time: the try itself extends the lock. */
  async isLockedOutUntilLater(site: SiteId): Promise<boolean> {
    const rows = await this.database.query(`select 1 from site where id = $1 and state = 'locked-out' and next_probe_at > now()`, [site]);
    return rows.length > 0;
  }

  /** Sites whose probe is due, taken for a while so that one process asks. */
  async takeDueProbes(tx: Tx, holder: string, forSeconds: number): Promise<readonly SiteRow[]> {
    return tx.query<{ id: string; state: SiteState; generation: number; capabilities: unknown }>(
      `update site set next_probe_at = now() + make_interval(secs => $2), probe_holder = $1
       where id in (select id from site where next_probe_at <= now() order by id for update skip locked)
       returning id, state, generation, capabilities`,
      [holder, forSeconds],
    );
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
    return row?.generation ?? 1;
  }
}
