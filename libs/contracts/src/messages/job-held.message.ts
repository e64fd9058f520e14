import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';
import { HELD_STATES } from '../outcomes.js';

/** A job has not ended and is held, visibly, for a named reason. `site` is its target. */
export const JobHeld = defineMessage(
  'job.held.v1',
  z.object({
    jobId: JobId,
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId,
    site: SiteId,
    held: z.enum(HELD_STATES),
    reason: z.string(),
    code: z.string(),
    details: z.record(z.string(), z.unknown()),
  }),
);
export type JobHeld = PayloadOf<typeof JobHeld>;
