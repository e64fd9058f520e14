import type { Difference } from './agreement-of-sites.js';
import type { Held } from './hub-watch.js';

/** What a run came to, counted. */
export interface Findings {
  readonly differences: readonly Difference[];
  /** Held, or open though nothing should be. */
  readonly held: readonly Held[];
  readonly records: number;
  readonly pushes: number;
  readonly seconds: number;
  readonly requests: number;
}

const MOST_LINES = 40;

/** Did it go well, and the summary for people: counts, ids and names of fields only. */
export function verdictOf({ differences, held, records, pushes, seconds, requests }: Findings): {
  readonly exitCode: 0 | 1;
  readonly lines: readonly string[];
} {
  const isWell = differences.length === 0 && held.length === 0 && records > 0;
  const number = (count: number): string => count.toLocaleString('en-GB');
  return {
    exitCode: isWell ? 0 : 1,
    lines: [
      '',
      isWell ? 'All sites agree on every record, and nothing is held.' : 'The sites do not agree.',
      `  ${number(records)} records, ${number(pushes)} pushes, ${seconds.toFixed(1)} s, ${number(requests)} requests to the sites`,
      ...list('Held or open', held, ({ what, why }) => `${what}: ${why}`),
      ...list('Not the same', differences, ({ record, field, sites }) => `${record} ${field}: ${sites.map((group) => group.join(' and ')).join(', against ')}`),
      ...(records === 0 ? ['  There was no record to compare.'] : []),
    ],
  };
}

function list<One>(title: string, all: readonly One[], line: (one: One) => string): string[] {
  if (all.length === 0) return [];
  const more = all.length > MOST_LINES ? [`    and ${all.length - MOST_LINES} more`] : [];
  return [`  ${title}: ${all.length}`, ...all.slice(0, MOST_LINES).map((one) => `    ${line(one)}`), ...more];
}
