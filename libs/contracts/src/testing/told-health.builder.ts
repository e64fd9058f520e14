import type { ToldHealth } from '../told-health.js';

type ToldRoute = ToldHealth['links'][number]['routes'][number];
type ToldSite = ToldHealth['sites'][number];

/** One direction of a link that is well, but for what a test has otherwise. */
export const aToldRoute = (changes: Partial<ToldRoute> = {}): ToldRoute => ({
  ...{ link: 'kisumu', direction: 'push', source: 'kisumu', target: 'central' },
  freshness: { state: 'fresh', asOf: '2026-11-01T08:59:56.000Z', because: 'feed' },
  ...{ freshWithinSeconds: 900, standing: 'live', restsUntil: null, pause: null },
  ...{ changes: 0, jobs: 0, catchUpSeconds: 0, lastGoodAt: '2026-11-01T08:59:00.000Z', held: {} },
  ...changes,
});

export const aToldSite = (changes: Partial<ToldSite> = {}): ToldSite => ({
  ...{ site: 'kisumu', title: 'kisumu', state: 'up', since: '2026-11-01T07:00:00.000Z', code: null, rests: null },
  ...{ toRead: 0, toWrite: 0, changesHeld: 0, clockSkewMs: 0, platform: '2.3.6' },
  ...changes,
});

/** How an instance with one link does, as it tells: all well. */
export const aToldHealth = (changes: Partial<ToldHealth> = {}): ToldHealth => ({
  ...{ takenAt: '2026-11-01T09:00:00.000Z', version: '0.1.0' },
  sites: [aToldSite({ site: 'central', title: 'central' }), aToldSite()],
  links: [{ link: 'kisumu', braked: null, routes: [aToldRoute({ direction: 'pull', source: 'central', target: 'kisumu' }), aToldRoute()] }],
  ...{ heldTotal: 0, notTold: { sites: 0, links: 0 } },
  ...changes,
});
