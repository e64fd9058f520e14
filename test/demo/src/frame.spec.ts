import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { frameOf, type ScreenModel } from './frame.js';
import type { ShownRow } from './shown-row.js';

const row: ShownRow = {
  record: 'location 1ce1b7d4',
  from: 'Kisumu clinic',
  to: 'Siaya clinic',
  outcome: 'metadata is missing at the site',
  tone: 'bad',
  seconds: 12.34,
};
const full: ScreenModel = {
  progress: 'People change something every two seconds. Ctrl-C stops it all.',
  places: {
    console: 'http://127.0.0.1:43143',
    conflicts: 'http://127.0.0.1:43143/conflicts#token=0123456789abcdefABCDEF',
    logs: `/tmp/${'a-long-folder/'.repeat(12)}hub.log`,
  },
  counts: { onTheWay: 3, arrived: 1042, held: 1, typicalSeconds: 0.71 },
  rows: Array.from({ length: 60 }, (_, index) => ({ ...row, seconds: index })),
  deeds: ['Central registers patient 311a366c', 'Siaya clinic changes the phone of patient 63620d49'],
};

describe('the screen of the demo', () => {
  it.each([
    [80, 24],
    [100, 32],
    [200, 60],
    [72, 20],
    [40, 20],
  ])('fits into %i columns and %i rows, and shows the latest', (columns, rows) => {
    const lines = frameOf(full, { columns, rows, colours: true }).map(stripVTControlCharacters);
    expect(lines.length).toBeLessThan(rows);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(lines.some((line) => line.endsWith(' 59.0'))).toBe(columns > 70);
  });

  it('says in colours nothing that it does not say in words', () => {
    const size = { columns: 100, rows: 30 };
    const plain = frameOf(full, { ...size, colours: false });
    expect(plain.join('')).not.toContain('\u001b');
    expect(frameOf(full, { ...size, colours: true }).map(stripVTControlCharacters)).toEqual(plain);
  });

  it('paints what needs somebody red, and what arrived green', () => {
    const lines = frameOf({ ...full, rows: [row, { ...row, outcome: 'written', tone: 'good' }] }, { columns: 120, rows: 30, colours: true }).join('\n');
    expect(lines).toContain('\u001b[31mmetadata is missing');
    expect(lines).toContain('\u001b[32mwritten');
  });
});
