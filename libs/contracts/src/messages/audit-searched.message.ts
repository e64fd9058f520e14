import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

export const SEARCH_OUTCOMES = ['searched'] as const;

/**
 * Somebody looked for lines of the audit. `filters` are the kinds of filter, and no value of one, for people may type anybody's name; `lines` were on the first page. `site` is the instance itself; `by` the
 * account that they worked under.
 */
export const AuditSearched = defineMessage(
  'audit.searched.v1',
  z.object({ site: SiteId, round: z.int().positive(), outcome: z.enum(SEARCH_OUTCOMES), filters: z.array(z.string()), lines: z.int().min(0), by: z.string() }),
);
export type AuditSearched = PayloadOf<typeof AuditSearched>;
