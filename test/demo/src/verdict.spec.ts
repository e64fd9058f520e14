import { describe, expect, it } from '@jest/globals';
import { type Findings, verdictOf } from './verdict.js';

const well: Findings = { differences: [], held: [], records: 31, pushes: 1024, seconds: 14.26, requests: 2104 };
const difference = { record: 'person/1', field: 'names', sites: [['central'], ['kisumu', 'siaya']] };
const held = { what: 'patient 1 from kisumu to central', why: 'conflict (both-edited)' };

describe('the verdict', () => {
  it('is 0 only where all agree, nothing is held, and there was something to compare', () => {
    expect(verdictOf(well).exitCode).toBe(0);
    for (const finding of [{ differences: [difference] }, { held: [held] }, { records: 0 }]) expect(verdictOf({ ...well, ...finding }).exitCode).toBe(1);
  });

  it('counts records, pushes, seconds and requests', () => {
    expect(verdictOf(well).lines).toContain('  31 records, 1,024 pushes, 14.3 s, 2,104 requests to the sites');
  });

  it('names what differs and what is held, and how many more', () => {
    const { lines } = verdictOf({ ...well, differences: Array.from({ length: 42 }, () => difference), held: [held] });
    expect(lines).toEqual(expect.arrayContaining(['  Not the same: 42', '    person/1 names: central, against kisumu and siaya', '    and 2 more']));
    expect(lines).toEqual(expect.arrayContaining(['  Held or open: 1', '    patient 1 from kisumu to central: conflict (both-edited)']));
  });
});
