import { z } from 'zod';
import type { AuditRow } from './audit-report.js';
import { AGGREGATES, Aggregate, LinkId, SiteId, Uuid } from './ids.js';
import { STAGE_NAMES, STAGES, type StageName } from './topology.js';

/** So many lines are on a page at most. */
export const MOST_AUDIT_LINES = 500;

const words = z.string().min(1).max(200);
const moment = z.iso.datetime({ offset: true });

/** What is looked for in the audit; all that is named must fit. */
export const AuditFilter = z.strictObject({
  /** The uuid of a record. */
  record: Uuid.optional(),
  /** The uuid of a patient: whatever is said of her, and of what hangs on her. */
  patient: Uuid.optional(),
  link: LinkId.optional(),
  site: SiteId.optional(),
  category: Aggregate.optional(),
  /** How a job ended, how a change did, or how a job is held. */
  outcome: words.optional(),
  /** What that stage says. */
  stage: z.enum(STAGE_NAMES as [StageName, ...StageName[]]).optional(),
  /** The account that somebody worked under. */
  person: words.optional(),
  /** Recorded at this moment or later. */
  since: moment.optional(),
  /** Recorded before this moment. */
  until: moment.optional(),
  /** Words that are all in it: names of fields, codes, reasons, policies. */
  text: words.optional(),
  /** The instance that it was received from; `own` for what this one said itself. */
  origin: SiteId.optional(),
});
export type AuditFilter = z.infer<typeof AuditFilter>;

/** What this instance's own lines have for an origin, in a filter. */
export const OWN_AUDIT = 'own';

/** A line of the audit: an audit row, and where it is from; `null` for this instance. */
export interface AuditLine extends AuditRow {
  readonly origin: string | null;
}

/** Lines, the newest first, and where the next page begins; `null` where there is none. */
export interface AuditPage {
  readonly lines: readonly AuditLine[];
  readonly next: string | null;
}

/** The names of messages that a stage says. */
export const saidBy = (stage: StageName): readonly string[] => STAGES[stage].emits.map(({ name }) => name);

/** The aggregate that a category's records are: a patient and a person are one record. */
export const aggregateNamed = (category: string): string => (category === 'patient' ? 'person' : category === 'observation' ? 'obs' : category);

/** What a category may be called in a filter. */
export const AUDIT_CATEGORIES: readonly string[] = ['patient', 'observation', ...AGGREGATES];
