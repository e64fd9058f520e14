import {
  Direction,
  HELD_ACTS,
  HELD_HELPS,
  HELD_PROSPECTS,
  HELD_WHYS,
  type HeldDetail,
  type HeldFarAct,
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
import { By, count, moment } from './parts.js';

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
  origin: z.string().optional(),
};

const Group = exactly<HeldGroup>()(z.strictObject({ ...OfBoth, count, oldestAt: moment })).meta({ id: 'HeldGroup' });

const One = exactly<HeldRecord>()(z.strictObject({ ...OfBoth, group: z.string(), record: RecordRef, since: moment, openedAt: moment })).meta({
  id: 'HeldRecord',
});

export const SiteAwayAnswer = exactly<SiteAway>()(
  z.strictObject({ site: SiteId, state: z.enum(['down', 'locked-out', 'quarantined']), since: moment, waiting: count, origin: z.string().optional() }),
).meta({ id: 'SiteAway' });

const Counts = z.strictObject({ found: count, done: count, passedOver: count, asked: count.optional() });

const FarAct = exactly<HeldFarAct>()(
  z.strictObject({
    id: z.string(),
    origin: z.string(),
    what: z.enum(HELD_ACTS),
    by: z.string(),
    at: moment,
    reason: z.string().nullable(),
    group: z.string(),
    held: z.string().nullable(),
    sentAt: moment.nullable(),
    endedAt: moment.nullable(),
    became: z.enum(['done', 'moving', 'conflict', 'gone', 'not-taken']).nullable(),
    counts: Counts.nullable(),
  }),
).meta({ id: 'HeldFarAct' });

export const HeldListAnswer = exactly<HeldList>()(
  z.strictObject({
    groups: z.array(Group),
    away: z.array(SiteAwayAnswer),
    elsewhere: z.array(z.strictObject({ origin: z.string(), heardAt: moment.nullable(), isUnheard: z.boolean(), takesActs: z.boolean(), count })),
    asked: z.array(FarAct),
    counts: z.strictObject({ all: count, groups: count, by: z.strictObject({ link: By, site: By, category: By, why: By, origin: By }) }),
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
    counts: Counts.nullable(),
  }),
).meta({ id: 'HeldRun' });

export const HeldRunsAnswer = z.strictObject({ runs: z.array(HeldRunAnswer) });

/** Done; or asked of another instance, which does it once it has fetched it. */
export const DoneOrAskedAnswer = z.strictObject({ asked: z.literal(true).optional() });
