import { z } from 'zod';
import { JobId, LinkId, RecordRef, SiteId, Uuid } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** A job is ready: the record was admitted on one route, and its target `site` is to be compared and, if need be, written. `patient` is whom it hangs on, so that those of one patient take turns. */
export const RecordMapped = defineMessage(
  'record.mapped.v1',
  z.object({ jobId: JobId, round: z.int().positive(), record: RecordRef, link: LinkId, site: SiteId, patient: Uuid.optional() }),
);
export type RecordMapped = PayloadOf<typeof RecordMapped>;
