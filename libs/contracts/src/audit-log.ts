import { z } from 'zod';
import type { AuditRow } from './audit-report.js';
import { AGGREGATES, Aggregate, LinkId, SiteId, Uuid } from './ids.js';
import { ACCOUNT_OUTCOMES } from './messages/account-changed.message.js';
import { EXPORT_OUTCOMES } from './messages/audit-exported.message.js';
import { SEARCH_OUTCOMES } from './messages/audit-searched.message.js';
import { BODY_OUTCOMES } from './messages/body-shown.message.js';
import { CHANGE_ENDS } from './messages/change-ended.message.js';
import { CONFIGURATION_OUTCOMES } from './messages/configuration-taken.message.js';
import { HELD_STATES, OUTCOMES } from './outcomes.js';
import { TraceId } from './step.js';
import { STAGE_NAMES, STAGES, type StageName } from './topology.js';

/** So many lines are on a page at most. */
export const MOST_AUDIT_LINES = 500;

/** Text that a database can be asked for. */
const words = z
  .string()
  .min(1)
  .max(200)
  .refine((text) => !/\p{Surrogate}|\0/u.test(text), 'is text without half characters and without the character 0');
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
  /** The walk of a change: all that was said on it. */
  trace: TraceId.optional(),
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

/** The audit of this instance, and what it received of others: each has chains of its own. */
export const AUDIT_KINDS = ['own', 'received'] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** A row that is not as it was sealed. One that is `between` was never sealed there. */
export interface AuditFault {
  readonly id: string;
  readonly what: 'altered' | 'removed' | 'between';
}

/** A day of the audit against its seals. */
export interface AuditProof {
  readonly kind: AuditKind;
  readonly day: string;
  /** Rows under seals that hold, up to the first that does not. */
  readonly rows: number;
  /** Rows that are too new to be sealed. */
  readonly notSealed: number;
  /** `dropped`: its rows are past their time, and their seals are whole. */
  readonly verdict: 'intact' | 'dropped' | 'broken' | 'key-missing';
  /** The first row, or the first seal, that is not as it was. */
  readonly fault: AuditFault | { readonly seal: string } | null;
  /** The last hash of the day: who has noted it sees whether all of it was written anew. */
  readonly head: string | null;
}

/** What a line says of the walk and the step that it was said in, and of the record's versions: what its details have under these names. */
export const AUDIT_STEP_FIELDS = ['trace', 'attempt', 'tookMs', 'bytesRead', 'bytesWritten', 'versionRead', 'versionBefore', 'versionAfter'] as const;
export type AuditStepField = (typeof AUDIT_STEP_FIELDS)[number];

/** Those that a line has. A line that was received may have anything: what is neither text nor a number is left out. */
export function stepOfLine({ details }: Pick<AuditLine, 'details'>): Readonly<Partial<Record<AuditStepField, string | number>>> {
  const { step } = details;
  const all: Readonly<Record<string, unknown>> = { ...details, ...(typeof step === 'object' ? step : {}) };
  return Object.fromEntries(
    AUDIT_STEP_FIELDS.map((name) => [name, all[name]] as const).filter(([, value]) => typeof value === 'string' || typeof value === 'number'),
  );
}

/** The names of messages that a stage says. */
export const saidBy = (stage: StageName): readonly string[] => STAGES[stage].emits.map(({ name }) => name);

/** The aggregate that a category's records are: a patient and a person are one record. */
export const aggregateNamed = (category: string): string => (category === 'patient' ? 'person' : category === 'observation' ? 'obs' : category);

/** What lines have for an outcome. */
export const AUDIT_OUTCOMES: readonly string[] = [
  ...new Set([
    ...OUTCOMES,
    ...HELD_STATES,
    ...CHANGE_ENDS,
    ...ACCOUNT_OUTCOMES,
    ...EXPORT_OUTCOMES,
    ...CONFIGURATION_OUTCOMES,
    ...SEARCH_OUTCOMES,
    ...BODY_OUTCOMES,
  ]),
];

/** What a category may be called in a filter. */
export const AUDIT_CATEGORIES: readonly string[] = ['patient', 'observation', ...AGGREGATES];
