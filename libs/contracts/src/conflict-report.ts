import { z } from 'zod';
import { CONFLICT_STATES, ConflictAnswer } from './conflict-desk.js';
import { LinkId, RecordRef, SiteId } from './ids.js';

/** So many open conflicts of an instance are told of, the oldest first. */
export const MOST_TOLD_CONFLICTS = 1000;

const id = z.uuid();
const text = z.string().max(4000);
const moment = z.iso.datetime({ offset: true });
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]).optional();

/** One conflict of another instance, without a value of it. */
export const ToldSummary = z.looseObject({
  id,
  link: LinkId,
  parent: SiteId,
  child: SiteId,
  record: RecordRef,
  category: text,
  reason: text,
  fields: z.array(text).max(500),
  state: z.enum(CONFLICT_STATES),
  owner: text.nullable(),
  version: z.int().positive(),
  openedAt: moment,
  updatedAt: moment,
  waitingBehind: z.int().min(0),
  jobId: text,
});

const side = z.looseObject({ value, label: text.nullable(), isKnown: z.boolean() });
const author = z.looseObject({ who: text.nullable(), label: text.nullable(), at: text.nullable() });
const field = z.looseObject({
  path: z.string(),
  field: text,
  item: z.string().nullable(),
  kind: z.enum(['text', 'number', 'boolean', 'date', 'instant', 'reference', 'presence', 'item', 'json']),
  base: z.looseObject({ parent: side, child: side }).nullable(),
  parent: side,
  child: side,
  does: z.enum(['ask', 'nothing', 'to-parent', 'to-child', 'to-both', 'unknown']),
  why: text,
  takes: z.array(z.enum(['parent', 'child', 'value'])),
});

/** All of it, as a person is shown it. Holds patient data. */
export const ToldDetail = z.looseObject({
  conflict: ToldSummary,
  titles: z.looseObject({ parent: text, child: text }),
  fields: z.array(field),
  authors: z.looseObject({ parent: author, child: author }),
  dashboards: z.looseObject({ parent: text.nullable(), child: text.nullable() }),
  notes: z.array(z.looseObject({ at: moment, by: text, what: text, text: text.nullable() })),
});

/** What somebody does to a conflict of another instance. Holds patient data. */
export const ConflictAct = z.discriminatedUnion('does', [
  // Beside the answer, because an older instance takes no word in it that it does not know.
  z.looseObject({ does: z.literal('answer'), answer: ConflictAnswer, unlessAnswered: z.boolean().optional() }),
  z.looseObject({ does: z.literal('assign'), owner: z.string().max(200) }),
  z.looseObject({ does: z.literal('note'), text }),
  z.looseObject({ does: z.literal('dismiss'), reason: text, version: z.int().positive().optional() }),
]);
export type ConflictAct = z.infer<typeof ConflictAct>;

/** What became of an act at the instance that it was for. `done` and `not-open` are of acts that are no answer. */
export const BecameOfAct = z.looseObject({
  act: id,
  as: z.enum(['taken', 'stale', 'invalid', 'closed', 'done', 'not-open']),
});
export type BecameOfAct = z.infer<typeof BecameOfAct>;

/** What an instance says of its conflicts to the one that it reports to. Travels sealed. */
export const ConflictReport = z.looseObject({
  /** Those that are not closed. */
  open: z.array(ToldSummary).max(MOST_TOLD_CONFLICTS),
  /** Are there more than that? Then one that is not among them may be open all the same. */
  hasMore: z.boolean(),
  /** Those that were asked for, closed ones too. */
  details: z.array(ToldDetail),
  /** Those that were asked for and are not there. */
  gone: z.array(id),
  became: z.array(BecameOfAct),
});
export type ConflictReport = z.infer<typeof ConflictReport>;

/** What it is answered with: which conflicts are wanted in full, what people did to them, and which endings of acts are known now. Travels sealed. */
export const ConflictOrders = z.looseObject({
  wants: z.array(id),
  acts: z.array(z.looseObject({ id, conflict: id, by: z.string().min(1).max(300), act: ConflictAct })),
  known: z.array(id),
});
export type ConflictOrders = z.infer<typeof ConflictOrders>;
