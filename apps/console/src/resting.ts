import type { Overview, PauseOverview, RestOverview, RouteOverview, SiteOverview } from './overview.js';
import type { News } from './page.js';
import { countText, type Words } from './plain-words.js';

/** More sites than this are counted, and not named one by one. */
const NAMED = 5;

/** `until 20:00`, or on another day `until 22 Nov 20:00`. */
const untilText = ({ until }: RestOverview, words: Words): string => (until === null ? '' : ` until ${words.clock(until)}`);

/** `rests until 20:00 (its windows)`: in other words than what is down. */
export const siteRestsText = (rests: RestOverview, words: Words): string => `rests${untilText(rests, words)} (its windows)`;

/** Why nothing arrives on a route, and until when, as a part of a sentence. */
export function routeRestsText({ why, ...rest }: NonNullable<RouteOverview['rests']>, words: Words): string {
  const whose = { schedule: 'its schedule', source: 'windows of where it comes from', target: 'windows of where it goes' }[why];
  return `rests${untilText(rest, words)} (${whose})`;
}

/** `paused by Amina since 10:42`, as a part of a sentence. */
export const pauseText = ({ how, since, by }: PauseOverview, words: Words): string =>
  `${how === 'pause' ? 'paused' : 'runs dry'} by ${by} since ${words.clock(since)}`;

/** What people have stopped: nothing of it goes on before somebody lets it. */
export const pauseNews = ({ routes }: Overview, words: Words): News[] =>
  routes.flatMap(({ route, pause, openJobs }) =>
    pause === null
      ? []
      : [
          {
            tone: 'busy',
            text: `${words.siteName(route.source)} → ${words.siteName(route.target)} ${pauseText(pause, words)}, ${openJobs.toLocaleString('en-GB')} waiting`,
          },
        ],
  );

/** What rests, until when and what waits for it: nobody is needed, and nobody should wonder why nothing moves. */
export function restsNews({ sites, routes }: Overview, words: Words): News[] {
  const resting = sites.flatMap((site) => (site.rests === null ? [] : [{ ...site, rests: site.rests }]));
  const waiting = (some: readonly SiteOverview[]): string => {
    const count = some.reduce((sum, { jobsWaiting, changesWaiting }) => sum + jobsWaiting + changesWaiting, 0);
    return count === 0 ? 'nothing is waiting' : `${count.toLocaleString('en-GB')} waiting`;
  };
  const told =
    resting.length > NAMED
      ? [`${countText(resting.length, 'site')} rest (their windows), ${waiting(resting)}; see Sites`]
      : resting.map((site) => `${words.siteName(site.site)} ${siteRestsText(site.rests, words)}, ${waiting([site])}${lastSeen(site)}`);
  const scheduled = routes.flatMap(({ route, rests, openJobs }) =>
    rests?.why !== 'schedule' || openJobs === 0
      ? []
      : [`${words.siteName(route.source)} → ${words.siteName(route.target)} ${routeRestsText(rests, words)}, ${openJobs.toLocaleString('en-GB')} waiting`],
  );
  return [...told, ...scheduled].map((text) => ({ tone: 'quiet', text }));
}

/** What it was when it was asked last, where that was not well. */
export const lastSeen = ({ state }: Pick<SiteOverview, 'state'>): string => {
  if (state === 'down') return '; it was down when it was asked last';
  return state === 'not-asked' ? '; it has not been asked yet' : '';
};
