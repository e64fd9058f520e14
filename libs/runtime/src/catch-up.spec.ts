import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { catchUpSeconds, type Pace, rateOf } from './catch-up.js';

const ten: Pace = { ended: 101, seconds: 10, lastAgoSeconds: 1 };

describe('when what waits is done', () => {
  it('is as fast as it went lately', () => {
    expect(catchUpSeconds({ changes: 0, looks: null, jobs: 300, work: ten })).toBe(30);
    expect(catchUpSeconds({ changes: 200, looks: ten, jobs: 100, work: ten })).toBe(30);
    expect(catchUpSeconds({ changes: 0, looks: null, jobs: 0, work: null })).toBe(0);
  });

  it.each([
    ['nothing ended lately', null],
    ['too little did', { ended: 4, seconds: 2, lastAgoSeconds: 1 }],
    ['it has stalled', { ended: 400, seconds: 20, lastAgoSeconds: 31 }],
  ])('is not known where %s', (_, work) => {
    expect([rateOf(work), catchUpSeconds({ changes: 0, looks: ten, jobs: 1, work })]).toEqual([null, null]);
    expect(catchUpSeconds({ changes: 1, looks: work, jobs: 0, work: ten })).toBe(null);
  });

  it('is never sooner for more, and never told as done while anything waits', () => {
    const some = fc.record({
      ended: fc.integer({ min: 5, max: 5000 }),
      seconds: fc.integer({ min: 0, max: 120 }),
      lastAgoSeconds: fc.integer({ min: 0, max: 30 }),
    });
    fc.assert(
      fc.property(some, some, fc.nat(100_000), fc.nat(100_000), fc.nat(1000), (looks, work, changes, jobs, more) => {
        const at = (extra: number): number => catchUpSeconds({ changes: changes + extra, looks, jobs: jobs + extra, work }) ?? -1;
        expect(at(more)).toBeGreaterThanOrEqual(at(0));
        expect(at(1)).toBeGreaterThan(0);
      }),
    );
  });
});
