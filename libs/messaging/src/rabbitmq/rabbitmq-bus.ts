import { ContractError, EXCHANGE, parkedQueueName, routingKey, type SiteId, TransientError } from '@sync-hub/contracts';
import type { Channel, ChannelModel, ConsumeMessage, Replies } from 'amqplib';
import type { Bus, Consumer, Delivery, StageQueue } from '../bus.js';
import type { Envelope } from '../envelope.js';
import type { Logger } from '../logger.js';
import { answered } from './answered.js';
import { Connection } from './connection.js';
import { Publisher } from './publisher.js';
import { QueueConsumer } from './queue-consumer.js';
import { declareTopology, nameOf, waitingRoomFor } from './topology.js';
import { toWire } from './wire.js';

export interface RabbitMqOptions {
  /** `amqp://user:password@host:port/vhost`: not for logs. */
  readonly url: string;
  /** Which service this is, as RabbitMQ's list of connections shows it. */
  readonly name: string;
  readonly logger: Logger;
  /** How long the first connection may take. */
  readonly connectWithinMs?: number;
  /** How long a publish waits for a lost connection to come back. */
  readonly waitMs?: number;
  /** How long RabbitMQ may take to confirm or answer. */
  readonly answerMs?: number;
  readonly heartbeatSeconds?: number;
  readonly firstWaitMs?: number;
  readonly longestWaitMs?: number;
}

const PRECONDITION_FAILED = 406;
const NOT_FOUND = 404;

/** What declaring the queues of one site may take longer. */
const MS_PER_SITE = 500;

/** Carries messages over RabbitMQ. One connection publishes and one consumes, so that a broker short of memory, which stops publishers, still takes acks. */
export class RabbitMqBus implements Bus {
  readonly #publishing: Connection;
  readonly #consuming: Connection;
  readonly #publisher: Publisher;
  readonly #consumers: QueueConsumer[] = [];
  readonly #sites = new Set<SiteId>();
  readonly #waitMs: number;
  readonly #answerMs: number;
  #asking: Promise<Channel> | null = null;
  #declared = false;
  #closed = false;

