import {
  Direction,
  HELD_ACTS,
  HELD_HELPS,
  HELD_PROSPECTS,
  HELD_WHYS,
  type HeldDetail,
  HeldFilter,
  type HeldGroup,
  type HeldList,
  type HeldName,
  type HeldRecord,
  type HeldRun,
  type HeldWhyNow,
  LinkId,
  RecordRef,
  type SiteAway,
  SiteId,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';

const moment = z.iso.datetime();
const count = z.int();

export const HeldNameAnswer = exactly<HeldName>()(z.strictObject({ name: z.string(), label: z.string().nullable() })).meta({ id: 'HeldName' });

const OfBoth = {
  id: z.string(),
  kind: z.enum(['job', 'change']),
  link: LinkId.nullable(),
  direction: Direction.nullable(),
  source: SiteId.nullable(),
  site: SiteId,
  category: z.string(),
  why: z.enum(HELD_WHYS),
  code: z.string(),
  names: z.array(HeldNameAnswer),
  helps: z.enum(HELD_HELPS),
  stopped: z.strictObject({ by: z.string(), since: moment }).optional(),
};

const Group = exactly<HeldGroup>()(z.strictObject({ ...OfBoth, count, oldestAt: moment })).meta({ id: 'HeldGroup' });

const One = exactly<HeldRecord>()(z.strictObject({ ...OfBoth, group: z.string(), record: RecordRef, since: moment, openedAt: moment })).meta({
  id: 'HeldRecord',
});

const By = z.array(z.strictObject({ name: z.string(), count }));

export const SiteAwayAnswer = exactly<SiteAway>()(
  z.strictObject({ site: SiteId, state: z.enum(['down', 'locked-out', 'quarantined']), since: moment, waiting: count }),
).meta({ id: 'SiteAway' });

export const HeldListAnswer = exactly<HeldList>()(
  z.strictObject({
    groups: z.array(Group),
    away: z.array(SiteAwayAnswer),
    counts: z.strictObject({ all: count, groups: count, by: z.strictObject({ link: By, site: By, category: By, why: By }) }),
  }),
).meta({ id: 'HeldList' });

export const HeldRecordsAnswer = z.strictObject({ records: z.array(One) });

export const HeldDetailAnswer = exactly<HeldDetail>()(
  z.strictObject({
    held: One,
    notes: z.array(z.strictObject({ at: moment, by: z.string(), what: z.enum(HELD_ACTS), reason: z.string().nullable() })),
    isWriteUnknown: z.boolean(),
    isMoving: z.boolean(),
  }),
).meta({ id: 'HeldDetail' });

export const HeldWhyNowAnswer = exactly<HeldWhyNow>()(
  z.strictObject({
    works: z.enum(['yes', 'no', 'later', 'unknown']),
    prospect: z.enum(HELD_PROSPECTS),
    site: SiteId.nullable(),
    why: z.string().nullable(),
    code: z.string().nullable(),
    names: z.array(HeldNameAnswer),
    hasChanged: z.boolean().nullable(),
  }),
).meta({ id: 'HeldWhyNow' });

export const HeldRunAnswer = exactly<HeldRun>()(
  z.strictObject({
    id: z.string(),
    does: z.enum(['plan', ...HELD_ACTS]),
    by: z.string().nullable(),
    asked: HeldFilter,
    state: z.enum(['running', 'done', 'stopped', 'failed']),
    done: count,
    of: count,
    counts: z.strictObject({ found: count, done: count, passedOver: count }).nullable(),
  }),
).meta({ id: 'HeldRun' });

export const HeldRunsAnswer = z.strictObject({ runs: z.array(HeldRunAnswer) });

/** Done, and nothing to say. */
export const DoneAnswer = z.strictObject({});
