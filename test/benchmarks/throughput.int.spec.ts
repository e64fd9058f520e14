import { describe, expect, it, jest } from '@jest/globals';
import { callsPerRecord, report, withNumbers } from './report.js';
import { measure } from './throughput.js';

jest.setTimeout(900_000);

const RECORDS = 20;
/** Separate services too, in a long run (`SYNC_HUB_CHAOS`): seven processes take longer to start than all else here. */
const HAS_SERVICES = process.env['SYNC_HUB_CHAOS'] !== undefined;
const SHAPES = HAS_SERVICES ? (['standalone', 'services'] as const) : (['standalone'] as const);

describe('the benchmark', () => {
  it('measures the hub, the bare loop and Sync 2.0’s way, and leaves nothing out of its report', async () => {
    const results = await measure({
      records: RECORDS,
      shapes: SHAPES,
      inFlight: [6],
      oneAtATime: 3,
      trickle: { changes: 5, everyMs: 100 },
      asInTheField: false,
      say: () => undefined,
    });
    for (const { bursts, lagsMs } of results.hubs) {
      expect(lagsMs.filter((ms) => ms > 0)).toHaveLength(5);
      for (const burst of bursts) {
        // Counts, not times: one request a purpose, and hardly one more where a message came twice.
        expect(callsPerRecord(burst)).toBeLessThan(5.2);
        expect(burst.purposes.get('look at the child')).toBeGreaterThanOrEqual(RECORDS);
        expect(burst.purposes.get('write')).toBe(RECORDS);
      }
    }
    expect(results.bareLoops.map(({ calls }) => calls >= 5 * RECORDS)).toEqual([true]);
    expect(results.sync2.calls).toBe(3 * 6 + 1);
    const page = withNumbers(
      '<!-- measured by "npm run bench -- --write": begin --><!-- measured by "npm run bench -- --write": end -->',
      report(results, [['date', 'today']]),
    );
    for (const part of [
      'bare loop',
      'standalone',
      ...(HAS_SERVICES ? ['separate services', 'feed-watcher', 'pusher'] : []),
      "Sync 2.0's way",
      'p95',
      'simulated sites',
      '**the hub in all**',
    ])
      expect(page).toContain(part);
    expect(page).not.toMatch(/NaN|undefined|Infinity/);
  });
});
