import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Why somebody may look at what went over the line. */
export const BODY_REASONS = ['fault', 'complaint', 'data-protection', 'test', 'other'] as const;
export type BodyReason = (typeof BODY_REASONS)[number];

export const BODY_OUTCOMES = ['body-shown'] as const;

/** Somebody was shown what was sent to a site and what it answered: said before it is. `by` is the account that they worked under; what they wrote beside the reason is sealed, and stands in no message. */
export const BodyShown = defineMessage(
  'body.shown.v1',
  z.object({
    site: SiteId,
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId,
    jobId: JobId,
    bodyId: z.uuid(),
    outcome: z.enum(BODY_OUTCOMES),
    reason: z.enum(BODY_REASONS),
    by: z.string(),
  }),
);
export type BodyShown = PayloadOf<typeof BodyShown>;
