import {
  type DepartedPatient,
  type ErasedCounts,
  type FollowedPatient,
  LinkId,
  type PatientErased,
  type PatientList,
  type PatientResumed,
  type PatientStopped,
  type StoppedPatient,
  Uuid,
} from '@sync-hub/contracts';
import { z } from 'zod';
import { exactly } from '../exactly.js';
import { count, moment } from './parts.js';

const outcome = z.enum(['done', 'as-it-is', 'no-such-link']);

const Stopped = exactly<StoppedPatient>()(
  z.strictObject({
    patient: Uuid,
    link: LinkId.nullable(),
    by: z.string(),
    since: moment,
    reason: z.string().nullable(),
    waiting: z.int(),
    erasedAt: moment.nullable(),
  }),
).meta({ id: 'StoppedPatient' });

const Followed = exactly<FollowedPatient>()(
  z.strictObject({ patient: Uuid, link: LinkId, by: z.string(), since: moment, until: moment, reason: z.string().nullable() }),
).meta({ id: 'FollowedPatient' });

const Departed = exactly<DepartedPatient>()(
  z.strictObject({ patient: Uuid, link: LinkId, state: z.string(), waitsFor: z.string().nullable(), since: moment }),
).meta({ id: 'DepartedPatient' });

export const PatientListAnswer = exactly<PatientList>()(
  z.strictObject({ links: z.array(LinkId), stopped: z.array(Stopped), followed: z.array(Followed), departed: z.array(Departed) }),
).meta({ id: 'PatientList' });

/** What a stop came to: writes that had begun come to their end, and no other begins. */
export const PatientStoppedAnswer = exactly<PatientStopped>()(
  z.strictObject({ outcome, patient: Uuid, isKnown: z.boolean(), underWay: z.int(), elsewhere: z.array(LinkId) }),
).meta({ id: 'PatientStopped' });

export const PatientResumedAnswer = exactly<PatientResumed>()(z.strictObject({ outcome, woken: z.int() })).meta({ id: 'PatientResumed' });

export const ErasedCountsAnswer = exactly<ErasedCounts>()(
  z.strictObject({
    records: count,
    snapshots: count,
    agreements: count,
    held: count,
    conflicts: count,
    decisions: count,
    writes: count,
    bodies: count,
    words: count,
    received: count,
  }),
).meta({ id: 'ErasedCounts' });

export const PatientErasedAnswer = exactly<PatientErased>()(
  z.strictObject({ outcome: z.enum(['done', 'not-stopped', 'in-hand', 'not-confirmed']), counts: ErasedCountsAnswer.nullable() }),
).meta({ id: 'PatientErased' });
