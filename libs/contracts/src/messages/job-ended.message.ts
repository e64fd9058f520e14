import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';
import { OUTCOMES } from '../outcomes.js';

/** A job ended, for good. `site` is its target; `fields` are the names of what was written; `lost` of what the target dropped; `versionBefore` and `versionAfter` are keyed digests of what the target held before and after, where something was written. */
export const JobEnded = defineMessage(
  'job.ended.v1',
  z.object({
    jobId: JobId,
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId,
    site: SiteId,
    outcome: z.enum(OUTCOMES),
    fields: z.array(z.string()),
    lost: z.array(z.string()),
    versionBefore: z.string().optional(),
    versionAfter: z.string().optional(),
  }),
);
export type JobEnded = PayloadOf<typeof JobEnded>;
