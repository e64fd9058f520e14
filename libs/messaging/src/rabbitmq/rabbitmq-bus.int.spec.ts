import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EXCHANGE, parkedQueueName, queueName, STAGE_NAMES, type StageName } from '@sync-hub/contracts';
import { type Channel, connect, type GetMessage } from 'amqplib';
import type { Delivery, StageQueue } from '../bus.js';
import { Sweep } from '../sweep.js';
import { busContract } from '../testing/bus.contract.js';
import { recordChanged } from '../testing/envelopes.js';
import { type FlakyLine, flakyLine } from '../testing/flaky-line.js';
import { keptLines, type Line } from '../testing/lines.js';
import type { MemoryTx } from '../testing/memory-runner-store.js';
import { testRabbitMq } from '../testing/rabbitmq/test-rabbitmq.js';
import { runnerBench } from '../testing/runner-bench.js';
import { until } from '../testing/until.js';
import { forward, skip } from '../verdict.js';
import { RabbitMqBus } from './rabbitmq-bus.js';

const SITES = ['kisumu', 'siaya'];
const FETCH: StageQueue = { stage: 'fetch', site: 'kisumu' };
const QUEUES = STAGE_NAMES.flatMap((stage) => [parkedQueueName(stage), ...SITES.map((site) => queueName(stage, site))]);

const { broker, ...none } = await testRabbitMq();
if (broker === null) console.warn(`RabbitMQ's tests are skipped: ${JSON.stringify(none)}`);
const onBroker = broker === null ? describe.skip : describe;
const url = broker?.url ?? '';

/** Looks into the broker past the bus. */
async function past<Answer>(look: (channel: Channel) => Promise<Answer>): Promise<Answer> {
  const model = await connect(url);
  const channel = await model.createChannel();
  channel.on('error', () => undefined);
  try {
    return await look(channel);
  } finally {
    await channel.close().catch(() => undefined);
    await model.close();
  }
}

const takeAll = (queue: string): Promise<GetMessage[]> =>
  past(async (channel) => {
    const messages: GetMessage[] = [];
    for (let message = await channel.get(queue, { noAck: true }); message !== false; message = await channel.get(queue, { noAck: true }))
      messages.push(message);
    return messages;
  });

const parked = async (stage: StageName): Promise<{ messageId: string; code: string }[]> =>
  (await takeAll(parkedQueueName(stage))).map(({ properties }) => ({
    messageId: String(properties.messageId),
    code: String(properties.headers?.['failure-code']),
  }));

interface Made {
  readonly bus: RabbitMqBus;
  readonly lines: readonly Line[];
}

async function open(at = url, options: { readonly waitMs?: number; readonly answerMs?: number } = {}): Promise<Made> {
  const logger = keptLines();
  const bus = await RabbitMqBus.open({ url: at, name: 'test', logger, firstWaitMs: 20, longestWaitMs: 100, ...options });
  await bus.declare(SITES);
  return { bus, lines: logger.lines };
}

