import { z } from 'zod';
import { LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';
import { PATIENT_ACTS } from '../patient-desk.js';

/**
 * Somebody stopped what travels of one patient, or let it go on, on one link or on all (`link` is `null`); or had it forgotten what is stored of her. `site` is the link's child, or the instance itself; `by` the account they
 * worked under; what they wrote is kept sealed under `actId`.
 */
export const PatientActed = defineMessage(
  'patient.acted.v1',
  z.object({
    record: RecordRef,
    link: LinkId.nullable(),
    site: SiteId,
    round: z.int().positive(),
    what: z.enum(PATIENT_ACTS),
    actId: z.uuid(),
    by: z.string(),
  }),
);
export type PatientActed = PayloadOf<typeof PatientActed>;
