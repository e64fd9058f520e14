import { describe, expect, it } from '@jest/globals';
import { aboutRun } from './about-run.js';

const end = (requests: number, msPerRequest: number, atOnce = 6) => ({ requests, ms: requests * msPerRequest, bytes: 0, atOnce });

describe('how long a run that writes would take', () => {
  it('is what its looks and three requests more a write take at the slower end, as many at once as it may be asked', () => {
    const about = aboutRun({ source: end(1500, 100), target: end(1500, 100), records: 1500, writes: 1500, follow: 0 });
    // 1500 changed records took 129 s at that cap (docs/performance.md).
    expect(about).toEqual({
      seconds: 125,
      slowest: 'target',
      source: { requests: 1500, msPerRequest: 100, atOnce: 6 },
      target: { requests: 6000, msPerRequest: 100, atOnce: 6 },
    });
  });

  it('is set by the source where that is slower, and nothing is to be written', () => {
    expect(aboutRun({ source: end(600, 400), target: end(600, 20), records: 600, writes: 0, follow: 0 })).toMatchObject({ seconds: 50, slowest: 'source' });
  });

  it('is no less than a run takes records in, however fast the ends answer', () => {
    expect(aboutRun({ source: end(5000, 1), target: end(5000, 1), records: 5000, writes: 0, follow: 0 })).toMatchObject({ seconds: 50, slowest: null });
  });

  it('counts a second look at either end for what follows another record', () => {
    const about = aboutRun({ source: end(10, 50), target: end(10, 50), records: 10, writes: 10, follow: 4 });
    expect([about?.source.requests, about?.target.requests]).toEqual([14, 44]);
  });

  it('is less with a higher cap, and more the more is written', () => {
    const seconds = (writes: number, atOnce: number) =>
      aboutRun({ source: end(1000, 200, atOnce), target: end(1000, 200, atOnce), records: 1000, writes, follow: 0 })?.seconds ?? 0;
    expect(seconds(1000, 6)).toBeGreaterThan(seconds(100, 6));
    expect(Math.abs(2 * seconds(1000, 12) - seconds(1000, 6))).toBeLessThanOrEqual(1);
  });

  it('is not said where nothing was asked, nor of an end that was asked nothing', () => {
    expect(aboutRun({ source: end(0, 0), target: end(0, 0), records: 0, writes: 0, follow: 0 })).toBeNull();
    expect(aboutRun({ source: end(3, 100), target: end(0, 0), records: 3, writes: 0, follow: 0 })).toMatchObject({ seconds: 1, target: { msPerRequest: 0 } });
  });
});
