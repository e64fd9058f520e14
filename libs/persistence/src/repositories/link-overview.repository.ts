import type { Direction, LinkId, Route, SiteId } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import type { WrittenThere } from './closed-class.repository.js';

/** A link as the configuration has it. */
export interface ShownLink {
  readonly link: LinkId;
  readonly writing: 'live' | 'observe' | 'read-only';
}

/** What the configuration in force has of sites, routes and links, until when they rest, and whom the instance tells and hears. */
export interface Shown {
  readonly sites: readonly {
    readonly site: SiteId;
    readonly rests: Rest | null;
    readonly asked: readonly { readonly feed: string; readonly tellsOf: readonly string[] }[];
  }[];
  readonly routes: readonly ShownRoute[];
  readonly links: readonly ShownLink[];
  /** Where the audit is shipped to, and the instances whose audit is received. */
  readonly reportsTo: string | null;
  readonly receivesFrom: readonly string[];
  readonly written: WrittenThere;
}

/** A route as the configuration has it: how old what is not there yet may be, and the categories that travel on it. */
export interface ShownRoute {
  readonly route: Route;
  readonly rests: (Rest & { readonly why: 'schedule' | 'source' | 'target' }) | null;
  readonly freshWithinSeconds: number;
  readonly carries: readonly string[];
}

export interface Rest {
  readonly until: Date | null;
}

interface Observed {
  link: LinkId;
  direction: Direction;
  category: string;
  would: 'would-create' | 'would-change' | 'would-void' | 'would-restore';
  records: number;
}

/** What the console shows of links: whether they write, and what those that are only observed would. Ids, counts and names of fields. */
export class LinkOverviewRepository {
  constructor(private readonly database: Database) {}

  /** Routes that people have paused, or let run dry. */
  paused(): Promise<readonly Pick<Route, 'link' | 'direction'>[]> {
    return this.database.query<Pick<Route, 'link' | 'direction'> & Record<string, unknown>>(`select link, direction from link_pause order by link, direction`);
  }

  async links(shown: readonly ShownLink[]) {
    const brakes = await this.database.query<{ link: LinkId; since: Date; reason: string; category: string; voids: number }>(
      `select link, braked_at as since, reason, category, voids from link_brake where braked_at is not null`,
    );
    return shown.map((one) => {
      const brake = brakes.find(({ link }) => link === one.link);
      return { ...one, braked: brake === undefined ? null : { since: brake.since, reason: brake.reason, category: brake.category, voids: brake.voids } };
    });
  }

  /** Links that were taken out of the configuration within the last week, and how many jobs ended for that. */
  left(): Promise<{ link: LinkId; since: Date; ended: number }[]> {
    return this.database.query(`select link, left_at as since, ended from left_link where left_at > now() - interval '7 days' order by link`);
  }

  /** By link, direction, category and what would be done; the fields by how many records they are named for. */
  async observed() {
    const where = `from job %s where state = 'parked' and reason = 'observed'`;
    const [counts, names] = await Promise.all([
      this.database.query<Observed>(
        `select link, direction, category, code as would, count(*)::int as records ${where.replace('%s', '')} group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
      ),
      this.database.query<Observed & { name: string }>(
        `select link, direction, category, code as would, name, count(*)::int as records
         ${where.replace('%s', `cross join lateral jsonb_array_elements_text(details -> 'fields') as name`)} group by 1, 2, 3, 4, 5 order by records desc, name`,
      ),
    ]);
    return counts.map((count) => ({
      ...count,
      fields: names.filter((row) => keyOf(row) === keyOf(count)).map(({ name, records }) => ({ name, records })),
    }));
  }
}

const keyOf = ({ link, direction, category, would }: Omit<Observed, 'records'>): string => [link, direction, category, would].join(' ');
