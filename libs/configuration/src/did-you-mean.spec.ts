import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { didYouMean, slipsBetween } from './did-you-mean.js';

describe('did you mean', () => {
  it.each([
    ['pul', 'pull'],
    ['psuh', 'push'],
    ['PUSH', 'push'],
    ['pusch', 'push'],
    ['xyz', null],
    ['', null],
  ])('takes %s for %s', (word, meant) => expect(didYouMean(word, ['pull', 'push', 'catchment'])).toBe(meant));

  it('counts slips the same both ways, none between equal words, and one for any single slip', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.nat(), (a, b, at) => {
        expect(slipsBetween(a, a)).toBe(0);
        expect(slipsBetween(a, b)).toBe(slipsBetween(b, a));
        expect(slipsBetween(a, `${a.slice(0, at)}\u0000${a.slice(at)}`)).toBe(1);
      }),
    );
  });
});
