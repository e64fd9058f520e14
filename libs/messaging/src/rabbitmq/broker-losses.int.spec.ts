import { afterAll, describe, expect, it } from '@jest/globals';
import { parkedQueueName } from '@sync-hub/contracts';
import { connect } from 'amqplib';
import { Sweep } from '../sweep.js';
import { recordChanged } from '../testing/envelopes.js';
import { keptLines } from '../testing/lines.js';
import type { MemoryTx } from '../testing/memory-runner-store.js';
import { privateRabbitMq } from '../testing/rabbitmq/private-rabbitmq.js';
import { runnerBench } from '../testing/runner-bench.js';
import { until } from '../testing/until.js';
import { forward, type Verdict } from '../verdict.js';
import { RabbitMqBus } from './rabbitmq-bus.js';

const found = await privateRabbitMq();
const { broker } = found;
const whenItDies = 'reason' in found ? describe.skip : describe;
const reason = 'reason' in found ? ` (${found.reason})` : '';

/** Messages on a broker of our own, a runner that handles them slowly, and the sweep; `lose` is what happens to the broker meanwhile. */
async function throughLoss(lose: (url: string) => Promise<void>) {
  const vhost = await broker!.vhost();
  const logger = keptLines();
  const bus = await RabbitMqBus.open({ url: vhost.url, name: 'test', logger, firstWaitMs: 20, longestWaitMs: 200, waitMs: 200 });
  const effects = new Map<string, number>();
  const handle = async ({ changeId }: { readonly changeId: string }): Promise<Verdict> => {
    await new Promise((resolve) => setTimeout(resolve, 100));
    return forward(async (tx) => (tx as MemoryTx).onCommit(() => effects.set(changeId, (effects.get(changeId) ?? 0) + 1)));
  };
  // A quorum queue younger than about two seconds does not survive a kill -9 of RabbitMQ 3.10, and is never heard of again.
  const declaredAt = performance.now();
  const bench = await runnerBench('fetch', { handle }, { bus, options: { slots: 2, prefetch: 10 } });
  const sweep = new Sweep(
    { bus, store: bench.store, logger },
    { everyMs: 100, resendAfterSeconds: 1, isInHand: (_, messageId) => bench.runner.isInHand(messageId) },
  );
  const messages = Array.from({ length: 300 }, () => recordChanged());
  await bench.say(...messages);
  sweep.start(false);
  await until('some are settled, and the queues are old enough', () => effects.size > 10 && performance.now() - declaredAt > 5_000);
  await lose(vhost.url);
  await until('all are settled', () => effects.size === messages.length, 60_000);
  await sweep.stop();
  await bench.stop();
  const left = await parkedCount(vhost.url);
  await vhost.drop();
  return { times: [...new Set(effects.values())], parked: left, lines: logger.lines };
}

async function parkedCount(url: string): Promise<number> {
  const model = await connect(url);
  const { messageCount } = await (await model.createChannel()).checkQueue(parkedQueueName('fetch'));
  await model.close();
  return messageCount;
}

whenItDies(`when RabbitMQ itself dies${reason}`, () => {
  afterAll(() => broker?.stop());

  it('handles everything once after it comes back remembering nothing', async () => {
    const { times, parked } = await throughLoss(() => broker!.wipe());
    expect([times, parked]).toEqual([[1], 0]);
  }, 120_000);

  it('handles everything once after kill -9', async () => {
    const { times, parked } = await throughLoss(async () => {
      await broker!.kill();
      await broker!.start();
    });
    expect([times, parked]).toEqual([[1], 0]);
  }, 120_000);
});
