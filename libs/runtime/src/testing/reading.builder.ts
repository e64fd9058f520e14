import type { FeedOverview, ReadForBoard, RouteCategoryOverview, RouteOverview, SiteOverview } from '../board/index.js';

/** The moment at which built overviews are taken: 10:42:07 in Nairobi. */
export const TAKEN_AT = new Date('2026-11-24T07:42:07Z');

export const secondsBefore = (seconds: number): Date => new Date(TAKEN_AT.getTime() - seconds * 1000);

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

/** A parent and two children, all well; whatever is to be different is given. */
export const aReading = (changes: Partial<ReadForBoard> = {}): ReadForBoard => ({
  takenAt: TAKEN_AT,
  sites: [aSite('central'), aSite('kisumu'), aSite('siaya')],
  links: ['central-kisumu', 'central-siaya'].map((link) => ({ link, writing: 'live', braked: null })),
  routes: [aRoute('kisumu', 'pull'), aRoute('kisumu', 'push'), aRoute('siaya', 'pull'), aRoute('siaya', 'push')],
  closedClasses: [],
  heldTotal: 0,
  ...changes,
});
