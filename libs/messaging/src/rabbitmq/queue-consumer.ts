import { setTimeout as sleep } from 'node:timers/promises';
import { type SafeDetails, safeError } from '@sync-hub/contracts';
import type { Channel, ChannelModel, ConsumeMessage } from 'amqplib';
import type { Consumer, Delivery, StageQueue } from '../bus.js';
import type { Logger } from '../logger.js';
import { answered } from './answered.js';
import type { Connection } from './connection.js';
import { declareQueue, nameOf } from './topology.js';
import { fromWire } from './wire.js';

export interface ConsumerOptions {
  readonly queue: StageQueue;
  readonly prefetch: number;
  /** How long RabbitMQ may take to answer. */
  readonly answerMs: number;
  readonly onDelivery: (delivery: Delivery) => void;
  /** Lays a message that is none of ours where people look; resolves when it is safe there. */
  readonly onUnreadable: (queue: StageQueue, message: ConsumeMessage) => Promise<void>;
}

const AGAIN_MS = 250;

/**
 * Acks need so long to be safe. For a quorum queue RabbitMQ keeps those beyond 32 in flight back in the channel (rabbit_fifo_client), and a
 * channel that closes forgets them.
 */
const ACKS_SINK_IN_MS = 250;
const UNREADABLE_AGAIN_MS = 5_000;

interface Open {
  readonly model: ChannelModel;
  readonly channel: Channel;
  /** Null while paused, and after RabbitMQ cancelled it. */
  tag: string | null;
}

/**
 * Keeps one queue consumed, on a channel of its own, as long as it is wanted: over lost connections, closed channels, and a queue that was
 * deleted under it (RabbitMQ then cancels the consumer with an empty message, and nothing else tells). One step at a time, so that a channel
 * that closes with its connection is not opened twice.
 */
export class QueueConsumer implements Consumer {
  #wanted = true;
  #open: Open | null = null;
  #steps: Promise<void> = Promise.resolve();
  #again: NodeJS.Timeout | null = null;
  #ackedAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly connection: Connection,
    private readonly options: ConsumerOptions,
    private readonly logger: Logger,
  ) {}

  /** Makes what is wanted so, now. Rejects where that fails: the queue exists with other arguments, say. */
  start(): Promise<void> {
    return this.step(() => this.follow());
  }

  async pause(): Promise<void> {
    this.#wanted = false;
    await this.tend();
  }

  async resume(): Promise<void> {
    this.#wanted = true;
    await this.tend();
  }

  /** To be called when something may have changed: a new connection, a closed channel. Tries again until it succeeds. */
  async tend(): Promise<void> {
    try {
      await this.step(() => this.follow());
    } catch (error) {
      this.log('rabbitmq-consumer-failed', lineOf(error));
      this.tendLater();
    }
  }

  async close(): Promise<void> {
    this.#wanted = false;
    if (this.#again !== null) clearTimeout(this.#again);
    await this.step(async () => {
      const open = this.#open;
      if (open === null) return;
      await answered(this.options.answerMs, this.cancel()).catch(() => undefined);
      this.#open = null;
      if (performance.now() - this.#ackedAt < ACKS_SINK_IN_MS) await sleep(ACKS_SINK_IN_MS);
      await answered(this.options.answerMs, open.channel.close()).catch(() => undefined);
    });
  }

  private step(work: () => Promise<void>): Promise<void> {
    const mine = this.#steps.then(work);
    this.#steps = mine.catch(() => undefined);
    return mine;
  }

  private async follow(): Promise<void> {
    const model = this.connection.current;
    if (this.#open !== null && this.#open.model !== model) this.#open = null;
    if (model === null) return;
    try {
      await answered(this.options.answerMs, this.#wanted ? this.consume(model) : this.cancel());
    } catch (error) {
      this.abandon();
      throw error;
    }
  }

  private async cancel(): Promise<void> {
    const open = this.#open;
    if (open === null || open.tag === null) return;
    await open.channel.cancel(open.tag);
    open.tag = null;
  }

  private async consume(model: ChannelModel): Promise<void> {
    this.#open ??= await this.openOn(model);
    const open = this.#open;
    if (open.tag !== null) return;
    const { queue, prefetch } = this.options;
    await open.channel.prefetch(prefetch);
    await declareQueue(open.channel, queue);
    const { consumerTag } = await open.channel.consume(nameOf(queue), (message) => this.take(open, message));
    open.tag = consumerTag;
  }

  private async openOn(model: ChannelModel): Promise<Open> {
    const channel = await model.createChannel();
    const open: Open = { model, channel, tag: null };
    channel.on('error', (error) => this.log('rabbitmq-channel-error', lineOf(error)));
    // When the connection is lost its channels close first: only afterwards it is known whether there is one to open another on.
    channel.on('close', () => setImmediate(() => this.channelClosed(open)));
    return open;
  }

  /** A channel that failed or owes us an answer is of no more use. */
  private abandon(): void {
    const open = this.#open;
    this.#open = null;
    open?.channel.close().catch(() => undefined);
  }

  private channelClosed(open: Open): void {
    if (this.#open !== open) return;
    this.#open = null;
    if (this.#wanted && this.connection.current === open.model) this.tendLater();
  }

  private take(open: Open, message: ConsumeMessage | null): void {
    if (message === null) {
      open.tag = null;
      this.log('rabbitmq-consumer-cancelled', {});
      return this.tendLater();
    }
    const envelope = fromWire(message);
    if (envelope === null) return void this.unreadable(open, message);
    const { queue, onDelivery } = this.options;
    onDelivery({ envelope, queue, redelivered: message.fields.redelivered, ack: this.ackOnce(open.channel, message) });
  }

  private async unreadable(open: Open, message: ConsumeMessage): Promise<void> {
    while (this.#open === open) {
      try {
        await this.options.onUnreadable(this.options.queue, message);
        return this.ackOnce(open.channel, message)();
      } catch (error) {
        this.log('cannot-park', lineOf(error));
        await sleep(UNREADABLE_AGAIN_MS, undefined, { ref: false });
      }
    }
  }

  /** Acks on a channel that is closed do nothing: the message comes again on another. */
  private ackOnce(channel: Channel, message: ConsumeMessage): () => void {
    let acked = false;
    return () => {
      if (acked) return;
      acked = true;
      this.#ackedAt = performance.now();
      try {
        channel.ack(message);
      } catch {
        // IllegalOperationError of a closed channel.
      }
    };
  }

  private tendLater(): void {
    if (this.#again !== null) clearTimeout(this.#again);
    this.#again = setTimeout(() => void this.tend(), AGAIN_MS);
  }

  private log(event: string, fields: SafeDetails): void {
    this.logger.log('warn', event, { queue: nameOf(this.options.queue), ...fields });
  }
}

const lineOf = (error: unknown): SafeDetails => {
  const { code, message, details } = safeError(error);
  const amqp = (error as { code?: unknown } | null)?.code;
  return { ...details, code, message, ...(typeof amqp === 'number' ? { amqp } : {}) };
};
