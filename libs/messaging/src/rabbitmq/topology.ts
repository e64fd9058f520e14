import {
  EXCHANGE,
  parkedQueueName,
  queueName,
  routingKey,
  type SiteId,
  STAGE_NAMES,
  STAGES,
  type StageSpec,
  WAITING_ROOM_SECONDS,
  waitingRoomName,
} from '@sync-hub/contracts';
import type { Channel, Options } from 'amqplib';
import type { StageQueue } from '../bus.js';

/**
 * How often RabbitMQ returns a message that nobody acked before it lays it aside. Stated, because 3.x has no limit and 4.x has 20. A cancel, a
 * closed channel and a dropped connection each count, so such a death says nothing about the message: its row is unsettled and the sweep sends it again.
 */
const DELIVERY_LIMIT = 20;

/** Copies for people to look at; older ones go. */
const PARKED_LIMIT = 10_000;

const quorum = (args: Record<string, unknown>): Options.AssertQueue => ({ durable: true, arguments: { 'x-queue-type': 'quorum', ...args } });

export const nameOf = ({ stage, site }: StageQueue): string => queueName(stage, site ?? '');

/** The shortest waiting room that can hold a message so long; the longest where none can. */
export function waitingRoomFor(delaySeconds: number): { readonly name: string; readonly seconds: number } {
  const seconds = WAITING_ROOM_SECONDS.find((room) => room >= delaySeconds) ?? WAITING_ROOM_SECONDS.at(-1) ?? 0;
  return { name: waitingRoomName(seconds), seconds };
}

/** Exchange, waiting rooms, parked queues, and the queues of all stages for these sites. Safe to repeat. */
export async function declareTopology(channel: Channel, sites: readonly SiteId[]): Promise<void> {
  await channel.assertExchange(EXCHANGE, 'topic', { durable: true });
  for (const seconds of WAITING_ROOM_SECONDS) await declareWaitingRoom(channel, seconds);
  for (const stage of STAGE_NAMES) {
    await channel.assertQueue(parkedQueueName(stage), quorum({ 'x-max-length': PARKED_LIMIT }));
    const each = STAGES[stage].queuePer === 'site' ? sites : [null];
    for (const site of each) await declareQueue(channel, { stage, site });
  }
}

/** One stage's queue with its bindings; for one site where it has a queue per site. */
export async function declareQueue(channel: Channel, queue: StageQueue): Promise<void> {
  const { consumes }: StageSpec = STAGES[queue.stage];
  const name = nameOf(queue);
  await channel.assertExchange(EXCHANGE, 'topic', { durable: true });
  await channel.assertQueue(
    name,
    quorum({ 'x-delivery-limit': DELIVERY_LIMIT, 'x-dead-letter-exchange': '', 'x-dead-letter-routing-key': parkedQueueName(queue.stage) }),
  );
  for (const contract of consumes) await channel.bindQueue(name, EXCHANGE, routingKey(contract.name, queue.site ?? '*'));
}

/**
 * A fanout exchange before each waiting room lets a message keep its routing key, the name of the queue it belongs to; when its time is up
 * the default exchange takes it there, and nobody else hears it twice.
 */
async function declareWaitingRoom(channel: Channel, seconds: number): Promise<void> {
  const name = waitingRoomName(seconds);
  await channel.assertExchange(name, 'fanout', { durable: true });
  await channel.assertQueue(name, quorum({ 'x-message-ttl': seconds * 1000, 'x-dead-letter-exchange': '' }));
  await channel.bindQueue(name, name, '');
}
