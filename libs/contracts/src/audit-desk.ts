import { z } from 'zod';
import type { BodyAsked, KeptBody, ShownBody } from './audit-bodies.js';
import { AuditFilter, type AuditLine, type AuditPage, type AuditProof, MOST_AUDIT_LINES } from './audit-log.js';
import { AUDIT_FORMATS, type AuditFormat } from './messages/audit-exported.message.js';

/** A day of the calendar of UTC. */
export const AuditDay = z.iso.date();

/** Where a page of the audit ended. */
const Place = z.string().regex(/^-?\d{1,18}\.[a-z]{1,10}\.\d{1,18}$/, 'is where the page before ended');

/** What is looked for, a page of it. It comes in a body: people may type anything. */
export const AuditAsked = z.strictObject({ filter: AuditFilter, after: Place.optional(), limit: z.int().min(1).max(MOST_AUDIT_LINES).default(50) });
export type AuditAsked = z.infer<typeof AuditAsked>;

/** What is written out, all of it. */
export const AuditExportAsked = z.strictObject({ filter: AuditFilter, format: z.enum(AUDIT_FORMATS) });
export type AuditExportAsked = z.infer<typeof AuditExportAsked>;

/** What the audit can be searched by, of the configuration and of what stages say. */
export interface AuditChoices {
  readonly links: readonly string[];
  readonly sites: readonly string[];
  readonly categories: readonly string[];
  readonly outcomes: readonly string[];
  readonly stages: readonly string[];
  /** Instances that report here. */
  readonly origins: readonly string[];
}

/** An export that has begun, which is in the audit by now: text, piece by piece. Where nobody reads on, that is said too. */
export interface AuditExport {
  readonly format: AuditFormat;
  readonly pieces: AsyncGenerator<string, void, void>;
}

/** Where people look into the audit. */
export interface AuditDesk {
  choices(): Promise<AuditChoices>;
  /** That somebody searches, and by which kinds of filter, is in the audit before they are told anything: once a search, whatever number of pages they leaf through. */
  search(asked: AuditAsked, by: string): Promise<AuditPage>;
  /** One line by its number, its own or a received one; `null` where there is none. */
  line(kind: AuditProof['kind'], id: string): Promise<AuditLine | null>;
  export(asked: AuditExportAsked, by: string): Promise<AuditExport>;
  /** What is kept of what was sent and answered for the job that a line of this instance is about, the first write first. */
  bodies(lineId: string): Promise<readonly KeptBody[]>;
  /** What was sent and answered, once that somebody sees it is in the audit; `null` where there is none of that id any more. */
  showBody(id: string, asked: BodyAsked, by: string): Promise<ShownBody | null>;
  /** Every day that has rows or seals, the oldest first. */
  days(): Promise<readonly string[]>;
  /** That day against its seals: what was said here, and what was received. */
  verify(day: string): Promise<readonly AuditProof[]>;
}
