import type { ImitatedAnswer } from './rest-imitation.js';
import { type Clock, changeRow, isLive, newRow, Refused, type Row, requireKnown } from './rest-row.js';

/** States of an enrollment, as core validates them at every save of any of them: none over another, one open at most. */
export function applyToState(clock: Clock, states: Row[], body: Row, item: string | undefined): ImitatedAnswer {
  requireKnown(body, item === undefined ? ['uuid', 'state', 'startDate', 'endDate'] : ['startDate', 'endDate', 'voided']);
  const row = item === undefined ? newRow(clock, { voided: false, startDate: null, endDate: null, ...body }) : states.find(({ uuid }) => uuid === item);
  if (row === undefined) throw new Refused(404);
  if (item === undefined && states.some(({ uuid }) => uuid === row['uuid'])) throw new Refused(500);
  if (overlap([...states.filter((one) => one !== row), { ...row, ...body }])) throw new Refused(400);
  if (item === undefined) states.push(row);
  else changeRow(clock, row, body);
  return { status: item === undefined ? 201 : 200, uuid: row['uuid'] as string };
}

function overlap(rows: readonly Row[]): boolean {
  const spans = rows.filter(isLive).map(({ startDate, endDate }) => ({ start: String(startDate ?? ''), end: String(endDate ?? '9999') }));
  const sorted = spans.sort((a, b) => (a.start < b.start ? -1 : 1));
  return sorted.some(({ start, end }, index) => end < start || (sorted[index + 1] !== undefined && String(sorted[index + 1]?.start) < end));
}
