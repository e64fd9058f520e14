import type { Direction, Route, SiteId } from '@sync-hub/contracts';
import { insideWindows, isInsideWindows } from './inside-windows.js';
import { linkOf } from './routes.js';
import type { Configuration, LinkConfiguration, SiteConfiguration } from './schema.js';
import type { Window } from './windows.schema.js';

/** Somebody has said that nothing is done now, and when it goes on by itself. */
export interface Rest {
  /** `null` where that is more than a fortnight away. */
  readonly until: Date | null;
}

/** Of a route: because nothing is written by its schedule, or because one of its ends rests. */
export interface RouteRest extends Rest {
  readonly why: 'schedule' | 'source' | 'target';
}

/** Outside of its windows a site is asked nothing. `null` inside of them, and where it has none. */
export const siteRest = ({ windows, timeZone }: Pick<SiteConfiguration, 'windows' | 'timeZone'>, at: Date): Rest | null => restOf(windows, timeZone, at);

/** Outside of its schedule nothing is written in that direction of a link; its hours are those of the clock of its child. */
export function scheduleRest(configuration: Configuration, { child, schedule }: LinkConfiguration, direction: Direction, at: Date): Rest | null {
  return restOf(schedule?.[direction], configuration.sites.find(({ id }) => id === child)?.timeZone, at);
}

/** Why nothing arrives on a route now though nothing is wrong; `null` where nothing rests. */
export function routeRest(configuration: Configuration, { link: id, direction, source, target }: Route, at: Date): RouteRest | null {
  const link = linkOf(configuration, id);
  const restAt = (site: SiteId): Rest | null => siteRest(configuration.sites.find(({ id }) => id === site) ?? {}, at);
  const rests = { schedule: link === null ? null : scheduleRest(configuration, link, direction, at), target: restAt(target), source: restAt(source) };
  for (const why of ['schedule', 'target', 'source'] as const) {
    const rest = rests[why];
    if (rest !== null) return { ...rest, why };
  }
  return null;
}

/** Does the site rest? Asked all the time. */
export const isResting = ({ windows, timeZone }: Pick<SiteConfiguration, 'windows' | 'timeZone'>, at: Date): boolean =>
  windows !== undefined && timeZone !== undefined && !isInsideWindows(windows, timeZone, at);

/** A zone is there wherever there are windows (`windowProblems`). */
function restOf(windows: readonly Window[] | undefined, timeZone: string | undefined, at: Date): Rest | null {
  if (windows === undefined || timeZone === undefined) return null;
  return isInsideWindows(windows, timeZone, at) ? null : { until: insideWindows(windows, timeZone, at).nextChange };
}
