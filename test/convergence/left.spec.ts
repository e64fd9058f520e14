import { describe, expect, it } from '@jest/globals';
import type { Shown } from './answering.js';
import { leftAsSeen, wasSeenToDiffer } from './left.js';

const dismissed = (how: Shown['how'], { reason = 'both-edited', child = 'M' } = {}): Shown => ({
  ...{ id: 'c', link: 'kisumu', record: 'person/p', reason, fields: ['gender'], overwritten: [], takesAlong: [], at: new Date(0), choices: [], answerId: null },
  ...{ parent: { presence: 'present', fields: { gender: 'F' } }, child: { presence: 'present', fields: { gender: child } }, how },
});
const holding = (gender: string) => new Map([['gender', gender]]);

describe('what two ends hold that differs, and that nobody is asked about', () => {
  const seen = (shown: readonly Shown[], above: string, below: string): boolean =>
    wasSeenToDiffer(leftAsSeen(shown).get('kisumu person/p'), 'gender', holding(above), holding(below));

  it('may stand where somebody dismissed it who was shown both', () => {
    expect(seen([dismissed('dismissed')], 'F', 'M')).toBe(true);
  });

  it.each<readonly [string, readonly Shown[], string, string]>([
    ['nobody was shown it', [], 'F', 'M'],
    ['one end holds something else since', [dismissed('dismissed')], 'F', 'X'],
    ['it was answered after that', [dismissed('dismissed'), dismissed('answered')], 'F', 'M'],
    ['it came too late', [dismissed('came-too-late')], 'F', 'M'],
    ['it was what a write had overwritten', [dismissed('dismissed', { reason: 'overwritten' })], 'F', 'M'],
  ])('is a fault where %s', (_why, shown, above, below) => {
    expect(seen(shown, above, below)).toBe(false);
  });
});
