import { z } from 'zod';
import { FRESHNESS_STATES, SITE_STATES } from './board.js';
import { Direction, LinkId, SiteId } from './ids.js';

/** So many sites, and so many links, are told of; those that are not well go before those that are. */
export const MOST_TOLD_OF = 100;

const text = z.string().max(500);
const moment = z.iso.datetime();
const count = z.int().min(0);

/** What a newer instance calls by a word that is not known here is no good news: it is taken for what nobody knows. */
const ToldSite = z.object({
  site: SiteId,
  title: text,
  state: z.enum(SITE_STATES).catch('not-asked'),
  since: moment.nullable(),
  code: text.nullable(),
  rests: z.object({ until: moment.nullable() }).nullable(),
  toRead: count,
  toWrite: count,
  changesHeld: count,
  clockSkewMs: z.number().nullable(),
  platform: text.nullable(),
});

const ToldRoute = z.object({
  link: LinkId,
  direction: Direction,
  source: SiteId,
  target: SiteId,
  freshness: z.object({ state: z.enum(FRESHNESS_STATES).catch('unknown'), asOf: moment.nullable(), because: text }),
  freshWithinSeconds: z.number(),
  standing: text,
  restsUntil: moment.nullable(),
  pause: z.object({ how: z.enum(['pause', 'drain']), since: moment, by: text }).nullable(),
  changes: count,
  jobs: count,
  catchUpSeconds: z.number().nullable(),
  lastGoodAt: moment.nullable(),
  held: z.partialRecord(text, count),
});

const ToldLink = z.object({
  link: LinkId,
  braked: z.object({ since: moment, reason: text, category: text, voids: count }).nullable(),
  routes: z.array(ToldRoute).max(2),
});

/** How an instance does, as it tells another one: its board without feeds and kinds of record. Ids, names, codes, counts and times, by its own clock. */
export const ToldHealth = z.object({
  takenAt: moment,
  /** Of Sync Hub. */
  version: text,
  sites: z.array(ToldSite).max(MOST_TOLD_OF),
  links: z.array(ToldLink).max(MOST_TOLD_OF),
  heldTotal: count,
  /** How many more there are, of which nothing is told. */
  notTold: z.object({ sites: count, links: count }),
});
export type ToldHealth = z.infer<typeof ToldHealth>;
