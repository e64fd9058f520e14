import { randomUUID } from 'node:crypto';
import type { ToldHealth, ToldHeld, WorkReport } from '@sync-hub/contracts';

const OF_BOTH = {
  kind: 'job',
  link: 'kisumu',
  direction: 'push',
  source: 'kisumu',
  site: 'central',
  category: 'patient',
  why: 'unmapped',
  code: 'missing-metadata',
  names: [{ name: 'patientidentifiertype/8d79403a', label: 'OpenMRS ID' }],
  helps: 'add-metadata',
} as const;

/** What is held for one cause at an instance, as it is told; what a test does not care about is filled in. */
export function aToldHeld(count = 2, group = 'a'.repeat(32)): ToldHeld {
  const at = '2026-11-01T08:00:00.000Z';
  const records = Array.from({ length: count }, () => ({
    ...OF_BOTH,
    names: [...OF_BOTH.names],
    id: randomUUID(),
    group,
    record: { aggregate: 'person' as const, uuid: randomUUID() },
    since: at,
    openedAt: at,
  }));
  return { groups: [{ ...OF_BOTH, names: [...OF_BOTH.names], id: group, count, oldestAt: at }], records };
}

/** What an instance says of its work. */
export const aWorkReport = (changes: Partial<WorkReport> = {}): WorkReport => ({
  run: randomUUID(),
  number: 1,
  at: '2026-11-01T09:00:00.000Z',
  held: { digest: 'one', count: 2, all: aToldHeld() },
  away: [],
  takesActs: true,
  became: [],
  ...changes,
});

type ToldRoute = ToldHealth['links'][number]['routes'][number];

const FRESH: Omit<ToldRoute, 'direction' | 'source' | 'target'> = {
  link: 'kisumu',
  freshness: { state: 'fresh', asOf: '2026-11-01T08:59:56.000Z', because: 'feed' },
  freshWithinSeconds: 900,
  standing: 'live',
  restsUntil: null,
  pause: null,
  changes: 0,
  jobs: 0,
  catchUpSeconds: 0,
  lastGoodAt: '2026-11-01T08:59:00.000Z',
  held: {},
};

const aToldSite = (site: string): ToldHealth['sites'][number] => ({
  ...{ site, title: site, state: 'up', since: '2026-11-01T07:00:00.000Z', code: null, rests: null },
  ...{ toRead: 0, toWrite: 0, changesHeld: 0, clockSkewMs: 0, platform: '2.3.6' },
});

/** How an instance with one link does, as it tells: all well, but for what a test has otherwise. */
export const aToldHealth = (changes: Partial<ToldHealth> = {}): ToldHealth => ({
  takenAt: '2026-11-01T09:00:00.000Z',
  version: '0.1.0',
  sites: [aToldSite('central'), aToldSite('kisumu')],
  links: [
    {
      link: 'kisumu',
      braked: null,
      routes: [
        { ...FRESH, direction: 'pull', source: 'central', target: 'kisumu' },
        { ...FRESH, direction: 'push', source: 'kisumu', target: 'central' },
      ],
    },
  ],
  heldTotal: 0,
  notTold: { sites: 0, links: 0 },
  ...changes,
});
