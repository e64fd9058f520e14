import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { EXCHANGE } from '@sync-hub/contracts';
import type { Delivery, StageQueue } from '../bus.js';
import { busContract } from '../testing/bus.contract.js';
import { recordChanged } from '../testing/envelopes.js';
import { keptLines } from '../testing/lines.js';
import { type MadeBus, type RabbitMqBench, rabbitMqBench } from '../testing/rabbitmq/rabbitmq-bench.js';
import { until } from '../testing/until.js';
import { RabbitMqBus } from './rabbitmq-bus.js';

const FETCH: StageQueue = { stage: 'fetch', site: 'kisumu' };

const bench = await rabbitMqBench();
const onBroker = 'reason' in bench ? describe.skip : describe;
const reason = 'reason' in bench ? ` (${bench.reason})` : '';
const { open, past, takeAll, parked, purge, drop } = bench as RabbitMqBench;

onBroker(`on RabbitMQ${reason}`, () => {
  afterAll(() => drop());
  afterEach(() => purge());

  busContract('the RabbitMQ bus', async () => {
    const { bus } = await open();
    return { bus, parked, close: () => bus.close() };
  });

  describe('the RabbitMQ bus', () => {
    let made: MadeBus;
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

    it('returns when its own delay has passed, though its waiting room is longer', async () => {
      const heard = await listen();
      const from = performance.now();
      await bus.sendLater(FETCH, recordChanged(), 1.1, 1, 'deadlock');
      await until('it returns', () => heard.length === 1);
      expect(performance.now() - from).toBeGreaterThan(1000);
      expect(performance.now() - from).toBeLessThan(4000);
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
      await expect(bus.declare(['kisumu', 'siaya'])).rejects.toMatchObject({ code: 'contract' });
      await expect(bus.consume({ stage: 'map', site: null }, 1, () => undefined)).rejects.toMatchObject({ code: 'contract' });
      await past((channel) => channel.deleteQueue('map'));
      await bus.declare(['kisumu', 'siaya']);
    });

    it('says that nothing lies in a queue that is not there', async () => {
      expect(await bus.depth({ stage: 'fetch', site: 'nowhere' })).toBe(0);
      await bus.publish([recordChanged()]);
      await until('one lies ready', async () => (await bus.depth(FETCH)) === 1);
    });

    it('is read to the last ack before it closes', async () => {
      const heard: Delivery[] = [];
      await bus.consume(FETCH, 300, (delivery) => heard.push(delivery));
      await bus.publish(Array.from({ length: 300 }, () => recordChanged()));
      await until('all arrive', () => heard.length === 300);
      for (const { ack } of heard) ack();
      await bus.close();
      expect(await takeAll('fetch.kisumu')).toEqual([]);
    });
  });

  it('says so when there is no broker', async () => {
    const opening = RabbitMqBus.open({ url: 'amqp://127.0.0.1:1', name: 'test', logger: keptLines(), connectWithinMs: 50, firstWaitMs: 10 });
    await expect(opening).rejects.toMatchObject({ code: 'bus-down', retry: 'later' });
  });
});
