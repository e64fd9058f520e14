import { describe, expect, it } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { keptLog } from '@sync-hub/observability/testing';
import { Periodic } from './periodic.js';

describe('periodic work', () => {
  it('that is done once a day is tried again soon after it failed, and told of each time', async () => {
    const kept = keptLog();
    let tries = 0;
    const work = new Periodic(
      'feed-patient',
      86_400_000,
      async () => {
        tries += 1;
        if (tries < 4) throw new Error('no');
      },
      kept.log,
      1,
    );
    work.start();
    await until('it went well', () => tries === 4);
    await work.stop();
    expect(kept.lines().filter(({ event }) => event === 'periodic-work-failed')).toHaveLength(3);
  });
});
