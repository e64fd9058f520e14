import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Delivery, StageQueue } from '../bus.js';
import { Sweep } from '../sweep.js';
import { recordChanged } from '../testing/envelopes.js';
import { type FlakyLine, flakyLine } from '../testing/flaky-line.js';
import { keptLines } from '../testing/lines.js';
import type { MemoryTx } from '../testing/memory-runner-store.js';
import { type MadeBus, type RabbitMqBench, rabbitMqBench } from '../testing/rabbitmq/rabbitmq-bench.js';
import { gate, runnerBench } from '../testing/runner-bench.js';
import { until } from '../testing/until.js';
import { forward, skip, type Verdict } from '../verdict.js';

const FETCH: StageQueue = { stage: 'fetch', site: 'kisumu' };

const bench = await rabbitMqBench();
const onBroker = 'reason' in bench ? describe.skip : describe;
const reason = 'reason' in bench ? ` (${bench.reason})` : '';
const { url, open, past, takeAll, parked, purge, drop } = bench as RabbitMqBench;

onBroker(`over a line to RabbitMQ that fails${reason}`, () => {
  afterAll(() => drop());
  afterEach(() => purge());
  let line: FlakyLine;
  beforeEach(async () => {
    line = await flakyLine(url);
  });
  afterEach(() => line.close());

  /** Cuts the line, and waits until both connections were seen to be lost and are back. */
  const flap = async ({ bus, lines }: MadeBus): Promise<void> => {
    const losses = (): number => lines.filter(({ event }) => event === 'rabbitmq-lost').length;
    const before = losses();
    line.cut();
    await until('the line is back', () => losses() >= before + 2 && bus.isConnected());
  };

  it('delivers again what was in hand, ignores acks of before, and publishes when the line is back', async () => {
    const { bus } = await open(line.url);
    const heard: Delivery[] = [];
    await bus.consume(FETCH, 10, (delivery) => heard.push(delivery));
    const message = recordChanged();
    await bus.publish([message]);
    await until('it arrives', () => heard.length === 1);
    line.cut();
    await until('it arrives again', () => heard.length === 2);
    heard[0]?.ack();
    expect(heard[1]).toMatchObject({ redelivered: true, envelope: { messageId: message.messageId } });
    heard[1]?.ack();
    await until('the line is back', () => bus.isConnected());
    await bus.publish([recordChanged()]);
    await until('the next arrives', () => heard.length === 3);
    heard[2]?.ack();
    await bus.close();
    expect(await takeAll('fetch.kisumu')).toEqual([]);
  });

  it('rejects what cannot be published, and is not connected meanwhile', async () => {
    const { bus } = await open(line.url, { waitMs: 50 });
    line.breakDown();
    await until('the loss is seen', () => !bus.isConnected());
    await expect(bus.publish([recordChanged()])).rejects.toMatchObject({ code: 'bus-down', retry: 'later' });
    line.mend();
    await until('it is back', () => bus.isConnected());
    await bus.publish([recordChanged()]);
    await bus.close();
  });

  it('rejects what was on its way when the line was cut', async () => {
    const { bus } = await open(line.url);
    await bus.publish([recordChanged()]);
    const publishing = bus.publish(Array.from({ length: 100 }, () => recordChanged()));
    line.cut();
    await expect(publishing).rejects.toMatchObject({ code: 'bus-lost' });
    await bus.close();
  });

  it('waits for no answer for ever', async () => {
    const { bus } = await open(line.url, { answerMs: 100 });
    await bus.publish([recordChanged()]);
    const consumer = await bus.consume(FETCH, 1, ({ ack }) => ack());
    line.freeze();
    await expect(bus.publish([recordChanged()])).rejects.toMatchObject({ code: 'bus-slow', retry: 'later' });
    await expect(bus.depth(FETCH)).rejects.toMatchObject({ code: 'bus-lost', retry: 'later' });
    await expect(bus.declare(['kisumu'])).rejects.toMatchObject({ retry: 'later' });
    await consumer.pause();
    line.cut();
    await bus.close();
  });

  it('consumes with one consumer after any number of losses', async () => {
    const made = await open(line.url);
    const { bus } = made;
    const heard: Delivery[] = [];
    await bus.consume(FETCH, 10, (delivery) => {
      heard.push(delivery);
      delivery.ack();
    });
    for (let times = 0; times < 5; times += 1) await flap(made);
    await bus.publish([recordChanged()]);
    await until('it arrives', () => heard.length === 1);
    await until('there is one', async () => (await past((channel) => channel.checkQueue('fetch.kisumu'))).consumerCount === 1);
    await bus.close();
  });

  it('stays paused over a loss', async () => {
    const made = await open(line.url);
    const { bus } = made;
    const heard: Delivery[] = [];
    const consumer = await bus.consume(FETCH, 10, (delivery) => {
      heard.push(delivery);
      delivery.ack();
    });
    await consumer.pause();
    await flap(made);
    await bus.publish([recordChanged()]);
    await until('it lies ready', async () => (await bus.depth(FETCH)) === 1);
    await consumer.resume();
    await until('it arrives', () => heard.length === 1);
    await bus.close();
  });

  it('parks nothing over 20 losses, though the same messages were in hand at each', async () => {
    const made = await open(line.url);
    const { passed, open: goOn } = gate();
    const handle = async (): Promise<Verdict> => {
      await passed;
      return skip('nothing');
    };
    const bench = await runnerBench('fetch', { handle }, { bus: made.bus, options: { slots: 4, prefetch: 20 } });
    const messages = Array.from({ length: 30 }, () => recordChanged());
    await bench.say(...messages);
    for (let times = 0; times < 20; times += 1) {
      await until('20 are in hand', async () => (await past((channel) => channel.checkQueue('fetch.kisumu'))).messageCount === 10);
      await flap(made);
    }
    goOn();
    await until('all are settled', () => bench.isSettled(...messages));
    await bench.stop();
    expect(await parked('fetch')).toEqual([]);
  }, 60_000);

  it('handles everything once, over losses at any moment', async () => {
    const { bus } = await open(line.url);
    const effects = new Map<string, number>();
    let handled = 0;
    const handle = async ({ changeId }: { readonly changeId: string }) => {
      handled += 1;
      await new Promise((resolve) => setTimeout(resolve, 40));
      return forward(async (tx) => (tx as MemoryTx).onCommit(() => effects.set(changeId, (effects.get(changeId) ?? 0) + 1)));
    };
    const bench = await runnerBench('fetch', { handle }, { bus, options: { slots: 4, prefetch: 20 } });
    const isInHand = (_: string, messageId: string): boolean => bench.runner.isInHand(messageId);
    const sweep = new Sweep({ bus, store: bench.store, logger: keptLines() }, { everyMs: 50, resendAfterSeconds: 0.5, isInHand });
    const messages = Array.from({ length: 300 }, () => recordChanged());
    await bench.say(...messages);
    sweep.start(false);
    while (effects.size < messages.length) {
      const before = handled;
      await until('work is in hand', () => (bus.isConnected() && handled > before + 20) || effects.size === messages.length);
      line.cut();
    }
    await sweep.stop();
    await bench.stop();
    expect([...effects.values()].every((times) => times === 1)).toBe(true);
    expect(await parked('fetch')).toEqual([]);
  }, 60_000);

  it('lays aside a message that comes back too often; its row is unsettled, and the sweep sends it again', async () => {
    const { bus } = await open(line.url);
    const message = recordChanged();
    const heard: Delivery[] = [];
    await bus.consume(FETCH, 1, (delivery) => heard.push(delivery));
    const bench = await runnerBench('map', { handle: async () => skip('nothing') }, { bus });
    bench.store.say(message);
    await bus.sendTo(FETCH, message);
    await bench.store.markSent([message.messageId]);
    for (let times = 1; times <= 21; times += 1) {
      await until(`it arrives for the ${times}th time`, () => heard.length === times);
      line.cut();
    }
    const [dead] = await until('it is laid aside', async () => {
      const messages = await takeAll('fetch.parked');
      return messages.length > 0 ? messages : null;
    });
    expect(dead?.properties.headers?.['x-death']).toEqual([expect.objectContaining({ reason: 'delivery_limit', queue: 'fetch.kisumu' })]);
    await until('it is back', () => bus.isConnected());
    await new Sweep({ bus, store: bench.store, logger: keptLines() }, { resendAfterSeconds: 0 }).sweep();
    await until('it arrives anew', () => heard.length === 22);
    expect(heard[21]).toMatchObject({ redelivered: false, envelope: { messageId: message.messageId } });
    await bench.stop();
  }, 60_000);

  it('hears again what a process had committed and not acked when it died, and the effect is there once', async () => {
    const message = recordChanged();
    let effects = 0;
    const count = forward(async (tx) =>
      (tx as MemoryTx).onCommit(() => {
        effects += 1;
        line.breakDown();
      }),
    );
    const dying = await runnerBench('fetch', { handle: async () => count }, { bus: (await open(line.url, { waitMs: 50 })).bus });
    await dying.say(message);
    await until('it is committed', () => effects === 1);
    const bench = await runnerBench('fetch', { handle: async () => count }, { bus: (await open()).bus, store: dying.store });
    await until('it is let go', () => bench.handled.length === 1);
    expect(bench.handled[0]?.as).toBe('repeat');
    expect(effects).toBe(1);
    await Promise.all([bench.stop(), dying.stop()]);
    expect(await takeAll('fetch.kisumu')).toEqual([]);
  });

  it('hands back by row when it stops: nothing comes back from the broker', async () => {
    const { bus } = await open();
    const bench = await runnerBench('fetch', { handle: async () => new Promise(() => undefined) }, { bus, options: { slots: 2, prefetch: 10 } });
    const messages = Array.from({ length: 10 }, () => recordChanged());
    await bench.say(...messages);
    await until('all are in hand', async () => messages.every(({ messageId }) => bench.runner.isInHand(messageId)));
    await bench.runner.stop(50);
    await bench.stop();
    expect(await takeAll('fetch.kisumu')).toEqual([]);
    expect(bench.handled.filter(({ as, code }) => as === 'handed-back' && code === 'stopping')).toHaveLength(10);
  });
});
