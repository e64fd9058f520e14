import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Policies decided what both ends had otherwise: which one which field, by names, never values. */
export const PolicyDecided = defineMessage(
  'policy.decided.v1',
  z.object({
    jobId: JobId,
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId,
    site: SiteId,
    decided: z.array(z.object({ field: z.string(), policy: z.string() })),
  }),
);
export type PolicyDecided = PayloadOf<typeof PolicyDecided>;
