import type { Direction, HeldState, PARKED_REASONS, Route } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import type { ShownRoute } from './link-overview.repository.js';

export type HeldReason = Exclude<HeldState, 'parked'> | (typeof PARKED_REASONS)[number];

/** What is only observed needs nobody and is not on its way; it is told of by itself. */
export const NOT_OBSERVED = `not (state = 'parked' and reason = 'observed')`;

/** Work that ended longer ago says nothing of how fast it goes now. */
const PACE_MINUTES = 2;

/** What ended lately: how many, within how many seconds from the first to the last, and how long ago the last was. */
export interface Pace {
  readonly ended: number;
  readonly seconds: number;
  readonly lastAgoSeconds: number;
}

/** What the console shows of routes: what is open on each and since when, what is held, what arrived, how fast it goes, and who paused it. Ids, counts and times. */
export class RouteOverviewRepository {
  constructor(private readonly database: Database) {}

  async read(shown: readonly ShownRoute[]) {
    const [counts, categories, paces, pauses] = await Promise.all([this.counts(), this.categories(), this.paces(), this.pauses()]);
    const of = <Row extends { readonly link: string; readonly direction: string }>(rows: readonly Row[], { link, direction }: Route): Row | undefined =>
      rows.find((row) => row.link === link && row.direction === direction);
    return shown.map(({ route, ...configured }) => {
      const { how, since, by } = of(pauses, route) ?? {};
      return {
        ...routeOverview(route, of(counts, route), categories),
        ...configured,
        pace: paceOf(of(paces, route)),
        looksPace: paceOf(paces.find(({ link, direction }) => link === '' && direction === route.source)),
        pause: how === undefined || since === undefined || by === undefined ? null : { how, since, by },
      };
    });
  }

  private counts() {
    return this.database.query<RouteCount>(
      `select link, direction, count(*) filter (where state in ('ready', 'looking'))::int as "openJobs",
         coalesce(max(ended_at) filter (where outcome in ('pushed', 'in-step')), null) as "lastGoodAt"
       from job group by link, direction`,
    );
  }

  private categories() {
    return this.database.query<RouteCategory>(
      `select link, direction, category, why, count(*)::int as open, min(opened_at) as "oldestAt" from (
         select link, direction, category, case when state = 'parked' then reason when state in ('waiting', 'conflict') then state end as why, opened_at from job where state <> 'ended' and ${NOT_OBSERVED}
       ) as open_job group by link, direction, category, why
       union all
       select '', site, aggregate, case when state = 'parked' then reason end, count(*)::int, min(opened_at) from change where state <> 'ended' group by 1, 2, 3, 4`,
    );
  }

  /** Of routes by their jobs, and of sites, as in `categories`, by their changes. */
  private paces() {
    const lately = `state = 'ended' and ended_at > now() - interval '${PACE_MINUTES} minutes'`;
    const pace = `count(*)::int as ended, extract(epoch from max(ended_at) - min(ended_at))::float as seconds, extract(epoch from now() - max(ended_at))::float as "lastAgoSeconds"`;
    return this.database.query<Pace & { link: string; direction: string }>(
      `select link, direction, ${pace} from job where ${lately} group by link, direction
       union all select '', site, ${pace} from change where ${lately} group by site`,
    );
  }

  private pauses() {
    return this.database.query<{ link: string; direction: Direction; how: 'pause' | 'drain'; since: Date; by: string }>(
      `select link, direction, how, since, by from link_pause`,
    );
  }
}

interface RouteCount {
  link: string;
  direction: Direction;
  openJobs: number;
  lastGoodAt: Date | null;
}

interface RouteCategory {
  link: string;
  /** A direction, or for changes that have not reached the mapper their site. */
  direction: string;
  category: string;
  why: HeldReason | null;
  open: number;
  oldestAt: Date;
}

const paceOf = (row: Pace | undefined): Pace | null =>
  row === undefined ? null : { ended: row.ended, seconds: row.seconds, lastAgoSeconds: row.lastAgoSeconds };

const oldestOf = (rows: readonly RouteCategory[]): Date | null => rows.map((row) => row.oldestAt).sort((a, b) => a.getTime() - b.getTime())[0] ?? null;

const heldIn = (jobs: readonly RouteCategory[]): Partial<Record<HeldReason, number>> => {
  const held: Partial<Record<HeldReason, number>> = {};
  for (const row of jobs) if (row.why !== null) held[row.why] = (held[row.why] ?? 0) + row.open;
  return held;
};

function routeOverview(route: Route, count: RouteCount | undefined, rows: readonly RouteCategory[]) {
  const jobs = rows.filter((row) => row.link === route.link && row.direction === route.direction);
  const changes = rows.filter((row) => row.link === '' && row.direction === route.source);
  const categories = [...new Set([...jobs, ...changes].map((row) => row.category))].sort().map((category) => {
    const own = [...jobs, ...changes].filter((row) => row.category === category);
    return {
      category,
      open: own.reduce((sum, row) => sum + row.open, 0),
      oldestAt: oldestOf(own),
      movingSince: oldestOf(own.filter(({ why }) => why === null)),
      held: heldIn(jobs.filter((row) => row.category === category)),
    };
  });
  return { route, openJobs: count?.openJobs ?? 0, held: heldIn(jobs), categories, lastGoodAt: count?.lastGoodAt ?? null };
}
