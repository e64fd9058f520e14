import { type SafeDetails, safeError, TransientError } from '@sync-hub/contracts';
import type { ChannelModel, ConfirmChannel, Message } from 'amqplib';
import type { Logger } from '../logger.js';
import { answered } from './answered.js';
import type { Connection } from './connection.js';
import type { Sending } from './wire.js';

/** A message and where it goes: an exchange with a routing key, or the default exchange with a queue's name. */
export interface Posting extends Sending {
  readonly exchange: string;
  readonly routingKey: string;
}

export interface PublisherOptions {
  /** How long to wait for a lost connection to come back. */
  readonly waitMs: number;
  /** How long RabbitMQ may take to confirm or answer; it confirms nothing while it is short of memory or disk. */
  readonly answerMs: number;
}

/** At most so many messages of one call are on their way unconfirmed. */
const WINDOW = 100;

/**
 * Publishes with confirms. What nobody is bound to comes back as a return *before* its confirm, which says nothing of it
 * (`basic.return` precedes `basic.ack`): a message counts as safe only if it was confirmed and not returned.
 */
export class Publisher {
  #channel: Promise<ConfirmChannel> | null = null;
  readonly #returned = new Map<string, number>();

  constructor(
    private readonly connection: Connection,
    private readonly options: PublisherOptions,
    private readonly logger: Logger,
    /** Called before each new channel: what we publish to is there again where it went missing. What it throws is logged. */
    private readonly prepare: (model: ChannelModel) => Promise<void>,
  ) {}

  /** Tries all of them. @throws TransientError `unroutable`, `bus-down`, `bus-lost` or `bus-slow`, for the first that is not safe */
  async publish(postings: readonly Posting[]): Promise<void> {
    const failures: unknown[] = [];
    for (let from = 0; from < postings.length; from += WINDOW) {
      const results = await this.window(postings.slice(from, from + WINDOW));
      for (const result of results) if (result.status === 'rejected') failures.push(result.reason);
    }
    if (failures.length > 0) throw failures[0];
  }

  async close(): Promise<void> {
    const channel = await this.#channel?.catch(() => null);
    if (channel) await answered(this.options.answerMs, channel.close()).catch(() => undefined);
  }

  private async window(postings: readonly Posting[]): Promise<PromiseSettledResult<void>[]> {
    const channel = await this.open();
    return Promise.allSettled(postings.map((posting) => answered(this.options.answerMs, this.post(channel, posting))));
  }

  private post(channel: ConfirmChannel, { exchange, routingKey, content, options }: Posting): Promise<void> {
    return new Promise((resolve, reject) => {
      const onConfirm = (error: unknown): void => {
        if (error !== null && error !== undefined) return reject(lost());
        if (this.wasReturned(keyOf(exchange, routingKey, options.messageId))) return reject(unroutable(options.messageId));
        resolve();
      };
      try {
        channel.publish(exchange, routingKey, content, options, onConfirm);
      } catch {
        reject(lost());
      }
    });
  }

  /** The channel of the present connection, opened again when it was closed. */
  private async open(): Promise<ConfirmChannel> {
    const model = await this.connection.up(this.options.waitMs);
    const opening = this.#channel ?? this.openAndKeep(model);
    try {
      return await opening;
    } catch (error) {
      this.logger.log('warn', 'rabbitmq-channel-failed', lineOf(error));
      throw lost();
    }
  }

  private openAndKeep(model: ChannelModel): Promise<ConfirmChannel> {
    const opening = this.openOn(model);
    this.#channel = opening;
    const forget = (): void => {
      if (this.#channel !== opening) return;
      this.#channel = null;
      this.#returned.clear();
    };
    opening.then((channel) => channel.once('close', forget), forget);
    return opening;
  }

  private async openOn(model: ChannelModel): Promise<ConfirmChannel> {
    await this.prepare(model).catch((error: unknown) => this.logger.log('warn', 'rabbitmq-set-up-failed', lineOf(error)));
    const channel = await answered(this.options.answerMs, model.createConfirmChannel());
    channel.on('error', (error) => this.logger.log('warn', 'rabbitmq-channel-error', lineOf(error)));
    channel.on('return', (message) => this.keepReturned(message));
    return channel;
  }

  private keepReturned({ fields, properties }: Message): void {
    const key = keyOf(fields.exchange, fields.routingKey, String(properties.messageId));
    this.#returned.set(key, (this.#returned.get(key) ?? 0) + 1);
  }

  private wasReturned(key: string): boolean {
    const times = this.#returned.get(key) ?? 0;
    if (times > 1) this.#returned.set(key, times - 1);
    else this.#returned.delete(key);
    return times > 0;
  }
}

const keyOf = (exchange: string, routingKey: string, messageId: string): string => `${exchange} ${routingKey} ${messageId}`;

const lost = (): TransientError => new TransientError('bus-lost', 'RabbitMQ closed the channel before it confirmed');

const unroutable = (messageId: string): TransientError => new TransientError('unroutable', 'no queue is bound to the message', { messageId });

const lineOf = (error: unknown): SafeDetails => {
  const { code, message, details } = safeError(error);
  const amqp = (error as { code?: unknown } | null)?.code;
  return { ...details, code, message, ...(typeof amqp === 'number' ? { amqp } : {}) };
};
