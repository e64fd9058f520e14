import type { HeldFilter, HeldNote, HeldPage, SiteAway } from '@sync-hub/contracts';
import { z } from 'zod';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';
import { CAUSE, FOUND, filterParameters, GROUP_OF, HELD_OF_IDS, type HeldRow } from './held-rows.js';

/** All that is held for one cause, with one of the snapshots in which what is named may be called by its name. */
export interface HeldGroupRow extends Omit<HeldRow, 'id' | 'aggregate' | 'uuid' | 'held_at' | 'opened_at' | 'source_snapshot'> {
  readonly group: string;
  readonly count: number;
  readonly oldestAt: Date;
  readonly snapshot: string | null;
}

export type GroupedHeldRow = HeldRow & { readonly group: string };

const IS_ID = z.uuid();

/** What binds what a person wrote to the act that it was written of. */
export const heldActContext = (actId: string): string => `held-act:${actId}`;

/** What is held, and what people did to it. Writes nothing. */
export class HeldRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** By cause, the largest first. */
  groups(filter: HeldFilter): Promise<readonly HeldGroupRow[]> {
    return this.database.query<HeldGroupRow & Record<string, unknown>>(
      `select ${GROUP_OF('cause')} as "group", cause.* from (
         select kind, link, direction, source, min(site) as site, category, why, code, names, count(*)::int as count, min(held_at) as "oldestAt", min(source_snapshot::text) as snapshot
         from (select ${CAUSE}, held_at, source_snapshot from (${FOUND}) as found) as alike group by kind, link, direction, source, only_site, category, why, code, names) as cause
       order by count desc, "oldestAt", "group"`,
      filterParameters(filter),
    );
  }

  /** The longest held first. */
  page({ offset, limit, ...filter }: HeldPage): Promise<readonly GroupedHeldRow[]> {
    return this.database.query<GroupedHeldRow & Record<string, unknown>>(
      `select page.*, ${GROUP_OF('page')} as "group" from (${FOUND} order by held_at, id offset $7 limit $8) as page order by held_at, id`,
      [...filterParameters(filter), offset, limit],
    );
  }

  /** Ids of all that fit, each with its group: what a person has looked at; of those alone that were opened by then, where that is said. */
  idsOf(filter: HeldFilter, openedBy: Date | null = null): Promise<readonly { readonly id: string; readonly group: string }[]> {
    return this.database.query<{ id: string; group: string }>(
      `select id, ${GROUP_OF('found')} as "group" from (${FOUND}) as found where $7::timestamptz is null or date_trunc('milliseconds', opened_at) <= $7 order by held_at, id`,
      [...filterParameters(filter), openedBy],
    );
  }

  /** The database's clock. */
  async now(): Promise<Date> {
    const [row] = await this.database.query<{ now: Date }>(`select clock_timestamp() as now`);
    return row?.now ?? new Date();
  }

  /** `null` where nothing of that id is held. */
  async find(id: string): Promise<GroupedHeldRow | null> {
    if (!IS_ID.safeParse(id).success) return null;
    const [row] = await this.database.query<GroupedHeldRow & Record<string, unknown>>(HELD_OF_IDS, [[id]]);
    return row ?? null;
  }

  /** Is it being looked at now? Has a write of it been sent of which nobody knows what became? */
  async standing({ kind, id, source, site, aggregate, uuid }: HeldRow): Promise<{ readonly isMoving: boolean; readonly isWriteUnknown: boolean }> {
    const [row] = await this.database.query<{ isMoving: boolean; isWriteUnknown: boolean }>(
      `select exists (select from change where change.site = $2 and aggregate = $3 and uuid = $4 and state = 'open') as "isMoving",
         exists (select from intent where job_id = $1 and settled_at is null) as "isWriteUnknown"`,
      [id, kind === 'job' ? source : site, aggregate, uuid],
    );
    return row ?? { isMoving: false, isWriteUnknown: false };
  }

  /** What people did to it, in order. */
  async notes(id: string): Promise<readonly HeldNote[]> {
    const rows = await this.database.query<{ id: string; what: HeldNote['what']; by: string; at: Date; sealed: Buffer | null }>(
      `select held_act.id, what, by, at, sealed from held_act_on join held_act on held_act.id = act_id where subject_id = $1 order by at, held_act.id`,
      [id],
    );
    return rows.map(({ id: act, at, sealed, ...row }) => ({
      ...row,
      at: at.toISOString(),
      reason: sealed === null ? null : (this.vault.open(sealed, heldActContext(act)) as string),
    }));
  }

  /** Sites that are asked nothing now, and what waits for each: no error of any record. */
  async away(): Promise<readonly SiteAway[]> {
    const rows = await this.database.query<Omit<SiteAway, 'since'> & { since: Date }>(
      `select id as site, state, state_since as since,
         (select count(*)::int from change where change.site = site.id and change.state = 'open')
           + (select count(*)::int from job where job.target = site.id and job.state in ('ready', 'looking')) as waiting
       from site where state in ('down', 'locked-out', 'quarantined') and left_at is null order by id`,
    );
    return rows.map((row) => ({ ...row, since: row.since.toISOString() }));
  }
}
