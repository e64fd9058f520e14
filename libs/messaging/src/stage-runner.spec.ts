import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import {
  BugError,
  ContractError,
  LockedOutError,
  NotAllowedError,
  type RecordChanged,
  RecordFetched,
  RefusedError,
  SiteDownError,
  TransientError,
} from '@sync-hub/contracts';
import { InProcessBus } from './in-process/in-process-bus.js';
import type { RunnerStore } from './runner-store.js';
import type { StageContext } from './stage.js';
import { jobEnded, recordChanged, recordMapped } from './testing/envelopes.js';
import type { MemoryRunnerStore, MemoryTx } from './testing/memory-runner-store.js';
import { type BenchOptions, type RunnerBench, runnerBench } from './testing/runner-bench.js';
import { until } from './testing/until.js';
import { forward, postpone, skip, type Verdict } from './verdict.js';

type Handle = (payload: RecordChanged, context: StageContext) => Promise<Verdict>;

/** A gate that handlers wait at until the test opens it. */
const gate = (): { readonly passed: Promise<void>; readonly open: () => void } => {
  let open = (): void => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open };
};

describe('the runner', () => {
  const benches: { stop(): Promise<void> }[] = [];
  afterEach(async () => {
    await Promise.all(benches.splice(0).map((bench) => bench.stop()));
  });
  const fetchBench = async (handle: Handle, given: BenchOptions = {}): Promise<RunnerBench<'fetch'>> => {
    const bench = await runnerBench('fetch', { handle }, given);
    benches.push(bench);
    return bench;
  };
  const isSettled = async ({ store }: { store: RunnerStore }, ...envelopes: ReturnType<typeof recordChanged>[]): Promise<boolean> => {
    const progress = await store.progressOf('fetch', envelopes);
    return envelopes.every(({ messageId }) => progress.get(messageId)?.settled === true);
  };

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
      await until('all are settled', () => isSettled(bench, ...messages));
      expect(groups.length).toBeLessThan(20);
      expect(Math.max(...groups)).toBeLessThanOrEqual(50);
    });

    it('goes row by row where a group fails, and only the bad one is put off', async () => {
      const [good, bad, other] = [recordChanged(), recordChanged(), recordChanged()];
      const handle: Handle = async ({ changeId }) =>
        forward(async () => {
          if (changeId === bad.correlationId) throw new TransientError('deadlock', 'a deadlock');
        });
      const bench = await fetchBench(handle);
      await bench.say(good, bad, other);
      await until('the good ones are settled', () => isSettled(bench, good, other));
      await until('the bad one is put off', async () => ((await bench.store.progressOf('fetch', [bad])).get(bad.messageId)?.attempts ?? 0) > 0);
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
      await until('it is settled', () => isSettled(bench, message));
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
      await until('it is settled', () => isSettled(bench, message));
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

    it("logs one safe line a failure, without the payload or anybody else's text", async () => {
      const given = await thrown(Object.assign(new Error('duplicate key (given_name)=(Achieng)'), { parameters: ['Achieng'] }));
      await given.bench.say(given.message);
      await until('it failed once', () => given.bench.handled.length === 1);
      const failures = given.bench.lines.filter(({ event }) => event === 'stage-failed');
      expect(failures).toHaveLength(1);
      expect(failures[0]?.fields).toEqual({
        stage: 'fetch',
        site: 'kisumu',
        messageId: given.message.messageId,
        attempt: 1,
        next: 'put-off',
        code: 'unexpected',
        message: 'unexpected Error',
      });
      expect(JSON.stringify(given.bench.lines)).not.toMatch(/Achieng|given_name|aggregate/);
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
      expect(await isSettled(bench, message)).toBe(false);
      await bench.bus.sendTo(bench.queue, message);
      await until('it is held', () => isSettled(bench, message));
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
      await until('it is settled', () => isSettled(bench, message));
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
      benches.push(bench);
      const message = { ...jobEnded(), type: 'conflict.found.v1', payload: { ...jobEnded().payload, reason: 'both', fields: ['name'] } };
      const { outcome: _outcome, lost: _lost, ...payload } = message.payload as Record<string, unknown>;
      await bench.say({ ...message, payload });
      await until('it is parked', () => parked.length === 1);
      await until('it is settled', () => bench.store.settled.length === 1);
      expect(bench.store.settled[0]).toMatchObject({ verdict: { kind: 'skip', reason: 'bug' } });
      expect(bus.parked().map(({ code }) => code)).toEqual(['bug']);
    });
  });

  describe('with a message it cannot read', () => {
    it('parks one that fails its contract, with its code, and holds its row', async () => {
      const bus = new InProcessBus({ secondInMs: 1 });
      let handled = 0;
      const bench = await fetchBench(
        async () => {
          handled += 1;
          return skip('nothing');
        },
        { bus },
      );
      const message = recordChanged('kisumu', { payload: { site: 'kisumu', given_name: 'Achieng' } });
      await bench.say(message);
      await until('it is settled', () => isSettled(bench, message));
      expect(bus.parked()).toEqual([expect.objectContaining({ code: 'contract', envelope: expect.objectContaining({ messageId: message.messageId }) })]);
      expect(bench.store.settled[0]).toMatchObject({ verdict: { kind: 'hold', reason: 'broken', code: 'contract' } });
      expect(handled).toBe(0);
      expect(JSON.stringify(bench.lines)).not.toContain('Achieng');
    });

    it('parks one that has no business in this queue', async () => {
      const bus = new InProcessBus({ secondInMs: 1 });
      const bench = await fetchBench(async () => skip('nothing'), { bus });
      await bench.bus.sendTo(bench.queue, recordMapped());
      await until('it is parked', () => bus.parked().length === 1);
    });

    it('reads one with fields that a newer release added', async () => {
      const bench = await fetchBench(async () => skip('nothing'));
      const message = recordChanged();
      await bench.say({ ...message, payload: { ...message.payload, urgency: 'high' } });
      await until('it is settled', () => isSettled(bench, message));
    });

    it('postpones another version of a message it knows: the other release takes it', async () => {
      const bench = await fetchBench(async () => skip('nothing'));
      const message = recordChanged('kisumu', { type: 'record.changed.v2' });
      await bench.bus.sendTo(bench.queue, message);
      await until('it is let go', () => bench.handled.length === 1);
      expect(bench.handled[0]).toMatchObject({ as: 'handed-back', code: 'other-version' });
      expect((await bench.store.progressOf('fetch', [message])).get(message.messageId)).toEqual({ settled: false, attempts: 0 });
    });
  });

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
      await until('it is settled', () => isSettled(bench, message));
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
        return forward(async () => void (effects += 1));
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
      await until('the rest is settled', () => isSettled(bench, probe, ...messages.slice(3)));
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
      await until('the other site is done', () => isSettled(bench, ...quick));
      expect(await isSettled(bench, ...slow.slice(0, 1))).toBe(false);
      open();
      await until('the slow one too', () => isSettled(bench, ...slow));
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
      await until('all are settled', () => isSettled(bench, ...messages));
      expect(most).toBe(3);
    });
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

interface Watch {
  readonly settle?: (settlements: number) => void;
  readonly progressOf?: () => void;
  readonly putOff?: () => void;
}

/** The store, with somebody who looks on and may throw first. */
const watched = (store: MemoryRunnerStore, watch: Watch): RunnerStore => ({
  progressOf: async (...given) => {
    watch.progressOf?.();
    return store.progressOf(...given);
  },
  settle: async (...given) => {
    watch.settle?.(given[1].length);
    return store.settle(...given);
  },
  putOff: async (...given) => {
    watch.putOff?.();
    return store.putOff(...given);
  },
  claim: (...given) => store.claim(...given),
  markSent: (ids) => store.markSent(ids),
  unsettled: (...given) => store.unsettled(...given),
  prune: (limit) => store.prune(limit),
});