  private constructor(private readonly options: RabbitMqOptions) {
    const { url, name, logger, heartbeatSeconds = 10, firstWaitMs = 200, longestWaitMs = 10_000 } = options;
    this.#waitMs = options.waitMs ?? 5_000;
    this.#answerMs = options.answerMs ?? 10_000;
    const connection = (does: string, onUp: () => void): Connection =>
      new Connection({ url, name: `${name} ${does}`, heartbeatSeconds, firstWaitMs, longestWaitMs }, logger, onUp);
    this.#publishing = connection('publishes', () => {
      this.#asking = null;
    });
    this.#consuming = connection('consumes', () => this.tendAll());
    const limits = { waitMs: this.#waitMs, answerMs: this.#answerMs };
    this.#publisher = new Publisher(this.#publishing, limits, logger, (model) => this.declareAgain(model));
  }

  /** Connects. @throws TransientError where RabbitMQ cannot be reached within `connectWithinMs` */
  static async open(options: RabbitMqOptions): Promise<RabbitMqBus> {
    const bus = new RabbitMqBus(options);
    const withinMs = options.connectWithinMs ?? 30_000;
    bus.#publishing.start();
    bus.#consuming.start();
    try {
      await Promise.all([bus.#publishing.up(withinMs), bus.#consuming.up(withinMs)]);
      return bus;
    } catch (error) {
      await bus.close();
      throw error;
    }
  }

  async declare(sites: readonly SiteId[]): Promise<void> {
    for (const site of sites) this.#sites.add(site);
    this.#declared = true;
    const model = await this.#publishing.up(this.#waitMs);
    await this.declareOn(model, sites);
  }

  async publish(envelopes: readonly Envelope[]): Promise<void> {
    await this.#publisher.publish(
      envelopes.map((envelope) => ({ ...toWire(envelope), exchange: EXCHANGE, routingKey: routingKey(envelope.type, envelope.site) })),
    );
  }

  async sendTo(queue: StageQueue, envelope: Envelope): Promise<void> {
    await this.#publisher.publish([{ ...toWire(envelope), exchange: '', routingKey: nameOf(queue) }]);
  }

  async sendLater(queue: StageQueue, envelope: Envelope, delaySeconds: number, attempt: number, code: string): Promise<void> {
    const room = waitingRoomFor(delaySeconds);
    const { content, options } = toWire(envelope, { attempt, 'failure-code': code });
    const expiration = String(Math.max(1, Math.round(Math.min(delaySeconds, room.seconds) * 1000)));
    await this.#publisher.publish([{ content, options: { ...options, expiration }, exchange: room.name, routingKey: nameOf(queue) }]);
  }

  async park(queue: StageQueue, envelope: Envelope, code: string): Promise<void> {
    await this.#publisher.publish([
      { ...toWire(envelope, { 'failure-code': code, queue: nameOf(queue) }), exchange: '', routingKey: parkedQueueName(queue.stage) },
    ]);
  }

  async consume(queue: StageQueue, prefetch: number, onDelivery: (delivery: Delivery) => void): Promise<Consumer> {
    await this.#consuming.up(this.#waitMs);
    const onUnreadable = (of: StageQueue, message: ConsumeMessage): Promise<void> => this.parkUnreadable(of, message);
    const consumer = new QueueConsumer(this.#consuming, { queue, prefetch, answerMs: this.#answerMs, onDelivery, onUnreadable }, this.options.logger);
    this.#consumers.push(consumer);
    try {
      await consumer.start();
      return consumer;
    } catch (error) {
      this.#consumers.splice(this.#consumers.indexOf(consumer), 1);
      await consumer.close();
      throw refusal(error);
    }
  }

  async depth(queue: StageQueue): Promise<number> {
    const model = await this.#publishing.up(this.#waitMs);
    const asking = this.#asking ?? this.openAsking(model);
    this.#asking = asking;
    try {
      return (await answered(this.#answerMs, this.ask(asking, queue))).messageCount;
    } catch (error) {
      if (this.#asking === asking) this.#asking = null;
      asking.then((channel) => channel.close()).catch(() => undefined);
      if (codeOf(error) === NOT_FOUND) return 0;
      throw new TransientError('bus-lost', 'RabbitMQ did not say how many messages lie in a queue', { queue: nameOf(queue) });
    }
  }

  isConnected(): boolean {
    return this.#publishing.current !== null && this.#consuming.current !== null;
  }

  async stopConsuming(): Promise<void> {
    await Promise.all(this.#consumers.map((consumer) => consumer.pause()));
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await Promise.all(this.#consumers.map((consumer) => consumer.close()));
    await this.#publisher.close();
    await Promise.all([this.#publishing.close(), this.#consuming.close()]);
  }

  private async declareAgain(model: ChannelModel): Promise<void> {
    if (this.#declared) await this.declareOn(model, [...this.#sites]);
  }

  private async declareOn(model: ChannelModel, sites: readonly SiteId[]): Promise<void> {
    const channel = await answered(this.#answerMs, model.createChannel()).catch((error: unknown) => {
      throw refusal(error);
    });
    channel.on('error', () => undefined);
    try {
      await answered(this.#answerMs + sites.length * MS_PER_SITE, declareTopology(channel, sites));
    } catch (error) {
      throw refusal(error);
    } finally {
      channel.close().catch(() => undefined);
    }
  }

  private async openAsking(model: ChannelModel): Promise<Channel> {
    const channel = await model.createChannel();
    channel.on('error', () => undefined);
    return channel;
  }

  private async ask(asking: Promise<Channel>, queue: StageQueue): Promise<Replies.AssertQueue> {
    return (await asking).checkQueue(nameOf(queue));
  }

  private tendAll(): void {
    for (const consumer of this.#consumers) void consumer.tend();
  }

  private async parkUnreadable(queue: StageQueue, { content }: ConsumeMessage): Promise<void> {
    const headers = { 'failure-code': 'unreadable', queue: nameOf(queue) };
    const options = { messageId: `unreadable:${nameOf(queue)}`, persistent: true, mandatory: true, headers };
    await this.#publisher.publish([{ content, options, exchange: '', routingKey: parkedQueueName(queue.stage) }]);
    this.options.logger.log('error', 'unreadable-message', { queue: nameOf(queue), bytes: content.length });
  }
}

/** What RabbitMQ's answer to a declaration means. Its own text stays out. */
const refusal = (error: unknown): ContractError | TransientError =>
  codeOf(error) === PRECONDITION_FAILED
    ? new ContractError('a queue or exchange exists in RabbitMQ with other arguments than ours')
    : new TransientError('bus-lost', 'RabbitMQ was lost while its queues were declared');

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code;
