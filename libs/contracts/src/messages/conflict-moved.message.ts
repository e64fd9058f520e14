import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/**
 * Something became of a conflict: somebody took it or gave it back, noted something, dismissed it, or it was shown again or closed. `by` is the account they
 * worked under, null where nobody did; `jobId` the job that is held by it, or closed it; `reason` is how it closed, or why it is shown again.
 */
export const ConflictMoved = defineMessage(
  'conflict.moved.v1',
  z.object({
    conflictId: z.uuid(),
    round: z.int().positive(),
    record: RecordRef,
    link: LinkId,
    site: SiteId,
    jobId: JobId,
    what: z.enum(['noted', 'assigned', 'shown-again', 'dismissed', 'resolved']),
    by: z.string().nullable(),
    reason: z.string().nullable(),
  }),
);
export type ConflictMoved = PayloadOf<typeof ConflictMoved>;
