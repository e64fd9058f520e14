import { describe, expect, it } from '@jest/globals';
import { TransientError } from '@sync-hub/contracts';
import { recordChanged } from './testing/envelopes.js';
import { fetchBenches, gate } from './testing/runner-bench.js';
import { until } from './testing/until.js';
import { forward, postpone, skip } from './verdict.js';

type Handle = Parameters<ReturnType<typeof fetchBenches>>[0];

describe('the runner, with claims', () => {
  const fetchBench = fetchBenches();

  describe('with claims', () => {
    it('gives them back with the verdict, and with the failure', async () => {
      const message = recordChanged();
      let fails = true;
      const bench = await fetchBench(async ({ record, site }, { claim }) => {
        if ((await claim(site, record)) === null) return postpone('claimed', 1);
        if (!fails) return skip('nothing');
        fails = false;
        throw new TransientError('busy', 'busy');
      });
      const free = (): Promise<boolean> => bench.store.claim('somebody#else', 'kisumu', message.payload['record'] as never, 0);
      await bench.say(message);
      await until('it failed once', () => bench.handled.length === 1);
      expect(await free()).toBe(true);
      await until('it is settled', () => bench.isSettled(message));
      expect(await free()).toBe(true);
    });

    it('answers null where another holds the record', async () => {
      const message = recordChanged();
      const answers: boolean[] = [];
      const bench = await fetchBench(async ({ record, site }, { claim }) => {
        answers.push((await claim(site, record)) === null);
        return postpone('claimed', 60);
      });
      await bench.store.claim('somebody#else', 'kisumu', message.payload['record'] as never, 60);
      await bench.say(message);
      await until('it is let go', () => bench.handled.length === 1);
      expect(answers).toEqual([true]);
    });

    it('forbids another request when the lease is too near its end, and commits nothing decided under it', async () => {
      let checks = 0;
      let effects = 0;
      const handle: Handle = async ({ record, site }, { claim }) => {
        const held = await claim(site, record);
        try {
          held?.check();
        } catch {
          checks += 1;
        }
        return forward(async () => {
          effects += 1;
        });
      };
      const bench = await fetchBench(handle, { options: { lease: { seconds: 1, requestSeconds: 35 } } });
      const message = recordChanged();
      await bench.say(message);
      await until('it is put off', () => bench.handled.some(({ as, code }) => as === 'put-off' && code === 'lost-claim'));
      expect([checks > 0, effects]).toEqual([true, 0]);
    });
  });

  describe('with a handler that does not end', () => {
    it('takes the message from it, and leaves its claims to the end of their lease', async () => {
      const message = recordChanged();
      const { passed, open } = gate();
      const late: unknown[] = [];
      const bench = await fetchBench(
        async ({ record, site }, { claim, signal }) => {
          const held = await claim(site, record);
          await passed;
          try {
            held?.check();
          } catch (error) {
            late.push((error as TransientError).code, signal.aborted);
          }
          return skip('late');
        },
        { options: { handlerSeconds: 0.05, slots: 1 } },
      );
      await bench.say(message);
      await until('it is let go', () => bench.handled.some(({ code }) => code === 'handler-timeout'));
      expect(await bench.store.claim('somebody#else', 'kisumu', message.payload['record'] as never, 1)).toBe(false);
      open();
      await until('the handler ends', () => late.length > 0);
      expect(late.slice(0, 2)).toEqual(['lost-claim', true]);
    });
  });
});
