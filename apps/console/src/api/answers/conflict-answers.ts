import {
  Aggregate,
  CONFLICT_STATES,
  type ConflictAuthor,
  type ConflictCounts,
  type ConflictDetail,
  type ConflictField,
  type ConflictList,
  type ConflictNote,
  type ConflictPreview,
  type ConflictReportRow,
  type ConflictSide,
  type ConflictSummary,
  LinkId,
  RecordRef,
  SiteId,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { By, count, moment } from './parts.js';

const Summary = exactly<ConflictSummary>()(
  z.strictObject({
    id: z.uuid(),
    link: LinkId,
    parent: SiteId,
    child: SiteId,
    record: RecordRef,
    category: z.string(),
    reason: z.string(),
    fields: z.array(z.string()),
    state: z.enum(CONFLICT_STATES),
    owner: z.string().nullable(),
    version: z.int(),
    openedAt: moment,
    updatedAt: moment,
    waitingBehind: count,
    jobId: z.string(),
    origin: z.string().optional(),
  }),
).meta({ id: 'ConflictSummary' });

const Counts = exactly<ConflictCounts>()(
  z.strictObject({
    all: count,
    elsewhere: count.optional(),
    by: z.strictObject({ link: By, category: By, field: By, owner: By, reason: By, state: By }),
  }),
);

export const ConflictListAnswer = exactly<ConflictList>()(z.strictObject({ conflicts: z.array(Summary), counts: Counts })).meta({ id: 'ConflictList' });

/** A value that is not there is left out. */
const Side = exactly<ConflictSide>()(
  z.strictObject({ value: z.union([z.string(), z.number(), z.boolean(), z.null()]).optional(), label: z.string().nullable(), isKnown: z.boolean() }),
).meta({ id: 'ConflictSide' });

const Field = exactly<ConflictField>()(
  z.strictObject({
    path: z.string(),
    field: z.string(),
    item: z.string().nullable(),
    kind: z.enum(['text', 'number', 'boolean', 'date', 'instant', 'reference', 'presence', 'item', 'json']),
    base: z.strictObject({ parent: Side, child: Side }).nullable(),
    parent: Side,
    child: Side,
    does: z.enum(['ask', 'nothing', 'to-parent', 'to-child', 'to-both', 'unknown']),
    why: z.string(),
    takes: z.array(z.enum(['parent', 'child', 'value'])),
  }),
).meta({ id: 'ConflictField' });

const Author = exactly<ConflictAuthor>()(z.strictObject({ who: z.string().nullable(), label: z.string().nullable(), at: z.string().nullable() })).meta({
  id: 'ConflictAuthor',
});

const Note = exactly<ConflictNote>()(z.strictObject({ at: moment, by: z.string(), what: z.string(), text: z.string().nullable() })).meta({
  id: 'ConflictNote',
});

export const ConflictDetailAnswer = exactly<ConflictDetail>()(
  z.strictObject({
    conflict: Summary,
    titles: z.strictObject({ parent: z.string(), child: z.string() }),
    fields: z.array(Field),
    authors: z.strictObject({ parent: Author, child: Author }),
    dashboards: z.strictObject({ parent: z.string().nullable(), child: z.string().nullable() }),
    notes: z.array(Note),
    takesAlong: z.array(z.string()).optional(),
    takesAnother: z.boolean().optional(),
  }),
).meta({ id: 'ConflictDetail' });

export const ConflictPreviewAnswer = exactly<ConflictPreview>()(
  z.strictObject({
    writes: z.array(z.strictObject({ site: SiteId, fields: z.array(z.strictObject({ path: z.string(), from: Side, to: Side })) })),
    open: z.array(z.string()),
  }),
).meta({ id: 'ConflictPreview' });

export const ConflictAnsweredAnswer = z.strictObject({ answerId: z.string() });

const Row = exactly<ConflictReportRow>()(
  z.strictObject({
    from: z.iso.date(),
    link: LinkId,
    category: z.string(),
    aggregate: Aggregate,
    field: z.string(),
    by: z.string().nullable(),
    opened: count,
    closed: count,
  }),
).meta({ id: 'ConflictReportRow' });

export const ConflictReportAnswer = z.strictObject({ rows: z.array(Row) });
