import type { AuditFormat, AuditLine } from '@sync-hub/contracts';
import { auditCsv, auditCsvHead } from './audit-csv.js';
import { auditEvent } from './audit-fhir.js';

/** How lines are written in a format. */
export interface AuditWriter {
  /** What stands above them, if anything does. */
  readonly head: string | null;
  readonly line: (line: AuditLine) => string;
}

/** `instance` is what this instance calls itself. */
export function auditWriter(format: AuditFormat, instance: string): AuditWriter {
  switch (format) {
    case 'csv':
      return { head: auditCsvHead(), line: auditCsv };
    case 'ndjson':
      return { head: null, line: (line) => JSON.stringify(line) };
    case 'fhir':
      return { head: null, line: (line) => JSON.stringify(auditEvent(line, instance)) };
  }
}
