import type { LinkId, Route, SiteId } from '@sync-hub/contracts';
import { type Freshness, freshnessOf, type ReadFeed, type RouteEnd } from './freshness.js';

/** What is known of routes, as the overview reads it. */
export interface RoutesStanding {
  readonly takenAt: Date;
  readonly sites: readonly {
    readonly site: SiteId;
    readonly state: string;
    readonly since: Date | null;
    readonly feeds: readonly (ReadFeed & { readonly isAsked: boolean })[];
  }[];
  readonly links: readonly { readonly link: LinkId; readonly writing: string; readonly braked: unknown }[];
  readonly routes: readonly RouteStanding[];
}

interface RouteStanding {
  readonly route: Route;
  readonly rests: unknown;
  readonly pause: unknown;
  readonly freshWithinSeconds: number;
  readonly categories: readonly { readonly movingSince: Date | null }[];
}

/** How fresh one of the routes is. */
export function routeFreshness(
  { route, categories, freshWithinSeconds }: RouteStanding,
  { takenAt, sites }: Pick<RoutesStanding, 'takenAt' | 'sites'>,
): Freshness {
  const moving = categories.flatMap(({ movingSince }) => (movingSince === null ? [] : [movingSince.getTime()]));
  const endOf = (id: SiteId): RouteEnd => {
    const found = sites.find(({ site }) => site === id);
    return { site: id, isUp: found?.state === 'up', since: found?.since ?? null };
  };
  return freshnessOf({
    at: takenAt,
    source: endOf(route.source),
    target: endOf(route.target),
    feeds: (sites.find(({ site }) => site === route.source)?.feeds ?? []).filter(({ isAsked }) => isAsked),
    movingSince: moving.length === 0 ? null : new Date(Math.min(...moving)),
    freshWithinSeconds,
  });
}

/**
 * Routes past their target though nothing is known to be in their way, and since when nothing more has arrived: an end that does not answer, a brake, and what people have paused or a clock lets rest are
 * told of by themselves.
 */
export function lateRoutes(standing: RoutesStanding): readonly { readonly route: Route; readonly since: Date }[] {
  return standing.routes.flatMap((one) => {
    const link = standing.links.find((other) => other.link === one.route.link);
    if (link?.writing !== 'live' || link.braked !== null || one.pause !== null || one.rests !== null) return [];
    const areUp = [one.route.source, one.route.target].every((id) => standing.sites.some(({ site, state }) => site === id && state === 'up'));
    const { state, asOf } = routeFreshness(one, standing);
    return areUp && state === 'late' && asOf !== null ? [{ route: one.route, since: asOf }] : [];
  });
}
