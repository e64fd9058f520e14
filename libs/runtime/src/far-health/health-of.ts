import { type BoardLink, type BoardRoute, type BoardSite, MOST_TOLD_OF, type OwnBoard, type ToldHealth } from '@sync-hub/contracts';

/** A board as it is told where its instance reports to. Where there is more than is told, what is not well goes first, and how much is left out is said. */
export const healthOf = ({ takenAt, sites, links, heldTotal }: OwnBoard, version: string): ToldHealth => ({
  takenAt,
  version,
  sites: worstFirst(sites, isSiteWell).map(siteTold),
  links: worstFirst(links, isLinkWell).map(({ link, braked, routes }) => ({ link, braked, routes: routes.map(routeTold) })),
  heldTotal,
  notTold: { sites: Math.max(0, sites.length - MOST_TOLD_OF), links: Math.max(0, links.length - MOST_TOLD_OF) },
});

/** What nobody need be told of at once: moments, and counts that go up and down while all is well. */
const MOVING = new Set(['takenAt', 'asOf', 'lastGoodAt', 'catchUpSeconds', 'changes', 'jobs', 'toRead', 'toWrite', 'clockSkewMs']);

/** The same for two readings between which nothing has changed but what moves by itself. */
export const stateOf = (health: ToldHealth): string => JSON.stringify(health, (key, value: unknown) => (MOVING.has(key) ? undefined : value));

const siteTold = ({ site, title, state, since, code, rests, toRead, toWrite, changesHeld, clockSkewMs, platform }: BoardSite): ToldHealth['sites'][number] => ({
  site,
  title,
  state,
  since,
  code,
  rests,
  toRead,
  toWrite,
  changesHeld,
  clockSkewMs,
  platform,
});

const routeTold = ({ carries: _carries, categories: _categories, held, ...route }: BoardRoute): ToldHealth['links'][number]['routes'][number] => ({
  ...route,
  held: { ...held },
});

const isSiteWell = ({ state }: BoardSite): boolean => state === 'up';
const isLinkWell = ({ braked, routes }: BoardLink): boolean => braked === null && routes.every(({ freshness }) => freshness.state === 'fresh');

function worstFirst<Each>(all: readonly Each[], isWell: (one: Each) => boolean): readonly Each[] {
  if (all.length <= MOST_TOLD_OF) return all;
  return [...all.filter((one) => !isWell(one)), ...all.filter(isWell)].slice(0, MOST_TOLD_OF);
}
