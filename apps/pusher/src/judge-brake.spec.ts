import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { judgeBrake, NEVER_A_SHARE } from './judge-brake.js';

const LIMITS = { voidsPerHour: 20, percentOfCategory: 5 };

describe('the brake', () => {
  it.each([
    ['lets the last void within the hour pass', { lastHour: 20, lastDayOfKind: 20, agreedOfKind: 10_000 }, null],
    ['stops the first beyond it', { lastHour: 21, lastDayOfKind: 21, agreedOfKind: 10_000 }, 'voids-per-hour'],
    ['lets a share at its limit pass', { lastHour: 2, lastDayOfKind: 10, agreedOfKind: 200 }, null],
    ['stops a share beyond its limit, however slowly it comes', { lastHour: 1, lastDayOfKind: 11, agreedOfKind: 200 }, 'percent-of-category'],
    ['takes a few of few for no share', { lastHour: NEVER_A_SHARE, lastDayOfKind: NEVER_A_SHARE, agreedOfKind: 6 }, null],
    ['stops more than a few of few', { lastHour: 6, lastDayOfKind: 6, agreedOfKind: 6 }, 'percent-of-category'],
  ] as const)('%s', (_, counts, expected) => {
    expect(judgeBrake(counts, LIMITS)).toBe(expected);
  });

  it('never opens by one more void, and never lets more than an hour’s number pass', () => {
    const count = fc.integer({ min: 0, max: 1000 });
    fc.assert(
      fc.property(count, count, fc.integer({ min: 0, max: 5000 }), (lastHour, lastDayOfKind, agreedOfKind) => {
        const now = judgeBrake({ lastHour, lastDayOfKind, agreedOfKind }, LIMITS);
        const next = judgeBrake({ lastHour: lastHour + 1, lastDayOfKind: lastDayOfKind + 1, agreedOfKind }, LIMITS);
        expect(now !== null && next === null).toBe(false);
        expect(now === null && lastHour > LIMITS.voidsPerHour).toBe(false);
      }),
      { seed: 20 },
    );
  });
});
