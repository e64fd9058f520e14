import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Both ends of a link changed the same fields to different values, and a person must choose. `fields` are names, never values. */
export const ConflictFound = defineMessage(
  'conflict.found.v1',
  z.object({ jobId: JobId, round: z.int().positive(), record: RecordRef, link: LinkId, site: SiteId, reason: z.string(), fields: z.array(z.string()) }),
);
export type ConflictFound = PayloadOf<typeof ConflictFound>;
