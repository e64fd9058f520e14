import { CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import type { LinkId, Route, SiteId } from '@sync-hub/contracts';
import { admitsClass } from './admits.js';
import { type Rest, type RouteRest, routeRest, siteRest } from './rests.js';
import { feedsAsked, linksRunAt, routeOf, sitesRunHere, toldBy } from './routes.js';
import type { Configuration, LinkConfiguration } from './schema.js';
import { siteNeeds } from './site-needs.js';

/**
 * What may be done to the ends of a link. `observe`: both are read and compared, what would be written is said, and nothing is written,
 * not even the engine's claim at the parent. `read-only`: nothing is written by this instance anywhere; what is to be written waits.
 */
export type Writing = 'live' | 'observe' | 'read-only';

/** Nothing is written on a link unless it is named `live` and its instance is not read-only. */
export const writingOn = ({ instance }: Pick<Configuration, 'instance'>, { mode }: Pick<LinkConfiguration, 'mode'>): Writing =>
  mode !== 'live' ? 'observe' : instance.readOnly ? 'read-only' : 'live';

/** The sites, links and routes that this instance runs, which of them rest now, and whom it tells and hears, for whoever shows them. */
export interface Shown {
  /** `asked`: the feeds that are read there; a site that tells of its changes by itself is asked for few, or none. */
  readonly sites: readonly {
    readonly site: SiteId;
    readonly rests: Rest | null;
    readonly asked: readonly { readonly feed: string; readonly tellsOf: readonly RecordCategory[] }[];
  }[];
  /** `carries`: the categories that travel on it. */
  readonly routes: readonly {
    readonly route: Route;
    readonly rests: RouteRest | null;
    readonly freshWithinSeconds: number;
    readonly carries: readonly RecordCategory[];
  }[];
  readonly links: readonly { readonly link: LinkId; readonly writing: Writing }[];
  /** Where the audit is shipped to, and the instances whose audit is received. */
  readonly reportsTo: string | null;
  readonly receivesFrom: readonly string[];
  /** The categories that travel to each site. */
  readonly written: Readonly<Record<SiteId, readonly RecordCategory[]>>;
}

export const shownOf = (configuration: Configuration, at = new Date()): Shown => ({
  sites: sitesRunHere(configuration).map((site) => ({
    site: site.id,
    rests: siteRest(site, at),
    asked: feedsAsked(configuration, site).map((feed) => ({ feed, tellsOf: toldBy(site, feed) })),
  })),
  routes: linksRunAt(configuration).flatMap((link) =>
    (['pull', 'push'] as const).map((direction) => {
      const route = routeOf(link, direction);
      return {
        route,
        rests: routeRest(configuration, route, at),
        freshWithinSeconds: link.freshness[`${direction}Seconds`],
        carries: (Object.keys(CATEGORIES) as RecordCategory[]).filter((category) => admitsClass(link, direction, category).admitted),
      };
    }),
  ),
  links: linksRunAt(configuration).map((link) => ({ link: link.id, writing: writingOn(configuration, link) })),
  reportsTo: configuration.instance.reportsTo?.url ?? null,
  receivesFrom: configuration.instance.receives?.from.map(({ id }) => id) ?? [],
  written: Object.fromEntries(sitesRunHere(configuration).map(({ id }) => [id, siteNeeds(configuration, id).writes])),
});
