import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Somebody answered a conflict. `by` is the account they worked under, `jobId` the job that is held by it, `fields` are names, never values; `round` counts its answers. */
export const AnswerGiven = defineMessage(
  'conflict.answered.v1',
  z.object({
    conflictId: z.uuid(),
    answerId: z.uuid(),
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId,
    site: SiteId,
    jobId: JobId,
    by: z.string(),
    fields: z.array(z.string()),
  }),
);
export type AnswerGiven = PayloadOf<typeof AnswerGiven>;
