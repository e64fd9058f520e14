import { consumersOf, queueName, type SiteId, STAGE_NAMES, STAGES, TransientError } from '@sync-hub/contracts';
import type { Bus, Consumer, Delivery, StageQueue } from '../bus.js';
import type { Envelope } from '../envelope.js';
import { MemoryQueue } from './memory-queue.js';

/** A copy of a message that nobody could handle. */
export interface Parked {
  readonly queue: StageQueue;
  readonly envelope: Envelope;
  readonly code: string;
}

export interface InProcessOptions {
  /** How long a second of a waiting room lasts. */
  readonly secondInMs: number;
  /** Parked copies kept for people to see; older ones go. */
  readonly parkedLimit: number;
}

/** Carries messages inside one process, and keeps nothing: the database remembers. */
export class InProcessBus implements Bus {
  readonly #queues = new Map<string, MemoryQueue>();
  readonly #timers = new Set<NodeJS.Timeout>();
  readonly #parked: Parked[] = [];
  readonly #options: InProcessOptions;
  #closed = false;

  constructor(options: Partial<InProcessOptions> = {}) {
    this.#options = { secondInMs: 1000, parkedLimit: 1000, ...options };
  }

  async declare(sites: readonly SiteId[]): Promise<void> {
    for (const stage of STAGE_NAMES) {
      const each = STAGES[stage].queuePer === 'site' ? sites : [null];
      for (const site of each) this.declareQueue({ stage, site });
    }
  }

  async publish(envelopes: readonly Envelope[]): Promise<void> {
    this.open();
    const routed = envelopes.map((envelope) => ({ envelope, queues: this.queuesFor(envelope) }));
    for (const { envelope, queues } of routed) for (const queue of queues) queue.add(envelope);
    const nowhere = routed.find(({ queues }) => queues.length === 0);
    if (nowhere !== undefined) throw unroutable(nowhere.envelope);
  }

  async sendTo(queue: StageQueue, envelope: Envelope): Promise<void> {
    this.open();
    this.find(queue, envelope).add(envelope);
  }

  async sendLater(queue: StageQueue, envelope: Envelope, delaySeconds: number): Promise<void> {
    this.open();
    const target = this.find(queue, envelope);
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      target.add(envelope);
    }, delaySeconds * this.#options.secondInMs);
    timer.unref();
    this.#timers.add(timer);
  }

  async park(queue: StageQueue, envelope: Envelope, code: string): Promise<void> {
    this.open();
    this.#parked.push({ queue, envelope, code });
    if (this.#parked.length > this.#options.parkedLimit) this.#parked.shift();
  }

  async consume(queue: StageQueue, prefetch: number, onDelivery: (delivery: Delivery) => void): Promise<Consumer> {
    this.open();
    return this.declareQueue(queue).consume(prefetch, onDelivery);
  }

  async depth(queue: StageQueue): Promise<number> {
    return this.#queues.get(nameOf(queue))?.depth ?? 0;
  }

  /** The copies nobody could handle, oldest first. */
  parked(): readonly Parked[] {
    return [...this.#parked];
  }

  isConnected(): boolean {
    return !this.#closed;
  }

  async stopConsuming(): Promise<void> {
    for (const queue of this.#queues.values()) queue.stop();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.stopConsuming();
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
    this.#queues.clear();
  }

  private declareQueue(queue: StageQueue): MemoryQueue {
    const name = nameOf(queue);
    const declared = this.#queues.get(name) ?? new MemoryQueue(queue);
    this.#queues.set(name, declared);
    return declared;
  }

  private queuesFor({ type, site }: Envelope): readonly MemoryQueue[] {
    return consumersOf(type).flatMap((stage) => this.#queues.get(queueName(stage, site)) ?? []);
  }

  private find(queue: StageQueue, envelope: Envelope): MemoryQueue {
    const found = this.#queues.get(nameOf(queue));
    if (found === undefined) throw unroutable(envelope);
    return found;
  }

  private open(): void {
    if (this.#closed) throw new TransientError('bus-closed', 'the in-process bus is closed');
  }
}

const nameOf = ({ stage, site }: StageQueue): string => queueName(stage, site ?? '');

const unroutable = ({ messageId }: Envelope): TransientError => new TransientError('unroutable', 'no queue is bound to the message', { messageId });
