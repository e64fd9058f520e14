import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';
import { OUTCOMES } from '../outcomes.js';

/** A job ended, for good. `site` is its target; `fields` are the names of what was written; `lost` of what the target dropped. */
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
  }),
);
export type JobEnded = PayloadOf<typeof JobEnded>;
