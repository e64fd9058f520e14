import type { BoardSite, ROUTE_STANDINGS, ToldHealth } from '@sync-hub/contracts';

type Colour = 'green' | 'red' | 'gray' | 'purple';

/** A tag's colour and sign. They say nothing that its word does not. */
export interface TagShown {
  readonly type: Colour;
  readonly sign: string;
}

/** A route as it is shown: one of those that run here, or as another instance told it. */
export type RouteShown = ToldHealth['links'][number]['routes'][number];
export type SiteShown = Pick<BoardSite, 'state' | 'since' | 'rests'>;

const FRESH = { fresh: ['green', '✓'], late: ['red', '!'], unknown: ['gray', '?'] } as const;
const SITES = { up: ['green', '✓'], down: ['red', '!'], 'locked-out': ['red', '!'], quarantined: ['red', '!'], 'not-asked': ['gray', '?'] } as const;
const STANDS: Readonly<Record<(typeof ROUTE_STANDINGS)[number], Colour>> = {
  observe: 'gray',
  'read-only': 'gray',
  braked: 'red',
  paused: 'purple',
  draining: 'purple',
  rests: 'gray',
  live: 'green',
};

/** What nobody knows of now. */
const PAST: TagShown = { type: 'gray', sign: '?' };

/** `isPast`: so it was when it was heard, and nobody knows how it is now. */
export function freshnessTag({ freshness, standing }: Pick<RouteShown, 'freshness' | 'standing'>, isPast = false): TagShown {
  if (isPast) return PAST;
  const [type, sign] = FRESH[freshness.state];
  // Nobody is to worry about what is behind because nothing may be asked or written now.
  return { type: standing === 'rests' || standing === 'observe' ? 'gray' : type, sign };
}

export function siteTag({ state, rests }: Pick<SiteShown, 'state' | 'rests'>, isPast = false): TagShown {
  if (isPast) return PAST;
  const [type, sign] = SITES[state];
  return { type: rests === null ? type : 'gray', sign };
}

export const standingTag = (standing: string, isPast = false): Colour => (isPast ? 'gray' : (STANDS[standing as keyof typeof STANDS] ?? 'gray'));
