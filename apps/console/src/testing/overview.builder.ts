import { aFeed, aRoute, aSite, moving, secondsBefore, TAKEN_AT } from '@sync-hub/runtime/testing';
import type { EndOverview, HeldOverview, LinkDriftOverview, Overview } from '../overview.js';

export { aFeed, aRoute, aSite, moving, secondsBefore, TAKEN_AT };

export const NO_DRIFT: LinkDriftOverview = { comparedAt: secondsBefore(3_600), notCompared: [], drifts: [] };

export const aHeldJob = (changes: Partial<HeldOverview> = {}): HeldOverview => ({
  kind: 'job',
  id: '0193a3b0-0000-7000-8000-000000000001',
  record: { aggregate: 'person', uuid: '8d6c993e-c2cc-11de-8d13-0010c6dffd0f' },
  link: 'central-kisumu',
  direction: 'push',
  site: 'central',
  why: 'conflict',
  code: 'both-changed',
  names: ['gender', 'names'],
  since: secondsBefore(11_100),
  ...changes,
});

export const anEnd = (changes: Partial<EndOverview> = {}): EndOverview => ({
  kind: 'job',
  record: { aggregate: 'person', uuid: 'b1a7c9d0-52c1-4d8e-9f2e-1f6c2f0a9b11' },
  link: 'central-kisumu',
  direction: 'pull',
  site: 'kisumu',
  end: 'pushed',
  fields: ['addresses', 'names'],
  lost: [],
  at: secondsBefore(9),
  seconds: 0.62,
  ...changes,
});

/** A parent and two children, all well, with one end; whatever is to be different is given. */
export const anOverview = (changes: Partial<Overview> = {}): Overview => ({
  takenAt: TAKEN_AT,
  sites: [aSite('central'), aSite('kisumu'), aSite('siaya')],
  links: ['central-kisumu', 'central-siaya'].map((link) => ({ link, writing: 'live', braked: null, drift: NO_DRIFT })),
  routes: [aRoute('kisumu', 'pull'), aRoute('kisumu', 'push'), aRoute('siaya', 'pull'), aRoute('siaya', 'push')],
  closedClasses: [],
  held: [],
  heldTotal: 0,
  ends: [anEnd()],
  observed: [],
  processes: [],
  leftLinks: [],
  audit: { to: null, from: [] },
  failing: [],
  ...changes,
});

/** A bad morning: one site down, one locked out, conflicts, refusals, waiting records, a lost field, a feed in doubt. */
export const aBadMorning = (): Overview =>
  anOverview({
    sites: [
      aSite('central', { changesWaiting: 3, feeds: [aFeed('location'), aFeed('patient'), aFeed('person_attribute', { newestEntryAt: null, entriesRead: 0 })] }),
      aSite('kisumu', {
        state: 'down',
        since: secondsBefore(11_100),
        code: 'site-down',
        jobsWaiting: 318,
        feeds: [aFeed('location', { readAt: secondsBefore(11_110) }), aFeed('patient', { readAt: secondsBefore(11_105) })],
      }),
      aSite('siaya', {
        state: 'locked-out',
        since: secondsBefore(200_000),
        code: 'locked-out',
        jobsWaiting: 12,
        changesWaiting: 1,
        generation: 2,
        feeds: [aFeed('patient', { trouble: 'marker-lost' })],
      }),
      aSite('busia', { state: 'not-asked', since: null, feeds: [] }),
    ],
    routes: [
      aRoute('kisumu', 'pull', {
        openJobs: 318,
        categories: [moving('location', 2, secondsBefore(5_400)), moving('patient', 316, secondsBefore(11_000))],
        lastGoodAt: secondsBefore(11_120),
      }),
      aRoute('kisumu', 'push', { held: { conflict: 1, refused: 1 }, categories: [moving('patient', 2, secondsBefore(11_100))] }),
      aRoute('siaya', 'pull', { openJobs: 1, held: { waiting: 1 }, categories: [moving('patient', 2, secondsBefore(190))] }),
      aRoute('siaya', 'push', { lastGoodAt: null }),
    ],
    held: [
      aHeldJob(),
      aHeldJob({ why: 'refused', code: 'identifier-in-use', names: ['identifiers'], since: secondsBefore(4_000) }),
      aHeldJob({
        why: 'waiting',
        code: 'waits-for-reference',
        names: ['location/1ce1b7d4-c865-4178-82b0-5932e51503d6'],
        link: 'central-siaya',
        direction: 'pull',
        site: 'siaya',
        since: secondsBefore(190),
      }),
      aHeldJob({
        kind: 'change',
        why: 'gave-up',
        code: 'server-error',
        names: [],
        link: null,
        direction: null,
        site: 'siaya',
        record: { aggregate: 'location', uuid: '58c57d25-8d39-41ab-8422-108a0c277d98' },
        since: secondsBefore(90_000),
      }),
    ],
    heldTotal: 4,
    ends: [
      anEnd(),
      anEnd({ end: 'in-step', fields: [], at: secondsBefore(75), seconds: 0.2 }),
      anEnd({ fields: ['attributes', 'birthdate'], lost: ['attributes'], at: secondsBefore(200), seconds: 12.4, direction: 'push', site: 'central' }),
      anEnd({ kind: 'change', link: null, direction: null, site: 'siaya', end: 'not-admitted', fields: [], at: secondsBefore(3_000), seconds: 0.05 }),
      anEnd({ kind: 'change', link: null, direction: null, site: 'central', end: 'as-agreed', fields: [], at: secondsBefore(90_000), seconds: null }),
    ],
  });
