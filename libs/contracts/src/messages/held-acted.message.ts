import { z } from 'zod';
import { HELD_ACTS } from '../held-elsewhere.js';
import { LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Somebody did something to a job or a change that is held. `site` is the job's target, or where the change was noticed; `by` the account they worked under; what they wrote is kept sealed under `actId`. */
export const HeldActed = defineMessage(
  'held.acted.v1',
  z.object({
    subject: z.enum(['job', 'change']),
    subjectId: z.uuid(),
    actId: z.uuid(),
    /** How many such acts there were, this one among them. */
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId.nullable(),
    site: SiteId,
    what: z.enum(HELD_ACTS),
    by: z.string(),
  }),
);
export type HeldActed = PayloadOf<typeof HeldActed>;
