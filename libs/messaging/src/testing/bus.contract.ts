import type { StageName } from '@sync-hub/contracts';
import type { Bus, Delivery, StageQueue } from '../bus.js';
import { recordChanged, recordMapped } from './envelopes.js';
import { jestGlobals } from './jest-globals.js';
import { until } from './until.js';

/** A bus that has declared the sites `kisumu` and `siaya`, and where to look for what it parked. */
export interface BusHarness {
  readonly bus: Bus;
  parked(stage: StageName): Promise<readonly { readonly messageId: string; readonly code: string }[]>;
  /** Ends the bus and what it runs on, whether or not it was closed before. */
  close(): Promise<void>;
}

const FETCH: StageQueue = { stage: 'fetch', site: 'kisumu' };
const RECORD: StageQueue = { stage: 'record', site: null };
const ids = (deliveries: readonly Delivery[]): string[] => deliveries.map(({ envelope }) => envelope.messageId);

/** What the runner and the sweep rely on. Both buses pass it. */
export function busContract(name: string, makeBus: () => Promise<BusHarness>): void {
  const { describe, it, expect, beforeEach, afterEach } = jestGlobals();

  describe(`${name}, as a bus`, () => {
    let harness: BusHarness;
    let bus: Bus;
    beforeEach(async () => {
      harness = await makeBus();
      bus = harness.bus;
    });
    afterEach(() => harness.close());

    /** Collects what a queue delivers; acked at once unless told otherwise. */
    const listen = async (queue: StageQueue, { prefetch = 50, acks = true } = {}): Promise<Delivery[]> => {
      const heard: Delivery[] = [];
      await bus.consume(queue, prefetch, (delivery) => {
        heard.push(delivery);
        if (acks) delivery.ack();
      });
      return heard;
    };
    const arrived = (heard: readonly Delivery[], count: number): Promise<true> => until(`${count} messages arrive`, () => heard.length >= count || null);

    it('carries a message unaltered to every stage bound to it, and to nobody else', async () => {
      const [fetch, record, other, map] = [
        await listen(FETCH),
        await listen(RECORD),
        await listen({ stage: 'fetch', site: 'siaya' }),
        await listen({ stage: 'map', site: null }),
      ];
      const message = recordChanged('kisumu', { trace: '0af7651916cd43dd8448eb211c80319c', step: { attempt: 2, tookMs: 31, bytesRead: 900, bytesWritten: 0 } });
      await bus.publish([message]);
      await bus.publish([recordChanged('siaya')]);
      await Promise.all([arrived(fetch, 1), arrived(record, 2), arrived(other, 1)]);
      expect(fetch.map(({ envelope }) => envelope)).toEqual([message]);
      expect(fetch[0]).toMatchObject({ queue: FETCH, redelivered: false });
      expect([other.length, map.length]).toEqual([1, 0]);
    });

    it('carries many messages at once, in order, and confirms them together', async () => {
      const heard = await listen(FETCH);
      const messages = Array.from({ length: 1000 }, () => recordChanged());
      await bus.publish(messages);
      await arrived(heard, 1000);
      expect(ids(heard)).toEqual(messages.map(({ messageId }) => messageId));
    });

    it('rejects a message to which nobody is bound, and carries the others of the group', async () => {
      const heard = await listen(FETCH);
      const message = recordChanged();
      const strange = { ...recordChanged(), type: 'record.dreamt.v1' };
      await expect(bus.publish([strange, message])).rejects.toMatchObject({ code: 'unroutable' });
      await arrived(heard, 1);
      expect(ids(heard)).toEqual([message.messageId]);
    });

    it('sends to one queue alone', async () => {
      const [fetch, record] = [await listen(FETCH), await listen(RECORD)];
      const message = recordChanged();
      await bus.sendTo(FETCH, message);
      await arrived(fetch, 1);
      const last = recordMapped();
      await bus.publish([last]);
      await arrived(record, 1);
      expect(ids(record)).toEqual([last.messageId]);
    });

    it('rejects what is sent to a queue that was never declared', async () => {
      await expect(bus.sendTo({ stage: 'fetch', site: 'nowhere' }, recordChanged('nowhere'))).rejects.toMatchObject({ code: 'unroutable' });
    });

    it('returns a message from its waiting room to its own queue alone, and not too soon', async () => {
      const [fetch, record, other] = [await listen(FETCH), await listen(RECORD), await listen({ stage: 'fetch', site: 'siaya' })];
      const message = recordChanged();
      const from = performance.now();
      await bus.sendLater(FETCH, message, 0.8, 1, 'deadlock');
      expect(fetch).toEqual([]);
      await arrived(fetch, 1);
      expect(performance.now() - from).toBeGreaterThan(700);
      expect(fetch.map(({ envelope }) => envelope)).toEqual([message]);
      await bus.publish([recordMapped()]);
      await arrived(record, 1);
      expect([record.length, other.length]).toEqual([1, 0]);
    });

    it('puts no more into the hands of a consumer than it asked for', async () => {
      const heard = await listen(FETCH, { prefetch: 3, acks: false });
      await bus.publish(Array.from({ length: 10 }, () => recordChanged()));
      await arrived(heard, 3);
      await until('the rest lies ready', async () => (await bus.depth(FETCH)) === 7);
      expect(heard).toHaveLength(3);
      heard[0]?.ack();
      heard[0]?.ack();
      await arrived(heard, 4);
      await until('the rest lies ready', async () => (await bus.depth(FETCH)) === 6);
      expect(heard).toHaveLength(4);
    });

    it('shares a queue between its consumers', async () => {
      const [one, two] = [await listen(FETCH, { prefetch: 2, acks: false }), await listen(FETCH, { prefetch: 2, acks: false })];
      await bus.publish(Array.from({ length: 4 }, () => recordChanged()));
      await Promise.all([arrived(one, 2), arrived(two, 2)]);
      expect(new Set([...ids(one), ...ids(two)]).size).toBe(4);
    });

    it('delivers nothing to a paused consumer, lets it ack what it holds, and goes on where it stopped', async () => {
      const heard: Delivery[] = [];
      const consumer = await bus.consume(FETCH, 1, (delivery) => heard.push(delivery));
      const messages = [recordChanged(), recordChanged()];
      await bus.publish(messages);
      await arrived(heard, 1);
      await consumer.pause();
      heard[0]?.ack();
      await bus.publish([recordChanged()]);
      await until('both lie ready', async () => (await bus.depth(FETCH)) === 2);
      const elsewhere = await listen({ stage: 'fetch', site: 'siaya' });
      await bus.publish([recordChanged('siaya')]);
      await arrived(elsewhere, 1);
      expect([heard.length, await bus.depth(FETCH)]).toEqual([1, 2]);
      await consumer.resume();
      await arrived(heard, 2);
      expect(ids(heard)).toEqual(messages.map(({ messageId }) => messageId));
    });

    it('delays no other site by a queue that is not consumed', async () => {
      await bus.publish(Array.from({ length: 20 }, () => recordChanged('siaya')));
      const heard = await listen(FETCH);
      await bus.publish([recordChanged('kisumu')]);
      await arrived(heard, 1);
      expect(await bus.depth({ stage: 'fetch', site: 'siaya' })).toBe(20);
    });

    it('keeps a parked copy with its code', async () => {
      const message = recordChanged();
      await bus.park(FETCH, message, 'contract');
      expect(await harness.parked('fetch')).toEqual([{ messageId: message.messageId, code: 'contract' }]);
    });

    it('delivers nothing once it stopped consuming, and what is in hand can still be acked', async () => {
      const heard = await listen(FETCH, { prefetch: 1, acks: false });
      await bus.publish([recordChanged(), recordChanged()]);
      await arrived(heard, 1);
      await bus.stopConsuming();
      heard[0]?.ack();
      expect(await bus.depth(FETCH)).toBe(1);
      expect(heard).toHaveLength(1);
    });

    it('declares again without harm', async () => {
      const message = recordChanged();
      await bus.publish([message]);
      await bus.declare(['kisumu', 'siaya']);
      const heard = await listen(FETCH);
      await arrived(heard, 1);
      expect(ids(heard)).toEqual([message.messageId]);
    });

    it('takes nothing more when it is closed, and can be closed twice', async () => {
      expect(bus.isConnected()).toBe(true);
      await bus.close();
      await bus.close();
      expect(bus.isConnected()).toBe(false);
      await expect(bus.publish([recordChanged()])).rejects.toMatchObject({ retry: 'later' });
    });
  });
}
