import { describe, expect, it } from '@jest/globals';
import type { ConflictReportRow } from '@sync-hub/contracts';
import { spansUntil, sumsBy, sumsOverTime } from './sums.js';

const row = (from: string, link: string, opened: number, closed: number): ConflictReportRow => ({
  from,
  link,
  category: 'patient',
  aggregate: 'person',
  field: 'gender',
  by: null,
  opened,
  closed,
});
const ROWS = [row('2026-11-02', 'siaya', 1, 0), row('2026-11-09', 'kisumu', 2, 1), row('2026-11-09', 'siaya', 4, 0)];

describe('the numbers of a report', () => {
  it('are summed by what they are of, the most first', () => {
    expect(sumsBy(ROWS, ({ link }) => link)).toEqual([
      { name: 'siaya', opened: 5, closed: 0 },
      { name: 'kisumu', opened: 2, closed: 1 },
    ]);
  });

  it('have a place for each week until now, those with nothing too', () => {
    const weeks = sumsOverTime(ROWS, 'week', new Date('2026-11-15T23:59:59Z'));
    expect(weeks).toHaveLength(12);
    expect(weeks.slice(-3)).toEqual([
      { name: '2026-10-26', opened: 0, closed: 0 },
      { name: '2026-11-02', opened: 1, closed: 0 },
      { name: '2026-11-09', opened: 6, closed: 1 },
    ]);
  });

  it.each([
    ['week', '2026-11-15T23:59:59Z', '2026-08-24', '2026-11-09'],
    ['week', '2026-11-16T00:00:00Z', '2026-08-31', '2026-11-16'],
    ['month', '2026-02-28T12:00:00Z', '2025-03-01', '2026-02-01'],
    ['month', '2026-03-31T12:00:00Z', '2025-04-01', '2026-03-01'],
  ] as const)('by %s are of twelve until %s', (span, now, first, last) => {
    const spans = spansUntil(span, new Date(now));
    expect([spans.length, spans[0], spans.at(-1)]).toEqual([12, first, last]);
  });
});
