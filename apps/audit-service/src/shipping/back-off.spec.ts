import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backOff } from './back-off.js';

const TIMES = { firstMs: 10_000, atMostMs: 300_000 };

describe('the time until the next try', () => {
  it('doubles with each failure, up to a limit', () => {
    expect([1, 2, 3, 5, 6, 1000].map((failures) => backOff(failures, TIMES, 0))).toEqual([10_000, 20_000, 40_000, 160_000, 300_000, 300_000]);
  });

  it('differs by chance, by a fifth at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
        const [whole, chosen] = [backOff(failures, TIMES, 0), backOff(failures, TIMES, random)];
        expect(chosen).toBeGreaterThanOrEqual(0.8 * whole);
        expect(chosen).toBeLessThanOrEqual(whole);
      }),
    );
  });
});
