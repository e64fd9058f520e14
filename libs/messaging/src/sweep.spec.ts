import { describe, expect, it } from '@jest/globals';
import type { Bus, Delivery } from './bus.js';
import { InProcessBus } from './in-process/in-process-bus.js';
import { Sweep, type SweepOptions } from './sweep.js';
import { recordChanged } from './testing/envelopes.js';
import { keptLines } from './testing/lines.js';
import { MemoryRunnerStore } from './testing/memory-runner-store.js';
import { until } from './testing/until.js';
import { skip } from './verdict.js';

const FETCH = { stage: 'fetch', site: 'kisumu' } as const;
const RECORD = { stage: 'record', site: null } as const;
const SECOND = 1000;

/** A store whose clock a test moves, and a bus on which nobody takes anything unless the test does. */
async function sweepBench(options: Partial<SweepOptions> = {}) {
  let ahead = 0;
  const bus = new InProcessBus();
  await bus.declare(['kisumu', 'siaya']);
  const store = new MemoryRunnerStore(() => Date.now() + ahead);
  const logger = keptLines();
  const sends: string[] = [];
  const watchedBus: Bus = Object.assign(Object.create(bus) as Bus, {
    depth: bus.depth.bind(bus),
    sendTo: async (...[queue, envelope]: Parameters<Bus['sendTo']>) => {
      await bus.sendTo(queue, envelope);
      sends.push(`${queue.stage} ${envelope.messageId}`);
    },
  });
  return {
    bus,
    store,
    sends,
    lines: logger.lines,
    sweep: new Sweep({ bus: watchedBus, store, logger }, { unsentAfterMs: 0, ...options }),
    later: (seconds: number) => {
      ahead += seconds * SECOND;
    },
    settleAudit: (...envelopes: ReturnType<typeof recordChanged>[]) =>
      store.settle(
        'record',
        envelopes.map((envelope) => ({ envelope, verdict: skip('written') })),
        [],
      ),
  };
}

/** Takes what lies in a queue into its hands and keeps it there. */
const takeAll = async (bus: Bus, count: number): Promise<Delivery[]> => {
  const taken: Delivery[] = [];
  const consumer = await bus.consume(FETCH, 1000, (delivery) => taken.push(delivery));
  await until('all are taken', () => taken.length >= count);
  await consumer.pause();
  return taken;
};

