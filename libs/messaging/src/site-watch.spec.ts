import { describe, expect, it } from '@jest/globals';
import { recordChanged } from './testing/envelopes.js';
import { fetchBenches, gate } from './testing/runner-bench.js';
import { until } from './testing/until.js';
import { skip } from './verdict.js';

describe('the runner, with sites', () => {
  const fetchBench = fetchBenches();

  describe('with sites', () => {
    it('stops the queue of a site that is down, hands back what it had not begun, and goes on when it is back', async () => {
      const { passed, open } = gate();
      const began: string[] = [];
      const bench = await fetchBench(
        async ({ changeId }) => {
          began.push(changeId);
          await passed;
          return skip('nothing');
        },
        { options: { slots: 1, prefetch: 3 } },
      );
      const messages = Array.from({ length: 5 }, () => recordChanged());
      await bench.say(...messages);
      await until('the first is begun', () => began.length === 1);
      bench.health.down.add('kisumu');
      const probe = recordChanged();
      await until('its queue is not consumed', async () => {
        const before = await bench.bus.depth(bench.queue);
        return before > 0;
      });
      await until('the circuit is seen', () => bench.runner.isPaused('kisumu'));
      open();
      await until('what was in hand is let go', () => bench.handled.length === 3);
      expect(bench.handled.filter(({ as }) => as === 'handed-back').map(({ code }) => code)).toEqual(['site-down', 'site-down']);
      expect(began).toHaveLength(1);
      expect(await bench.bus.depth(bench.queue)).toBe(2);
      bench.health.down.clear();
      await bench.say(probe);
      await until('the rest is settled', () => bench.isSettled(probe, ...messages.slice(3)));
    });

    it('lets a site that rests be, ends what is in hand, and goes on when it is to be asked again', async () => {
      const { passed, open } = gate();
      let begun = 0;
      const bench = await fetchBench(
        async () => {
          begun += 1;
          await passed;
          return skip('nothing');
        },
        { options: { slots: 1, prefetch: 3 } },
      );
      const messages = Array.from({ length: 3 }, () => recordChanged());
      await bench.say(...messages);
      await until('one is begun, and the others are in hand', () => begun === 1);
      bench.health.resting.add('kisumu');
      await until('its windows are seen to be closed', () => bench.runner.isPaused('kisumu'));
      open();
      await until('what was in hand is let go', () => bench.handled.length === 3);
      expect(bench.handled.map(({ as, code }) => `${as} ${code}`).sort()).toEqual(['handed-back site-rests', 'handed-back site-rests', 'skip ']);
      expect(bench.health.asked).toEqual([]);
      bench.health.resting.clear();
      const later = recordChanged();
      await bench.say(later);
      await until('what comes then is settled', () => bench.isSettled(later));
    });

    it('keeps other sites going while one is slow', async () => {
      const { passed, open } = gate();
      const bench = await fetchBench(
        async ({ site }) => {
          if (site === 'siaya') await passed;
          return skip('nothing');
        },
        { options: { slots: 2, prefetch: 4 } },
      );
      const slow = Array.from({ length: 50 }, () => recordChanged('siaya'));
      const quick = Array.from({ length: 50 }, () => recordChanged('kisumu'));
      await bench.say(...slow, ...quick);
      await until('the other site is done', () => bench.isSettled(...quick));
      expect(await bench.isSettled(...slow.slice(0, 1))).toBe(false);
      open();
      await until('the slow one too', () => bench.isSettled(...slow));
    });

    it('handles no more at once than it has slots for a site', async () => {
      let now = 0;
      let most = 0;
      const bench = await fetchBench(
        async () => {
          now += 1;
          most = Math.max(most, now);
          await new Promise((resolve) => setImmediate(resolve));
          now -= 1;
          return skip('nothing');
        },
        { options: { slots: 3, prefetch: 50 } },
      );
      const messages = Array.from({ length: 60 }, () => recordChanged());
      await bench.say(...messages);
      await until('all are settled', () => bench.isSettled(...messages));
      expect(most).toBe(3);
    });
  });
});
