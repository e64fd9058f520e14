import {
  Direction,
  type FoundRecord,
  type HangingRecord,
  HELD_HELPS,
  LinkId,
  type RecordAgreed,
  type RecordHop,
  RecordRef,
  type RecordStanding,
  type RecordStop,
  type RecordTimeline,
  SiteId,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { HeldNameAnswer, SiteAwayAnswer } from './held-answers.js';
import { moment, names, text } from './parts.js';

const Found = exactly<FoundRecord>()(z.strictObject({ record: RecordRef, by: z.enum(['uuid', 'identifier', 'name']) })).meta({ id: 'FoundRecord' });

export const FoundRecordsAnswer = z.strictObject({ found: z.array(Found) });

const Hop = exactly<RecordHop>()(
  z.strictObject({
    at: moment,
    said: z.string(),
    site: SiteId,
    link: LinkId.nullable(),
    outcome: text,
    reason: text,
    by: text,
    fields: names,
    lost: names,
    origin: text,
  }),
).meta({ id: 'RecordHop' });

const state = z.enum(['moving', 'waiting', 'conflict', 'parked']);

const Standing = exactly<RecordStanding>()(
  z.strictObject({
    kind: z.enum(['job', 'change']),
    id: z.string(),
    link: LinkId.nullable(),
    direction: Direction.nullable(),
    source: SiteId.nullable(),
    site: SiteId,
    state,
    why: text,
    code: z.string(),
    names: z.array(HeldNameAnswer),
    since: moment,
    conflict: text,
    helps: z.enum([...HELD_HELPS, 'answer']).nullable(),
  }),
).meta({ id: 'RecordStanding' });

const Stop = exactly<RecordStop>()(z.strictObject({ link: LinkId.nullable(), by: z.string(), since: moment })).meta({ id: 'RecordStop' });

const Agreed = exactly<RecordAgreed>()(z.strictObject({ link: LinkId, parent: SiteId, child: SiteId, at: moment })).meta({ id: 'RecordAgreed' });

const Hanging = exactly<HangingRecord>()(z.strictObject({ record: RecordRef, lastAt: moment, states: z.array(state) })).meta({ id: 'HangingRecord' });

export const RecordTimelineAnswer = exactly<RecordTimeline>()(
  z.strictObject({
    record: RecordRef,
    patient: RecordRef.nullable(),
    agreed: z.array(Agreed),
    standing: z.array(Standing),
    stops: z.array(Stop),
    away: z.array(SiteAwayAnswer),
    hops: z.array(Hop),
    next: text,
    hanging: z.array(Hanging),
  }),
).meta({ id: 'RecordTimeline' });
