import { z } from 'zod';
import { SiteId } from '../ids.js';
import { defineMessage, type PayloadOf } from '../message.js';

/** What the audit is written as for others to read. */
export const AUDIT_FORMATS = ['csv', 'ndjson', 'fhir'] as const;
export type AuditFormat = (typeof AUDIT_FORMATS)[number];

export const EXPORT_OUTCOMES = ['export-begun', 'export-ended', 'export-broken-off'] as const;

/**
 * Somebody had lines of the audit written out: said before the first of them goes (`export-begun`), and again after the last, or where it was broken off. `asked` is what was looked for; words that
 * were typed are only named, and uuids told where the audit has them: people may type anything. `site` is the instance itself; `by` the account they worked under.
 */
export const AuditExported = defineMessage(
  'audit.exported.v1',
  z.object({
    site: SiteId,
    round: z.int().positive(),
    outcome: z.enum(EXPORT_OUTCOMES),
    format: z.enum(AUDIT_FORMATS),
    asked: z.record(z.string(), z.string()),
    /** So many lines were written so far. */
    lines: z.int().min(0),
    by: z.string(),
  }),
);
export type AuditExported = PayloadOf<typeof AuditExported>;
