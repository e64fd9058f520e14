import type { EndOverview, FeedOverview, HeldOverview, LinkDriftOverview, Overview, RouteCategoryOverview, RouteOverview, SiteOverview } from '../overview.js';

/** The moment at which built overviews are taken: 10:42:07 in Nairobi. */
export const TAKEN_AT = new Date('2026-11-24T07:42:07Z');

export const secondsBefore = (seconds: number): Date => new Date(TAKEN_AT.getTime() - seconds * 1000);

export const NO_DRIFT: LinkDriftOverview = { comparedAt: secondsBefore(3_600), notCompared: [], drifts: [] };

export const aFeed = (category: string, changes: Partial<FeedOverview> = {}): FeedOverview => ({
  category,
  readAt: secondsBefore(4),
  newestEntryAt: secondsBefore(130),
  entriesRead: 1_204,
  trouble: null,
  isAsked: true,
  tellsOf: [category],
  readToEndAt: secondsBefore(4),
  behind: null,
  ...changes,
});

export const aSite = (site: string, changes: Partial<SiteOverview> = {}): SiteOverview => ({
  site,
  state: 'up',
  since: secondsBefore(7_200),
  code: null,
  generation: 1,
  versions: { platform: '2.3.6', rest: '2.29.0', atomfeed: '1.0.13' },
  facts: {
    askedAt: secondsBefore(3_600),
    clockSkewMs: 300,
    clockWithinMs: 540,
    pages: { usual: 50, most: 100 },
    charset: { declared: 'utf-8', holds: true },
    takesUuids: true,
    takesItemUuids: true,
    feedFlavour: 'generic',
    fhir2: null,
  },
  changed: null,
  changesWaiting: 0,
  jobsWaiting: 0,
  changesHeld: 0,
  feeds: [aFeed('location'), aFeed('patient')],
  rests: null,
  ...changes,
});

export const aRoute = (child: string, direction: 'pull' | 'push', changes: Partial<RouteOverview> = {}): RouteOverview => ({
  route:
    direction === 'pull'
      ? { link: `central-${child}`, direction, source: 'central', target: child }
      : { link: `central-${child}`, direction, source: child, target: 'central' },
  openJobs: 0,
  held: {},
  categories: [],
  lastGoodAt: secondsBefore(9),
  rests: null,
  freshWithinSeconds: 900,
  carries: ['location', 'patient'],
  pace: null,
  looksPace: null,
  pause: null,
  ...changes,
});

/** Open records of one kind that go on by themselves. */
export const moving = (category: string, open: number, oldestAt: Date): RouteCategoryOverview => ({
  category,
  open,
  oldestAt,
  movingSince: oldestAt,
  held: {},
});

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
