import { z } from 'zod';
import { HELD_HELPS, HELD_WHYS, MOST_HELD_AT_ONCE } from './held-desk.js';
import { HELD_ACTS } from './held-elsewhere.js';
import { Direction, LinkId, RecordRef, SiteId } from './ids.js';
import { ToldHealth } from './told-health.js';

const id = z.uuid();
const text = z.string().max(4000);
const moment = z.iso.datetime({ offset: true });
const count = z.int().min(0);

/** What is the same of a cause and of one that is held. A newer instance may have reasons and helps that this one does not know. */
const ofBoth = {
  kind: z.enum(['job', 'change']),
  link: LinkId.nullable(),
  direction: Direction.nullable(),
  source: SiteId.nullable(),
  site: SiteId,
  category: text,
  why: z.enum(HELD_WHYS).catch('broken'),
  code: text,
  names: z.array(z.looseObject({ name: text, label: text.nullable() })).max(500),
  helps: z.enum(HELD_HELPS).catch('report'),
};

/** What is held at another instance: all its causes, and the longest held one by one. What things are called is in it, and nothing of a record's content. */
export const ToldHeld = z.looseObject({
  groups: z.array(z.looseObject({ ...ofBoth, id: text, count, oldestAt: moment })).max(MOST_HELD_AT_ONCE),
  records: z.array(z.looseObject({ ...ofBoth, id, group: text, record: RecordRef, since: moment, openedAt: moment })).max(MOST_HELD_AT_ONCE),
});
export type ToldHeld = z.infer<typeof ToldHeld>;

/** What became of an act at the instance that it was for: `done` to as many as the counts say, `not-taken` where that instance lets nobody act from elsewhere. */
export const BecameOfHeldAct = z.looseObject({
  act: id,
  as: z.enum(['done', 'moving', 'conflict', 'gone', 'not-taken']),
  counts: z.looseObject({ found: count, done: count, passedOver: count }).nullable(),
});
export type BecameOfHeldAct = z.infer<typeof BecameOfHeldAct>;

/** What an instance says of its work to the one that it reports to. Travels sealed. */
export const WorkReport = z.looseObject({
  /** Of the process that tells, and how often it has told: what is late on its way is known by that. */
  run: id,
  number: z.int().positive(),
  /** By the clock of the instance's database. Who acts by this report has seen nothing that was opened later. */
  at: moment,
  /** `all` where it was asked for: it is told by its digest alone as long as the other end has just that. */
  held: z.looseObject({ digest: text, count, all: ToldHeld.nullable() }),
  away: z.array(z.looseObject({ site: SiteId, state: z.enum(['down', 'locked-out', 'quarantined']), since: moment, waiting: count })).max(1000),
  /** May people at the other end act on what is held? */
  takesActs: z.boolean(),
  became: z.array(BecameOfHeldAct),
  /** Where there is news of it, or it was not told for a while. What an instance of another version tells otherwise than it can be read here is left out: the rest of the report counts. */
  health: ToldHealth.nullish().catch(null),
});
export type WorkReport = z.infer<typeof WorkReport>;

/** What people at the other end did to what is held. The reason is a person's own words, and may name a patient. */
export const FarHeldAct = z.looseObject({
  id,
  by: z.string().min(1).max(300),
  what: z.enum(HELD_ACTS),
  /** The cause that it was held for when they looked; of one record, which. */
  group: text,
  held: id.nullable(),
  /** When they looked, as the instance's own report said. */
  seenAt: moment,
  reason: text.nullable(),
});
export type FarHeldAct = z.infer<typeof FarHeldAct>;

/** What it is answered with. Travels sealed. */
export const WorkOrders = z.looseObject({ wantsHeld: z.boolean(), acts: z.array(FarHeldAct), known: z.array(id) });
export type WorkOrders = z.infer<typeof WorkOrders>;
