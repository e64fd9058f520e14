import { z } from 'zod';
import { ChangeId, RecordRef, SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** This record may have changed at this site: somebody should look. */
export const RecordChanged = defineMessage('record.changed.v1', z.object({ changeId: ChangeId, round: z.int().positive(), record: RecordRef, site: SiteId }));
export type RecordChanged = PayloadOf<typeof RecordChanged>;
