import { EXCHANGE, parkedQueueName, STAGE_NAMES, WAITING_ROOM_SECONDS, waitingRoomName } from '@sync-hub/contracts';
import { type ConsumeMessage, connect, type GetMessage } from 'amqplib';

/** Hears every message that passes the broker, by a queue of its own on the exchange and on those before the waiting rooms. */
export interface ExchangeTap {
  /** All that was heard, and what lies parked now: body, headers, properties, exchange and routing key of each, as text. */
  heard(): Promise<readonly string[]>;
  /** Says something on the exchange that is nobody's message. */
  plant(text: string): void;
  stop(): Promise<void>;
}

const textOf = ({ fields, properties, content }: ConsumeMessage | GetMessage): string =>
  `${fields.exchange} ${fields.routingKey} ${JSON.stringify(properties)} ${content.toString('utf8')}`;

/** Taps a virtual host on which nothing has been published yet. */
export async function tapExchange(url: string): Promise<ExchangeTap> {
  const model = await connect(url);
  const channel = await model.createChannel();
  const { queue } = await channel.assertQueue('', { exclusive: true });
  await channel.assertExchange(EXCHANGE, 'topic', { durable: true });
  await channel.bindQueue(queue, EXCHANGE, '#');
  for (const seconds of WAITING_ROOM_SECONDS) {
    await channel.assertExchange(waitingRoomName(seconds), 'fanout', { durable: true });
    await channel.bindQueue(queue, waitingRoomName(seconds), '');
  }
  const passed: string[] = [];
  await channel.consume(queue, (message) => void (message === null || passed.push(textOf(message))), { noAck: true });
  /** On a channel of its own, whose end puts them back. */
  const parked = async (): Promise<string[]> => {
    const looking = await model.createChannel();
    const found: string[] = [];
    for (const stage of STAGE_NAMES)
      for (let message = await looking.get(parkedQueueName(stage)); message !== false; message = await looking.get(parkedQueueName(stage)))
        found.push(textOf(message));
    await looking.close();
    return found;
  };
  return {
    heard: async () => [...passed, ...(await parked())],
    plant: (text) => void channel.publish(EXCHANGE, `planted.${text}`, Buffer.from('{}')),
    stop: () => model.close(),
  };
}
