import type { ConflictReportRow } from '@sync-hub/contracts';

/** How many were opened and closed, of what. */
export interface Sum {
  readonly name: string;
  readonly opened: number;
  readonly closed: number;
}

export type Span = 'week' | 'month';

const SPANS_SHOWN = 12;

/** By a name that each row has; the most first. */
export function sumsBy(rows: readonly ConflictReportRow[], nameOf: (row: ConflictReportRow) => string): readonly Sum[] {
  const sums = new Map<string, Sum>();
  for (const row of rows) {
    const name = nameOf(row);
    const sum = sums.get(name) ?? { name, opened: 0, closed: 0 };
    sums.set(name, { name, opened: sum.opened + row.opened, closed: sum.closed + row.closed });
  }
  return [...sums.values()].sort((a, b) => b.opened + b.closed - a.opened - a.closed || (a.name < b.name ? -1 : 1));
}

/** Each span of those that are shown, with nothing where nothing was; the latest last. Spans begin in UTC, a week on Monday. */
export function sumsOverTime(rows: readonly ConflictReportRow[], span: Span, now: Date): readonly Sum[] {
  const byDay = new Map(sumsBy(rows, ({ from }) => from).map((sum) => [sum.name, sum]));
  return spansUntil(span, now).map((from) => byDay.get(from) ?? { name: from, opened: 0, closed: 0 });
}

/** The first day of each span that is shown. */
export function spansUntil(span: Span, now: Date): readonly string[] {
  const year = now.getUTCFullYear();
  const monday = now.getUTCDate() - ((now.getUTCDay() + 6) % 7);
  return Array.from({ length: SPANS_SHOWN }, (_, index) => {
    const back = SPANS_SHOWN - 1 - index;
    const first = span === 'month' ? Date.UTC(year, now.getUTCMonth() - back, 1) : Date.UTC(year, now.getUTCMonth(), monday - 7 * back);
    return new Date(first).toISOString().slice(0, 10);
  });
}
