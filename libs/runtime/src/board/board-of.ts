import type { BoardFeed, BoardHeld, BoardLink, BoardRoute, BoardSite, OwnBoard, RouteStanding } from '@sync-hub/contracts';
import { catchUpSeconds } from '../catch-up.js';
import { routeFreshness } from '../route-freshness.js';
import type { LinkWriting } from './overview-of-links.js';
import type { RouteOverview } from './overview-of-routes.js';
import type { FeedOverview, SiteOverview } from './overview-of-sites.js';
import type { ClosedClassOverview } from './said-of-sites.js';

/** What a board is made of, as the overview reads it. */
export interface ReadForBoard {
  readonly takenAt: Date;
  readonly sites: readonly SiteOverview[];
  readonly links: readonly LinkWriting[];
  readonly routes: readonly RouteOverview[];
  readonly closedClasses: readonly ClosedClassOverview[];
  readonly heldTotal: number;
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

/** The board of what runs here, from the same reading as the overview. */
export function boardOf(overview: ReadForBoard, titles: ReadonlyMap<string, string>): OwnBoard {
  const { takenAt, sites, links, heldTotal, closedClasses } = overview;
  return {
    takenAt: takenAt.toISOString(),
    sites: sites.map((site) => siteOf(site, titles)),
    links: links.map((link) => linkOf(link, overview)),
    closed: closedClasses.map(({ class: category, since, ...one }) => ({ ...one, category, since: since.toISOString() })),
    heldTotal,
  };
}

function siteOf(
  { site, state, since, code, rests, facts, versions, generation, feeds, ...counts }: SiteOverview,
  titles: ReadonlyMap<string, string>,
): BoardSite {
  return {
    site,
    title: titles.get(site) ?? site,
    state,
    since: iso(since),
    code,
    rests: rests === null ? null : { until: iso(rests.until) },
    toRead: counts.changesWaiting,
    toWrite: counts.jobsWaiting,
    changesHeld: counts.changesHeld,
    clockSkewMs: facts?.clockSkewMs ?? null,
    clockWithinMs: facts?.clockWithinMs ?? null,
    generation,
    platform: versions?.platform ?? null,
    rest: versions?.rest ?? null,
    fhir2: facts?.fhir2 ?? null,
    takesUuids: facts?.takesUuids ?? null,
    askedAt: iso(facts?.askedAt ?? null),
    feeds: feeds.map(feedOf),
  };
}

const feedOf = ({ category, readAt, readToEndAt, newestEntryAt, entriesRead, trouble, isAsked, tellsOf }: FeedOverview): BoardFeed => ({
  category,
  readAt: iso(readAt),
  readToEndAt: iso(readToEndAt),
  newestEntryAt: iso(newestEntryAt),
  entriesRead,
  trouble,
  isAsked,
  tellsOf,
});

const linkOf = (link: LinkWriting, overview: ReadForBoard): BoardLink => ({
  link: link.link,
  braked: link.braked === null ? null : { ...link.braked, since: link.braked.since.toISOString() },
  routes: overview.routes.filter(({ route }) => route.link === link.link).map((route) => routeOf(route, link, overview)),
});

function routeOf(one: RouteOverview, link: LinkWriting, overview: ReadForBoard): BoardRoute {
  const { sites } = overview;
  const { route, rests, pause, categories } = one;
  const [source, target] = [sites.find(({ site }) => site === route.source), sites.find(({ site }) => site === route.target)];
  const { state, asOf, because } = routeFreshness(one, overview);
  const standing = standingOf(link, one);
  return {
    ...route,
    freshness: { state, asOf: iso(asOf), because },
    freshWithinSeconds: one.freshWithinSeconds,
    standing,
    restsUntil: iso(rests?.until ?? null),
    pause: pause === null ? null : { ...pause, since: pause.since.toISOString() },
    changes: source?.changesWaiting ?? 0,
    jobs: one.openJobs,
    catchUpSeconds: standing === 'live' && source?.state === 'up' && target?.state === 'up' ? backlogOf(one, source) : null,
    lastGoodAt: iso(one.lastGoodAt),
    held: someOf(one.held),
    carries: one.carries,
    categories: categories.map(({ category, open, movingSince, held }) => ({ category, open, movingSince: iso(movingSince), held: someOf(held) })),
  };
}

const backlogOf = ({ openJobs, pace, looksPace }: RouteOverview, { changesWaiting }: SiteOverview): number | null =>
  catchUpSeconds({ changes: changesWaiting, looks: looksPace, jobs: openJobs, work: pace });

const someOf = (held: BoardHeld): BoardHeld => Object.fromEntries(Object.entries(held).filter(([, count]) => (count ?? 0) > 0));

/** What is said of a route first: what a person must undo stands before what goes on by itself. */
export function standingOf(
  { writing, braked }: Pick<LinkWriting, 'writing' | 'braked'>,
  { pause, rests }: Pick<RouteOverview, 'pause' | 'rests'>,
): RouteStanding {
  if (writing !== 'live') return writing;
  if (braked !== null) return 'braked';
  if (pause !== null) return pause.how === 'pause' ? 'paused' : 'draining';
  return rests === null ? 'live' : 'rests';
}
