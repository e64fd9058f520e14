import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { RecordFetched, TransientError } from '@sync-hub/contracts';
import type { RunnerStore } from './runner-store.js';
import { recordChanged } from './testing/envelopes.js';
import type { MemoryRunnerStore, MemoryTx } from './testing/memory-runner-store.js';
import { fetchBenches, gate, watched } from './testing/runner-bench.js';
import { until } from './testing/until.js';
import { forward, postpone, skip } from './verdict.js';

type Handle = Parameters<ReturnType<typeof fetchBenches>>[0];

describe('the runner', () => {
  const fetchBench = fetchBenches();

  describe('with a verdict', () => {
    it('commits it, publishes what was said, marks it sent and acks', async () => {
      const message = recordChanged();
      const said: string[] = [];
      const bench = await fetchBench(async ({ changeId, round, record, site }) =>
        forward(async (tx) => tx.say(RecordFetched, changeId, { changeId, round, record, site, snapshot: randomUUID() })),
      );
      await bench.bus.consume({ stage: 'map', site: null }, 1, ({ envelope, ack }) => {
        said.push(envelope.messageId);
        ack();
      });
      await bench.say(message);
      await until('the fetched record is heard of', () => said.length === 1);
      expect(said).toEqual([`record.fetched.v1:${message.correlationId}:1`]);
      await until('it is let go', () => bench.handled.length === 1);
      expect(bench.handled[0]).toMatchObject({ stage: 'fetch', site: 'kisumu', as: 'forward' });
      const rows = await bench.store.unsettled(100, { sentBefore: new Date(Date.now() + 1000), lyingIn: [] });
      expect(rows.filter(({ stage }) => stage === 'map').map(({ sentAt }) => sentAt === null)).toEqual([false]);
    });

    it('commits many in few transactions', async () => {
      const groups: number[] = [];
      const seenAs = (store: MemoryRunnerStore): RunnerStore => watched(store, { settle: (settlements) => void groups.push(settlements) });
      const bench = await fetchBench(async () => skip('nothing'), { seenAs, options: { slots: 100 } });
      const messages = Array.from({ length: 200 }, () => recordChanged());
      await bench.say(...messages);
      await until('all are settled', () => bench.isSettled(...messages));
      expect(groups.length).toBeLessThan(20);
      expect(Math.max(...groups)).toBeLessThanOrEqual(50);
    });

    it('goes row by row where a group fails, and only the bad one is put off', async () => {
      const [good, bad, other] = [recordChanged(), recordChanged(), recordChanged()];
      const handle: Handle = async ({ changeId }) =>
        forward(async () => {
          if (changeId === bad.correlationId) throw new TransientError('deadlock', 'a deadlock');
        });
      const groups: number[] = [];
      const bench = await fetchBench(handle, { seenAs: (store) => watched(store, { settle: (settlements) => void groups.push(settlements) }) });
      await bench.say(good, bad, other);
      await until('the bad one is put off', async () => ((await bench.store.progressOf('fetch', [bad])).get(bad.messageId)?.attempts ?? 0) > 0);
      expect(groups.slice(0, 4)).toEqual([3, 1, 1, 1]);
      const progress = await bench.store.progressOf('fetch', [good, other]);
      expect([good, other].map(({ messageId }) => progress.get(messageId))).toEqual([
        { settled: true, attempts: 0 },
        { settled: true, attempts: 0 },
      ]);
    });

    it('hands back by row what is postponed, which costs no attempt', async () => {
      const bench = await fetchBench(async () => postpone('busy', 60));
      const message = recordChanged();
      await bench.say(message);
      await until('it is let go', () => bench.handled.length === 1);
      expect(bench.handled[0]).toMatchObject({ as: 'handed-back', code: 'busy' });
      expect((await bench.store.progressOf('fetch', [message])).get(message.messageId)).toEqual({ settled: false, attempts: 0 });
      expect(await bench.store.unsettled(10, { sentBefore: new Date(), lyingIn: [] })).toEqual([expect.objectContaining({ stage: 'record' })]);
    });

    it('lets go of a message that its stage settled before, without handling it', async () => {
      let handled = 0;
      const bench = await fetchBench(async () => {
        handled += 1;
        return skip('nothing');
      });
      const message = recordChanged();
      await bench.store.settle('fetch', [{ envelope: message, verdict: skip('before') }], []);
      await bench.say(message);
      await until('it is let go', () => bench.handled.some(({ as }) => as === 'repeat'));
      expect(handled).toBe(0);
    });
  });

  describe('with two copies of one message at once', () => {
    it('handles one of them in one process, and acks both', async () => {
      const { passed, open } = gate();
      let handled = 0;
      const bench = await fetchBench(async () => {
        handled += 1;
        await passed;
        return skip('nothing');
      });
      const message = recordChanged();
      await bench.say(message);
      await bench.bus.sendTo(bench.queue, message);
      await until('both are in hand', async () => handled === 1 && (await bench.bus.depth(bench.queue)) === 0);
      open();
      await until('it is settled', () => bench.isSettled(message));
      expect(handled).toBe(1);
    });

    it('has the effect once when two processes handle them', async () => {
      const { passed, open } = gate();
      let handled = 0;
      let effects = 0;
      const handle: Handle = async () => {
        handled += 1;
        await passed;
        return forward(async (tx) => (tx as MemoryTx).onCommit(() => (effects += 1)));
      };
      const bench = await fetchBench(handle, { options: { prefetch: 1, slots: 1 } });
      await bench.another({ handle });
      const message = recordChanged();
      await bench.say(message);
      await bench.bus.sendTo(bench.queue, message);
      await until('both are in hand', () => handled === 2);
      open();
      await until('both are let go', () => bench.handled.length === 2);
      expect(effects).toBe(1);
    });
  });

  it('handles so many messages of a site at once as that site asks for, and of any other as many as it is set to', async () => {
    for (const [asked, expected, leftLying] of [
      [3, 3, 0],
      [undefined, 1, 1],
    ] as const) {
      const { passed, open } = gate();
      let handled = 0;
      const bench = await fetchBench(
        async () => {
          handled += 1;
          await passed;
          return skip('enough');
        },
        { options: { slots: 1, slotsAt: (site) => (site === 'kisumu' ? asked : undefined) } },
      );
      const messages = [recordChanged(), recordChanged(), recordChanged(), recordChanged()];
      await bench.say(...messages);
      await until('as many as may are at work', async () => handled === expected && (await bench.bus.depth(bench.queue)) === leftLying);
      expect(handled).toBe(expected);
      open();
      await until('all are settled', () => bench.isSettled(...messages));
    }
  });

  describe('when it is told to stop', () => {
    it('lets handlers finish, commits what they decided, and hands back by row what was not begun', async () => {
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
      await until('one is begun and two wait', async () => began.length === 1 && (await bench.bus.depth(bench.queue)) === 2);
      const stopped = bench.runner.stop(5000);
      await until('two are handed back', () => bench.handled.filter(({ code }) => code === 'stopping').length === 2);
      open();
      await stopped;
      expect(bench.store.settled.map(({ envelope }) => envelope.correlationId)).toEqual(began);
      expect(await bench.bus.depth(bench.queue)).toBe(2);
      const waiting = await bench.store.unsettled(100, { sentBefore: new Date(0), lyingIn: [] });
      expect(
        waiting
          .filter(({ stage }) => stage === 'fetch')
          .map(({ envelope }) => envelope.messageId)
          .sort(),
      ).toEqual(
        messages
          .slice(1, 3)
          .map(({ messageId }) => messageId)
          .sort(),
      );
    });

    it('hands back what does not finish by the deadline, which costs no attempt', async () => {
      const { passed, open } = gate();
      const signals: AbortSignal[] = [];
      const bench = await fetchBench(async (_, { signal }) => {
        signals.push(signal);
        await passed;
        return skip('late');
      });
      const message = recordChanged();
      await bench.say(message);
      await until('it is begun', () => signals.length === 1);
      await bench.runner.stop(20);
      open();
      expect(signals[0]?.aborted).toBe(true);
      expect((await bench.store.progressOf('fetch', [message])).get(message.messageId)).toEqual({ settled: false, attempts: 0 });
    });
  });
});
