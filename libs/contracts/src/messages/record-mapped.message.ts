import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** A job is ready: the record was admitted on one route, and its target `site` is to be compared and, if need be, written. */
export const RecordMapped = defineMessage(
  'record.mapped.v1',
  z.object({ jobId: JobId, round: z.int().positive(), record: RecordRef, link: LinkId, site: SiteId }),
);
export type RecordMapped = PayloadOf<typeof RecordMapped>;
