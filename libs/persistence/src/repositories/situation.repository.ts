import type { LinkId, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** What of the hub's state people may have to be told of, before anybody says what is long. */
export interface ObservedState {
  readonly sites: readonly { readonly site: SiteId; readonly state: 'down' | 'locked-out' | 'quarantined'; readonly since: Date }[];
  readonly brakes: readonly { readonly link: LinkId; readonly since: Date }[];
  /** Of a job its link, of a change the site that it was noticed at. */
  readonly held: readonly { readonly link: LinkId | null; readonly site: SiteId | null; readonly since: Date; readonly count: number }[];
  readonly conflicts: readonly { readonly link: LinkId; readonly since: Date; readonly count: number }[];
}

export interface Long {
  readonly heldHours: number;
  readonly conflictHours: number;
}

/** Looks at what people may have to be told of. Writes nothing. */
export class SituationRepository {
  constructor(private readonly database: Database) {}

  /** What is only observed is held for nobody. */
  async observe({ heldHours, conflictHours }: Long): Promise<ObservedState> {
    const [sites, brakes, held, conflicts] = await Promise.all([
      this.database.query<ObservedState['sites'][number]>(
        `select id as site, state, state_since as since from site where state in ('down', 'locked-out', 'quarantined') and left_at is null order by id`,
      ),
      this.database.query<ObservedState['brakes'][number]>(`select link, braked_at as since from link_brake where braked_at is not null order by link`),
      this.database.query<ObservedState['held'][number]>(
        `select link, null as site, min(held_at) as since, count(*)::int as count from job
         where state in ('waiting', 'parked') and reason is distinct from 'observed' and held_at < now() - make_interval(hours => $1) group by link
         union all select null, site, min(held_at), count(*)::int from change where state = 'parked' and held_at < now() - make_interval(hours => $1) group by site order by 1, 2`,
        [heldHours],
      ),
      this.database.query<ObservedState['conflicts'][number]>(
        `select link, min(opened_at) as since, count(*)::int as count from conflict where closed_at is null and opened_at < now() - make_interval(hours => $1) group by link order by link`,
        [conflictHours],
      ),
    ]);
    return { sites, brakes, held, conflicts };
  }
}
