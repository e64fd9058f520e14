import { describe, expect, it } from '@jest/globals';
import type { Open } from './hub-database.js';
import { heldForNoReason, onLink, waitsBehind } from './waits.js';

const waiting = (record: string, ...missing: readonly string[]): Open => ({
  what: 'job kisumu pull',
  record,
  state: 'waiting',
  reason: 'reference',
  code: 'missing-reference',
  details: { missing },
});
const asked = (record: string, link = 'kisumu') => onLink(link, record);
const faults = (open: readonly Open[], forAPerson: readonly string[]) => heldForNoReason(open, waitsBehind(open, forAPerson));

describe('what waits at the end of a run', () => {
  const [visit, encounter] = [waiting('visit/v', 'patient/p'), waiting('encounter/e', 'visit/v', 'patient/p')];

  it('waits for a reason where somebody is asked about what it waits for, or about what that waits for', () => {
    expect(faults([encounter, visit], [asked('person/p')])).toEqual([]);
    expect([...waitsBehind([encounter, visit], [asked('person/p')])].sort()).toEqual(['kisumu encounter/e', 'kisumu visit/v']);
  });

  it('waits for none where nobody is asked, or on another link, or about something else', () => {
    for (const conflicts of [[], [asked('person/p', 'siaya')], [asked('person/q')]]) expect(faults([encounter, visit], conflicts)).toHaveLength(2);
    expect(faults([waiting('encounter/e', 'patient/p', 'visit/w')], [asked('person/p')])).toHaveLength(1);
    expect(faults([{ ...visit, state: 'parked', reason: 'gave-up' }], [asked('person/p')])).toHaveLength(1);
    expect(faults([{ ...visit, state: 'conflict' }], [])).toEqual([]);
  });
});
