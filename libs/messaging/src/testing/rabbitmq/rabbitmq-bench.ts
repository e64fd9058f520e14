import { parkedQueueName, queueName, STAGE_NAMES, type StageName } from '@sync-hub/contracts';
import { type Channel, connect, type GetMessage } from 'amqplib';
import { RabbitMqBus, type RabbitMqOptions } from '../../rabbitmq/rabbitmq-bus.js';
import { keptLines, type Line } from '../lines.js';
import { testRabbitMq } from './test-rabbitmq.js';

const SITES = ['kisumu', 'siaya'];
const QUEUES = new Set(STAGE_NAMES.flatMap((stage) => [parkedQueueName(stage), ...SITES.map((site) => queueName(stage, site))]));

/** A bus that has declared `kisumu` and `siaya`, with what it logged. */
export interface MadeBus {
  readonly bus: RabbitMqBus;
  readonly lines: readonly Line[];
}

/** A virtual host of a test file's own, the bus on it, and a way to look past the bus. */
export interface RabbitMqBench {
  readonly url: string;
  open(at?: string, options?: Partial<RabbitMqOptions>): Promise<MadeBus>;
  past<Answer>(look: (channel: Channel) => Promise<Answer>): Promise<Answer>;
  takeAll(queue: string): Promise<readonly GetMessage[]>;
  parked(stage: StageName): Promise<readonly { readonly messageId: string; readonly code: string }[]>;
  /** Empties every queue. */
  purge(): Promise<void>;
  drop(): Promise<void>;
}

/** The bench, or why there is none. */
export async function rabbitMqBench(): Promise<RabbitMqBench | { readonly reason: string }> {
  const found = await testRabbitMq();
  if (found.broker === null) return { reason: found.reason };
  const { url, drop } = found.broker;
  const past = <Answer>(look: (channel: Channel) => Promise<Answer>): Promise<Answer> => lookPast(url, look);
  const takeAll = (queue: string): Promise<readonly GetMessage[]> => past((channel) => emptied(channel, queue));
  return {
    url,
    open: (at = url, options = {}) => openBus(at, options),
    past,
    takeAll,
    parked: async (stage) =>
      (await takeAll(parkedQueueName(stage))).map(({ properties }) => ({
        messageId: String(properties.messageId),
        code: String(properties.headers?.['failure-code']),
      })),
    purge: () => past(async (channel) => void (await Promise.all([...QUEUES].map((queue) => channel.purgeQueue(queue))))),
    drop,
  };
}

async function openBus(url: string, options: Partial<RabbitMqOptions>): Promise<MadeBus> {
  const logger = keptLines();
  const bus = await RabbitMqBus.open({ name: 'test', logger, firstWaitMs: 20, longestWaitMs: 100, ...options, url });
  await bus.declare(SITES);
  return { bus, lines: logger.lines };
}

async function lookPast<Answer>(url: string, look: (channel: Channel) => Promise<Answer>): Promise<Answer> {
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

async function emptied(channel: Channel, queue: string): Promise<readonly GetMessage[]> {
  const messages: GetMessage[] = [];
  for (let message = await channel.get(queue, { noAck: true }); message !== false; message = await channel.get(queue, { noAck: true })) messages.push(message);
  return messages;
}