describe('the sweep', () => {
  it('sends what was never sent to each stage that hears it, and once', async () => {
    const { sweep, store, sends } = await sweepBench();
    const message = recordChanged();
    store.say(message);
    await sweep.sweep();
    await sweep.sweep();
    expect(sends.sort()).toEqual([`fetch ${message.messageId}`, `record ${message.messageId}`]);
  });

  it('leaves what was said just now to who said it', async () => {
    const { sweep, store, sends } = await sweepBench({ unsentAfterMs: 1000 });
    store.say(recordChanged('kisumu', { timestamp: new Date() }));
    await sweep.sweep();
    expect(sends).toEqual([]);
  });

  it('sends again what the bus forgot, when it was sent long enough ago', async () => {
    const { sweep, store, sends, later } = await sweepBench({ resendAfterSeconds: 0.2 });
    const message = recordChanged();
    store.say(message);
    await store.markSent([message.messageId]);
    await sweep.sweep();
    expect(sends).toEqual([]);
    later(-1);
    await store.markSent([message.messageId]);
    await sweep.sweep();
    expect(sends).toContain(`fetch ${message.messageId}`);
  });

  it('does not send again what lies in its queue, however old and however often it looks', async () => {
    const { sweep, store, sends, bus, later } = await sweepBench();
    const messages = Array.from({ length: 30 }, () => recordChanged());
    store.say(...messages);
    await bus.publish(messages);
    later(-3600);
    await store.markSent(messages.map(({ messageId }) => messageId));
    for (let day = 0; day < 3; day += 1) await sweep.sweep();
    expect(sends).toEqual([]);
    expect(await bus.depth(FETCH)).toBe(30);
  });

  it('sends a whole backlog that was lost, beyond the rows it reads at once', async () => {
    const { sweep, store, bus, later } = await sweepBench({ limit: 20 });
    const messages = Array.from({ length: 75 }, () => recordChanged());
    store.say(...messages);
    later(-3600);
    await store.markSent(messages.map(({ messageId }) => messageId));
    later(3600);
    await sweep.sweep();
    expect([await bus.depth(FETCH), await bus.depth(RECORD)]).toEqual([75, 75]);
  });

  it('finds the lost ones behind the backlog of a slow site', async () => {
    const { sweep, store, sends, bus, later, settleAudit } = await sweepBench({ limit: 20 });
    const slow = Array.from({ length: 50 }, () => recordChanged('siaya'));
    const lost = recordChanged('kisumu', { timestamp: new Date() });
    store.say(...slow, lost);
    await settleAudit(...slow, lost);
    await bus.publish(slow);
    later(-3600);
    await store.markSent([...slow, lost].map(({ messageId }) => messageId));
    await sweep.sweep();
    expect(sends).toEqual([`fetch ${lost.messageId}`]);
  });

  it('sends what was handed back when its time has come, though others lie in the queue', async () => {
    const { sweep, store, sends, bus, later, settleAudit } = await sweepBench();
    const [lies, back] = [recordChanged(), recordChanged()];
    store.say(lies, back);
    await settleAudit(lies, back);
    await bus.publish([lies]);
    await store.markSent([lies.messageId, back.messageId]);
    await store.putOff('fetch', back, { attempts: 0, notBefore: new Date(Date.now() + 60 * SECOND) }, null);
    await sweep.sweep();
    expect(sends).toEqual([]);
    later(61);
    await sweep.sweep();
    await sweep.sweep();
    expect(sends).toEqual([`fetch ${back.messageId}`]);
  });

  it('does not send again what this process has in hand', async () => {
    const inHand = new Set<string>();
    const { sweep, store, sends, bus, later } = await sweepBench({ isInHand: (stage, messageId) => inHand.has(`${stage} ${messageId}`) });
    const message = recordChanged();
    store.say(message);
    await bus.publish([message]);
    await takeAll(bus, 1);
    inHand.add(`fetch ${message.messageId}`);
    later(-3600);
    await store.markSent([message.messageId]);
    await sweep.sweep();
    expect(sends).toEqual([]);
  });

  it('sends nothing for a site that is down, and all of it when it is back', async () => {
    const { sweep, store, sends, settleAudit } = await sweepBench();
    const message = recordChanged();
    store.say(message);
    await settleAudit(message);
    store.setSite('kisumu', 'down');
    await sweep.sweep();
    expect(sends).toEqual([]);
    store.setSite('kisumu', 'up');
    await sweep.sweep();
    expect(sends).toEqual([`fetch ${message.messageId}`]);
  });

  it('sends everything unsettled at once where the bus begins empty', async () => {
    const { sweep, store, sends, later } = await sweepBench();
    const message = recordChanged();
    store.say(message);
    later(-1);
    await store.markSent([message.messageId]);
    await sweep.sweep(true);
    expect(sends).toContain(`fetch ${message.messageId}`);
  });

  it('is not stopped by a queue that cannot be sent to', async () => {
    const { sweep, store, sends, lines } = await sweepBench();
    const [lost, good] = [recordChanged('unheard-of'), recordChanged()];
    store.say(lost, good);
    await sweep.sweep();
    expect(sends).toContain(`fetch ${good.messageId}`);
    expect(lines).toEqual([
      expect.objectContaining({ event: 'cannot-send', fields: expect.objectContaining({ queue: 'fetch.unheard-of', code: 'unroutable' }) }),
    ]);
  });

  it('forgets what every stage has settled', async () => {
    const { sweep, store, settleAudit } = await sweepBench();
    const message = recordChanged();
    store.say(message);
    await settleAudit(message);
    await store.settle('fetch', [{ envelope: message, verdict: skip('nothing') }], []);
    await sweep.sweep();
    expect(await store.progressOf('fetch', [message])).toEqual(new Map());
  });

  it('clears away all that is settled, however much that is', async () => {
    const { bus, store } = await sweepBench();
    const left = [500, 500, 20];
    const prune = async (): Promise<number> => left.shift() ?? 0;
    const sweep = new Sweep({ bus, logger: keptLines(), store: { unsettled: store.unsettled.bind(store), markSent: store.markSent.bind(store), prune } });
    await sweep.sweep();
    expect(left).toEqual([]);
  });

  it('goes on after a run that failed, one run at a time, until it is stopped', async () => {
    const { bus, store } = await sweepBench();
    const logger = keptLines();
    let running = 0;
    let most = 0;
    let runs = 0;
    const prune = async (): Promise<number> => {
      running += 1;
      runs += 1;
      most = Math.max(most, running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running -= 1;
      if (runs === 1) throw new Error('the database went away');
      return 0;
    };
    const sweep = new Sweep({ bus, logger, store: { unsettled: store.unsettled.bind(store), markSent: store.markSent.bind(store), prune } }, { everyMs: 1 });
    sweep.start(false);
    await until('it ran three times', () => runs >= 3);
    await sweep.stop();
    const after = runs;
    expect([most, running, logger.lines.map(({ event }) => event)]).toEqual([1, 0, ['sweep-failed']]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(runs).toBe(after);
  });
});
