import { describe, expect, it } from '@jest/globals';
import { BugError, ContractError, LockedOutError, NotAllowedError, RefusedError, SiteDownError, TransientError } from '@sync-hub/contracts';
import { InProcessBus } from './in-process/in-process-bus.js';
import type { RunnerStore } from './runner-store.js';
import { conflictFound, recordChanged } from './testing/envelopes.js';
import type { MemoryRunnerStore } from './testing/memory-runner-store.js';
import { type BenchOptions, fetchBenches, runnerBench, watched } from './testing/runner-bench.js';
import { until } from './testing/until.js';
import { skip, type Verdict } from './verdict.js';

describe('the runner, when something fails', () => {
  const fetchBench = fetchBenches();

  describe('with a handler that throws', () => {
    const thrown = async (error: unknown, options: BenchOptions = {}) => {
      let calls = 0;
      const message = recordChanged();
      const bench = await fetchBench(async () => {
        calls += 1;
        throw error;
      }, options);
      return { bench, message, calls: () => calls };
    };
    const heldAs = async ({ bench, message }: Awaited<ReturnType<typeof thrown>>) => {
      await bench.say(message);
      await until('it is settled', () => bench.isSettled(message));
      return bench.store.settled.find(({ envelope }) => envelope.messageId === message.messageId)?.verdict;
    };

    it('tries again through the waiting rooms, and gives up visibly after the last', async () => {
      const given = await thrown(new TransientError('busy', 'busy'));
      expect(await heldAs(given)).toMatchObject({ kind: 'hold', held: 'parked', reason: 'gave-up', code: 'busy' });
      expect(given.calls()).toBe(6);
    }, 20_000);

    it.each([
      ['refused', 'http-400', new RefusedError('http-400', 'refused')],
      ['refused', 'not-allowed', new NotAllowedError('403')],
      ['broken', 'contract', new ContractError('wrong shape')],
      ['broken', 'bug', new BugError('cannot be')],
    ])('holds it at once as %s (%s)', async (reason, code, error) => {
      const given = await thrown(error);
      expect(await heldAs(given)).toMatchObject({ kind: 'hold', held: 'parked', reason, code });
      expect(given.calls()).toBe(1);
    });

    it('holds what nobody named as broken, after its attempts', async () => {
      const given = await thrown(new TypeError('Achieng is not a function'));
      expect(await heldAs(given)).toMatchObject({ kind: 'hold', reason: 'broken', code: 'unexpected' });
      expect(given.calls()).toBe(6);
    }, 20_000);

    it.each([
      ['down', new SiteDownError('no answer')],
      ['locked-out', new LockedOutError('401')],
    ] as const)('hands back by row, without an attempt, where the probe says %s', async (answer, error) => {
      const { bench, message } = await thrown(error);
      bench.health.answer = answer;
      await bench.say(message);
      await until('it is let go', () => bench.handled.length === 1);
      expect(bench.handled[0]?.as).toBe('handed-back');
      expect(bench.health.asked).toEqual(['kisumu']);
      expect((await bench.store.progressOf('fetch', [message])).get(message.messageId)).toEqual({ settled: false, attempts: 0 });
    });

    it('counts it against the record where the probe says that the site is well', async () => {
      const given = await thrown(new SiteDownError('no answer'));
      expect(await heldAs(given)).toMatchObject({ kind: 'hold', reason: 'gave-up', code: 'site-down' });
    }, 20_000);

    it("logs one safe line a failure that names site and record, without anybody else's text", async () => {
      const given = await thrown(Object.assign(new Error('duplicate key (given_name)=(Achieng)'), { parameters: ['Achieng'] }));
      await given.bench.say(given.message);
      await until('it failed once', () => given.bench.handled.length === 1);
      const failures = given.bench.lines.filter(({ event }) => event === 'stage-failed');
      expect(failures).toHaveLength(1);
      expect(failures[0]?.fields).toEqual({
        stage: 'fetch',
        site: 'kisumu',
        ...(given.message.payload['record'] as object),
        messageId: given.message.messageId,
        attempt: 1,
        next: 'put-off',
        code: 'unexpected',
        message: 'unexpected Error',
      });
      expect(JSON.stringify(given.bench.lines)).not.toMatch(/Achieng|given_name/);
    });

    it('tries to hold it again later where that cannot be committed', async () => {
      let refusals = 0;
      const seenAs = (store: MemoryRunnerStore): RunnerStore =>
        watched(store, {
          settle: () => {
            refusals += 1;
            if (refusals === 1) throw new Error('the database went away');
          },
        });
      const { bench, message } = await thrown(new BugError('cannot be'), { seenAs });
      await bench.say(message);
      await until('it is handed back', () => bench.handled.some(({ as }) => as === 'handed-back'));
      expect(await bench.isSettled(message)).toBe(false);
      await bench.bus.sendTo(bench.queue, message);
      await until('it is held', () => bench.isSettled(message));
    });

    it('is not troubled by a database that is away for a moment', async () => {
      let failures = 3;
      const sometimes = (): void => {
        failures -= 1;
        if (failures >= 0) throw new Error('the database is away');
      };
      const bench = await fetchBench(async () => skip('nothing'), {
        seenAs: (store) => watched(store, { progressOf: sometimes, putOff: sometimes }),
        options: { storeRetryMs: [1, 1, 1, 1] },
      });
      const message = recordChanged();
      await bench.say(message);
      await until('it is settled', () => bench.isSettled(message));
    });
  });

  describe('with a stage that has no row of its own', () => {
    it('parks a copy with its code, and settles the message', async () => {
      const bus = new InProcessBus({ secondInMs: 1 });
      const parked: string[] = [];
      const onParked = (_: string, messageId: string, code: string): void => void parked.push(`${messageId} ${code}`);
      const handle = async (): Promise<Verdict> => {
        throw new BugError('cannot be');
      };
      const bench = await runnerBench('open-conflict', { handle }, { bus, options: { onParked } });
      await bench.say(conflictFound());
      await until('it is parked', () => parked.length === 1);
      await until('it is settled', () => bench.store.settled.length === 1);
      expect(bench.store.settled[0]).toMatchObject({ verdict: { kind: 'skip', reason: 'bug' } });
      expect(bus.parked().map(({ code }) => code)).toEqual(['bug']);
      await bench.stop();
    });
  });
});
