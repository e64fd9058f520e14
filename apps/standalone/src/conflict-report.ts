import { parseArgs } from 'node:util';
import type { ConflictReportRow } from '@sync-hub/contracts';
import { ConflictReportRepository, type Database, REPORT_SPANS, type ReportSpan } from '@sync-hub/persistence';

type Say = (line: string) => void;

export const CONFLICT_REPORT_USAGE = `conflict report [--by week|month] [--since 2026-01-01] [--json | --csv]
    conflicts that were opened and closed, by link, category, field and who answered; a conflict counts once for each of its fields, and none of its values is said`;

const OPTIONS = { by: { type: 'string' }, since: { type: 'string' }, json: { type: 'boolean' }, csv: { type: 'boolean' } } as const;

interface Given {
  readonly span: ReportSpan;
  readonly since: Date | null;
  readonly as: 'lines' | 'json' | 'csv';
}

/** Conflicts over time. Answers with the exit code. */
export async function reportConflicts(args: readonly string[], database: Database, say: Say): Promise<number> {
  const given = parsed(args);
  if (given === null) {
    say(CONFLICT_REPORT_USAGE);
    return 1;
  }
  const rows = await new ConflictReportRepository(database).read(given.span, given.since);
  if (given.as === 'json') say(JSON.stringify(rows, null, 2));
  else for (const line of given.as === 'csv' ? csvLines(rows) : reportLines(rows, given.span)) say(line);
  return 0;
}

function parsed(args: readonly string[]): Given | null {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    const span = REPORT_SPANS.find((one) => one === (values.by ?? 'week'));
    const since = values.since === undefined ? null : new Date(`${values.since}T00:00:00Z`);
    const isDay = values.since === undefined || (/^\d{4}-\d\d-\d\d$/.test(values.since) && !Number.isNaN(since?.getTime()));
    if (span === undefined || !isDay || (values.json === true && values.csv === true)) return null;
    return { span, since, as: values.json === true ? 'json' : values.csv === true ? 'csv' : 'lines' };
  } catch {
    return null;
  }
}

const COLUMNS = ['from', 'link', 'category', 'field', 'by', 'opened', 'closed'] as const satisfies readonly (keyof ConflictReportRow)[];

/** A table in plain text, its columns in line. */
export function reportLines(rows: readonly ConflictReportRow[], span: ReportSpan): readonly string[] {
  if (rows.length === 0) return ['There were no conflicts.'];
  const table = [[span, ...COLUMNS.slice(1)], ...rows.map((row) => COLUMNS.map((column) => String(row[column] ?? '-')))];
  const widths = COLUMNS.map((_, index) => Math.max(...table.map((cells) => cells[index]?.length ?? 0)));
  return table.map((cells) =>
    cells
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** RFC 4180, with a line of names. What a spreadsheet would take for a formula stays text. */
export const csvLines = (rows: readonly ConflictReportRow[]): readonly string[] => [
  COLUMNS.join(','),
  ...rows.map((row) => COLUMNS.map((column) => csvCell(String(row[column] ?? ''))).join(',')),
];

function csvCell(text: string): string {
  const plain = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
