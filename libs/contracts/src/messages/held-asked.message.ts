import { z } from 'zod';
import { HELD_ACTS } from '../held-elsewhere.js';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/**
 * Somebody here asked something of what is held at another instance (round 1), or that instance said what became of it (round 2, with an outcome). `site` is that instance, `by` the account they
 * worked under; what they wrote is kept sealed under `actId`. What it was done to stands in that instance's own audit.
 */
export const HeldAsked = defineMessage(
  'held.asked.v1',
  z.object({
    site: SiteId,
    round: z.int().positive(),
    actId: z.uuid(),
    what: z.enum(HELD_ACTS),
    by: z.string(),
    /** The job or change there; `null` where it was all of a cause. */
    subjectId: z.uuid().nullable(),
    group: z.string(),
    outcome: z.string().optional(),
    done: z.int().optional(),
    passedOver: z.int().optional(),
  }),
);
export type HeldAsked = PayloadOf<typeof HeldAsked>;
