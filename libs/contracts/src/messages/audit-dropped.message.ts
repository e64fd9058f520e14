import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** Months of the audit were past their time and are no longer kept; `others` is how many rows of no whole month went with them. `site` is the instance itself. */
export const AuditDropped = defineMessage(
  'audit.dropped.v1',
  z.object({ site: SiteId, round: z.int().positive(), kind: z.enum(['own', 'received']), months: z.array(z.string()), others: z.int() }),
);
export type AuditDropped = PayloadOf<typeof AuditDropped>;
