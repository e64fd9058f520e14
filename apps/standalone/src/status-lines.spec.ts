import { describe, expect, it } from '@jest/globals';
import type { Overview } from '@sync-hub/console';
import { statusLines } from './status-lines.js';

const takenAt = new Date('2026-11-24T07:42:00Z');
const until = new Date('2026-11-24T17:00:00Z');
const site = {
  site: 'kisumu',
  state: 'up' as const,
  since: takenAt,
  code: null,
  generation: 1,
  versions: null,
  facts: null,
  changed: null,
  changesWaiting: 2,
  jobsWaiting: 3,
  changesHeld: 0,
  feeds: [],
};
const route = {
  route: { link: 'k', direction: 'pull' as const, source: 'central', target: 'kisumu' },
  openJobs: 3,
  held: {},
  categories: [],
  lastGoodAt: null,
  freshWithinSeconds: 900,
  carries: [],
  pace: null,
  looksPace: null,
  pause: null,
};
const nothing = {
  links: [],
  observed: [],
  closedClasses: [],
  held: [],
  heldTotal: 0,
  processes: [],
  leftLinks: [],
  failing: [],
  audit: { to: null, from: [] },
};

const hourAgo = new Date('2026-11-24T06:42:00Z');
const ORDERS: Overview['closedClasses'][number] = {
  site: 'kisumu',
  class: 'order',
  does: ['write'],
  code: 'unsupported',
  privilege: null,
  because: 'orders of openmrs-core before 1.10 have no action',
  since: hourAgo,
  waiting: 1000,
};
describe('the status', () => {
  it('says of what rests until when, and why, in other words than of what is down', () => {
    const sites = [
      { ...site, rests: { until } },
      { ...site, site: 'siaya', state: 'down' as const, rests: { until } },
      { ...site, site: 'busia', rests: null },
    ];
    const routes = [
      { ...route, rests: { until, why: 'schedule' as const } },
      { ...route, rests: { until, why: 'target' as const } },
    ];
    expect(statusLines({ takenAt, sites, routes, ...nothing }, 'Africa/Nairobi').slice(0, 7)).toEqual([
      'Sites',
      '  kisumu           rests until 20:00 (its windows), generation 1, 2 to be read, 3 to be written',
      '  siaya            rests until 20:00 (its windows); it was down when it was asked last, generation 1, 2 to be read, 3 to be written',
      '  busia            up           for 0 s, generation 1, 2 to be read, 3 to be written',
      'Routes',
      '  central -> kisumu              3 under way, nothing open, last good never; rests until 20:00 (its schedule)',
      '  central -> kisumu              3 under way, nothing open, last good never; rests until 20:00 (windows of where it goes)',
    ]);
  });

  it('says where the audit goes and whose comes, when each was last heard of, and what waits', () => {
    const since = new Date(takenAt.getTime() - 600_000);
    const from = [
      { origin: 'kisumu-box', heard: { heardAt: since, taken: 12, waiting: 0, waitingSince: null, notTaken: 0 } },
      { origin: 'siaya-box', heard: null },
    ];
    const to = { url: 'https://hub.test', rows: 3, since, notTaken: 0, heardAt: null, failingSince: since, code: 'unreachable' };
    expect(statusLines({ takenAt, sites: [], routes: [], ...nothing, audit: { to, from } }, 'Africa/Nairobi').slice(2, 6)).toEqual([
      'The audit does not get to https://hub.test since 10:32 (10\u00a0min): it cannot be reached; 3\u00a0rows wait, and nothing is lost.',
      'Audit to https://hub.test: never heard of, 3 rows wait, the first for 10 min',
      'Audit of kisumu-box: heard of 10 min ago, 12 rows here, nothing waits there',
      'Audit of siaya-box: never heard of',
    ]);
  });

  it('says which link waits for the first comparison, and what fails, for whom and since when, by ids', () => {
    const link = { link: 'k', writing: 'live' as const, braked: null, drift: { comparedAt: null, notCompared: [], drifts: [] } };
    const failing = [
      { work: 'list-history' as const, place: 'k', uuid: 'p1', code: 'contract', times: 3, since: new Date(takenAt.getTime() - 900_000), lastAt: takenAt },
    ];
    expect(statusLines({ takenAt, sites: [], routes: [], ...nothing, links: [link], failing }, 'Africa/Nairobi')).toEqual([
      'Sites',
      'Routes',
      'Link k waits for the first comparison of its metadata: nothing is written before it has ended.',
      'Failing for 15 min: history of patient/p1 on link k (contract, 3 times, last 0 s ago)',
      'Nothing is held.',
    ]);
  });

  it('says a closed class once, however many wait, and that nothing is held', () => {
    expect(statusLines({ takenAt, sites: [], routes: [], ...nothing, closedClasses: [ORDERS] })).toEqual(
      expect.arrayContaining([
        'At kisumu order is not written there for 60 min (unsupported): orders of openmrs-core before 1.10 have no action. 1000 wait for it.',
        'Nothing is held.',
      ]),
    );
  });

  it('says what a site said otherwise than the time before', () => {
    const changed = { at: hourAgo, changes: [{ what: 'webservices.rest', before: '2.20.0', now: '2.40.0' }] };
    expect(statusLines({ takenAt, sites: [{ ...site, changed, rests: null }], routes: [], ...nothing })).toContain(
      '    said otherwise 60 min ago: webservices.rest 2.20.0 → 2.40.0',
    );
  });
});
