import {
  type Board,
  type BoardCategory,
  type BoardClosed,
  type BoardFeed,
  type BoardInstance,
  type BoardLink,
  type BoardRoute,
  type BoardSite,
  Direction,
  FRESHNESS_STATES,
  LINK_ACTS,
  type LinkActTold,
  LinkId,
  ROUTE_STANDINGS,
  SITE_STATES,
  SiteId,
  STALEST_OF,
  type ToldHealth,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { count, moment, names } from './parts.js';

const Feed = exactly<BoardFeed>()(
  z.strictObject({
    category: z.string(),
    readAt: moment.nullable(),
    readToEndAt: moment.nullable(),
    newestEntryAt: moment.nullable(),
    entriesRead: count,
    trouble: z.string().nullable(),
    isAsked: z.boolean(),
    tellsOf: names,
  }),
).meta({ id: 'BoardFeed' });

const Site = exactly<BoardSite>()(
  z.strictObject({
    site: SiteId,
    title: z.string(),
    state: z.enum(SITE_STATES),
    since: moment.nullable(),
    code: z.string().nullable(),
    rests: z.strictObject({ until: moment.nullable() }).nullable(),
    toRead: count,
    toWrite: count,
    changesHeld: count,
    clockSkewMs: z.number().nullable(),
    clockWithinMs: z.number().nullable(),
    generation: count,
    platform: z.string().nullable(),
    rest: z.string().nullable(),
    fhir2: z.string().nullable(),
    takesUuids: z.boolean().nullable(),
    askedAt: moment.nullable(),
    feeds: z.array(Feed),
  }),
).meta({ id: 'BoardSite' });

/** By why; of none nothing is told. */
const Held = z.partialRecord(z.string(), count);

const Category = exactly<BoardCategory>()(z.strictObject({ category: z.string(), open: count, movingSince: moment.nullable(), held: Held })).meta({
  id: 'BoardCategory',
});

const Route = exactly<BoardRoute>()(
  z.strictObject({
    link: LinkId,
    direction: Direction,
    source: SiteId,
    target: SiteId,
    freshness: z.strictObject({ state: z.enum(FRESHNESS_STATES), asOf: moment.nullable(), because: z.enum(STALEST_OF) }),
    freshWithinSeconds: z.number(),
    standing: z.enum(ROUTE_STANDINGS),
    restsUntil: moment.nullable(),
    pause: z.strictObject({ how: z.enum(['pause', 'drain']), since: moment, by: z.string() }).nullable(),
    changes: count,
    jobs: count,
    catchUpSeconds: z.number().nullable(),
    lastGoodAt: moment.nullable(),
    held: Held,
    carries: names,
    categories: z.array(Category),
  }),
).meta({ id: 'BoardRoute' });

const Link = exactly<BoardLink>()(
  z.strictObject({
    link: LinkId,
    braked: z.strictObject({ since: moment, reason: z.string(), category: z.string(), voids: count }).nullable(),
    routes: z.array(Route),
  }),
).meta({ id: 'BoardLink' });

const Closed = exactly<BoardClosed>()(
  z.strictObject({
    site: SiteId,
    category: z.string(),
    does: names,
    code: z.enum(['unsupported', 'not-allowed']),
    privilege: z.string().nullable(),
    because: z.string(),
    since: moment,
    waiting: count,
  }),
).meta({ id: 'BoardClosed' });

const ToldSite = Site.pick({
  site: true,
  title: true,
  state: true,
  since: true,
  code: true,
  rests: true,
  toRead: true,
  toWrite: true,
  changesHeld: true,
  clockSkewMs: true,
  platform: true,
});

/** A newer instance may have standings, and reasons, that this one does not know. */
const ToldRoute = Route.omit({ carries: true, categories: true }).extend({
  standing: z.string(),
  freshness: z.strictObject({ state: z.enum(FRESHNESS_STATES), asOf: moment.nullable(), because: z.string() }),
});

const Health = exactly<ToldHealth>()(
  z.strictObject({
    takenAt: moment,
    version: z.string(),
    sites: z.array(ToldSite),
    links: z.array(Link.extend({ routes: z.array(ToldRoute) })),
    heldTotal: count,
    notTold: z.strictObject({ sites: count, links: count }),
  }),
).meta({ id: 'ToldHealth' });

const Instance = exactly<BoardInstance>()(
  z.strictObject({
    origin: z.string(),
    heardAt: moment.nullable(),
    isUnheard: z.boolean(),
    health: Health.nullable(),
    healthAsOf: moment.nullable(),
    healthHeardAt: moment.nullable(),
    isOutdated: z.boolean(),
  }),
).meta({ id: 'BoardInstance' });

export const BoardAnswer = exactly<Board>()(
  z.strictObject({
    takenAt: moment,
    sites: z.array(Site),
    links: z.array(Link),
    closed: z.array(Closed),
    heldTotal: count,
    instances: z.array(Instance),
  }),
).meta({ id: 'Board' });

/** Server-sent events: their data are JSON. */
export const BoardEventsAnswer = z
  .string()
  .meta({ description: 'Server-sent events: `board` (its data as `GET /api/board` tells it), `unreadable` and `ended` (data null).' });

const Act = exactly<LinkActTold>()(
  z.strictObject({ what: z.enum(LINK_ACTS), direction: Direction.nullable(), by: z.string(), reason: z.string().nullable(), at: moment }),
).meta({ id: 'LinkAct' });

export const LinkHistoryAnswer = z.strictObject({ acts: z.array(Act) });