onBroker('on RabbitMQ', () => {
  afterAll(() => broker?.drop());
  afterEach(() => past(async (channel) => void (await Promise.all([...new Set(QUEUES)].map((queue) => channel.purgeQueue(queue))))));

  busContract('the RabbitMQ bus', async () => {
    const { bus } = await open();
    return { bus, parked, close: () => bus.close() };
  });

  describe('the RabbitMQ bus', () => {
    let made: Made;
    let bus: RabbitMqBus;
    beforeEach(async () => {
      made = await open();
      bus = made.bus;
    });
    afterEach(() => bus.close());

    const listen = async (acks = true): Promise<Delivery[]> => {
      const heard: Delivery[] = [];
      await bus.consume(FETCH, 10, (delivery) => {
        heard.push(delivery);
        if (acks) delivery.ack();
      });
      return heard;
    };

    it('writes messages to disk, with references only', async () => {
      const message = recordChanged();
      await bus.publish([message]);
      const [found] = await takeAll('fetch.kisumu');
      expect(JSON.parse(String(found?.content))).toEqual(message.payload);
      expect(found?.fields.routingKey).toBe('record.changed.v1.kisumu');
      expect(found?.properties).toMatchObject({
        deliveryMode: 2,
        type: 'record.changed.v1',
        appId: 'sync-hub',
        messageId: message.messageId,
        contentType: 'application/json',
      });
    });

    it('says in the waiting room and after it which attempt failed, and why', async () => {
      await bus.sendLater(FETCH, recordChanged(), 0.05, 3, 'deadlock');
      const [found] = await until('it returns', async () => {
        const messages = await takeAll('fetch.kisumu');
        return messages.length > 0 ? messages : null;
      });
      expect(found?.properties.headers).toMatchObject({
        attempt: 3,
        'failure-code': 'deadlock',
        'x-first-death-queue': 'wait.1s',
        'x-first-death-reason': 'expired',
      });
    });

    it('parks what is none of ours, with a code, and goes on', async () => {
      const heard = await listen();
      await past(async (channel) => void channel.sendToQueue('fetch.kisumu', Buffer.from('<html>'), { messageId: 'strange' }));
      const message = recordChanged();
      await bus.publish([message]);
      await until('the good one arrives', () => heard.length === 1);
      expect(await until('the other is parked', async () => (await parked('fetch'))[0])).toEqual({ messageId: 'unreadable:fetch.kisumu', code: 'unreadable' });
      await bus.close();
      expect(await takeAll('fetch.kisumu')).toEqual([]);
    });

    it('consumes again when its queue was deleted under it', async () => {
      const heard = await listen();
      await past((channel) => channel.deleteQueue('fetch.kisumu'));
      await until('the cancel is seen', () => made.lines.some(({ event }) => event === 'rabbitmq-consumer-cancelled'));
      await until('it is bound again', async () => {
        await bus.publish([recordChanged()]);
        return heard.length > 0;
      });
      const consumers = await past((channel) => channel.checkQueue('fetch.kisumu'));
      expect(consumers.consumerCount).toBe(1);
    });

    it('publishes again when the exchange went missing', async () => {
      const heard = await listen();
      await bus.publish([recordChanged()]);
      await past((channel) => channel.deleteExchange(EXCHANGE));
      await expect(bus.publish([recordChanged()])).rejects.toMatchObject({ code: 'bus-lost', retry: 'later' });
      await bus.publish([recordChanged()]);
      await until('it arrives', () => heard.length === 2);
    });

    it('refuses to begin on a queue that was declared with other arguments', async () => {
      await past(async (channel) => {
        await channel.deleteQueue('map');
        await channel.assertQueue('map', { durable: true });
      });
      await expect(bus.declare(SITES)).rejects.toMatchObject({ code: 'contract' });
      await expect(bus.consume({ stage: 'map', site: null }, 1, () => undefined)).rejects.toMatchObject({ code: 'contract' });
      await past((channel) => channel.deleteQueue('map'));
      await bus.declare(SITES);
    });

    it('says that nothing lies in a queue that is not there', async () => {
      expect(await bus.depth({ stage: 'fetch', site: 'nowhere' })).toBe(0);
      await bus.publish([recordChanged()]);
      await until('one lies ready', async () => (await bus.depth(FETCH)) === 1);
    });

    it('is read to the last ack before it closes', async () => {
      const heard = await listen();
      const messages = Array.from({ length: 300 }, () => recordChanged());
      await bus.publish(messages);
      await until('all arrive', () => heard.length === 300);
      await bus.close();
      expect(await takeAll('fetch.kisumu')).toEqual([]);
    });
  });

  it('says so when there is no broker', async () => {
    const opening = RabbitMqBus.open({ url: 'amqp://127.0.0.1:1', name: 'test', logger: keptLines(), connectWithinMs: 50, firstWaitMs: 10 });
    await expect(opening).rejects.toMatchObject({ code: 'bus-down', retry: 'later' });
  });

  describe('over a line that fails', () => {
    let line: FlakyLine;
    beforeEach(async () => {
      line = await flakyLine(url);
    });
    afterEach(() => line.close());

    /** Cuts the line, and waits until both connections were seen to be lost and are back. */
    const flap = async ({ bus, lines }: Made): Promise<void> => {
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

    it('parks nothing and handles everything once, over 20 losses with work in hand', async () => {
      const { bus, lines } = await open(line.url);
      const effects = new Map<string, number>();
      let handled = 0;
      const handle = async ({ changeId }: { readonly changeId: string }) => {
        handled += 1;
        await new Promise((resolve) => setTimeout(resolve, 40));
        return forward(async (tx) => (tx as MemoryTx).onCommit(() => effects.set(changeId, (effects.get(changeId) ?? 0) + 1)));
      };
      const bench = await runnerBench('fetch', { handle }, { bus, options: { slots: 4, prefetch: 20 } });
      const sweep = new Sweep(
        { bus, store: bench.store, logger: keptLines() },
        { everyMs: 50, resendAfterSeconds: 0.5, isInHand: (_, messageId) => bench.runner.isInHand(messageId) },
      );
      const messages = Array.from({ length: 300 }, () => recordChanged());
      await bench.say(...messages);
      sweep.start(false);
      for (let flap = 0; flap < 20; flap += 1) {
        const before = handled;
        await until('work is in hand', () => (bus.isConnected() && handled > before) || effects.size === messages.length);
        line.cut();
      }
      await until('all are settled', () => effects.size === messages.length, 30_000);
      await sweep.stop();
      await bench.stop();
      expect([...effects.values()].every((times) => times === 1)).toBe(true);
      expect(lines.filter(({ event }) => event === 'rabbitmq-lost').length).toBeGreaterThanOrEqual(20);
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
});
