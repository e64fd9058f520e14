import { AUDIT_STEP_FIELDS, type AuditLine, stepOfLine } from '@sync-hub/contracts';

export const AUDIT_COLUMNS = [
  'recordedAt',
  'saidAt',
  'origin',
  'id',
  'type',
  'site',
  'link',
  'aggregate',
  'uuid',
  'outcome',
  'reason',
  'correlationId',
  'messageId',
  'details',
] as const satisfies readonly (keyof AuditLine)[];

/** The line of names above lines of CSV. */
export const auditCsvHead = (): string => [...AUDIT_COLUMNS, ...AUDIT_STEP_FIELDS].join(',');

/** A line of the audit as RFC 4180 has it, without its end. What a spreadsheet would take for a formula stays text. */
export function auditCsv(line: AuditLine): string {
  const step = stepOfLine(line);
  return [...AUDIT_COLUMNS.map((column) => textOf(line[column])), ...AUDIT_STEP_FIELDS.map((name) => String(step[name] ?? ''))].map(cell).join(',');
}

const textOf = (value: AuditLine[keyof AuditLine]): string => (value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));

function cell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
