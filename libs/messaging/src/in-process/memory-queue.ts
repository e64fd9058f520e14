import type { Consumer, Delivery, StageQueue } from '../bus.js';
import type { Envelope } from '../envelope.js';

interface Consuming {
  readonly prefetch: number;
  readonly onDelivery: (delivery: Delivery) => void;
  inHand: number;
  paused: boolean;
}

/** One queue in memory: first in, first out, handed to its consumers in turn as far as their hands are free. */
export class MemoryQueue {
  #messages: Envelope[] = [];
  #head = 0;
  #consumers: Consuming[] = [];
  #scheduled = false;

  constructor(private readonly queue: StageQueue) {}

  get depth(): number {
    return this.#messages.length - this.#head;
  }

  add(envelope: Envelope): void {
    this.#messages.push(envelope);
    this.schedule();
  }

  consume(prefetch: number, onDelivery: (delivery: Delivery) => void): Consumer {
    const consuming: Consuming = { prefetch, onDelivery, inHand: 0, paused: false };
    this.#consumers.push(consuming);
    this.schedule();
    return {
      pause: async () => {
        consuming.paused = true;
      },
      resume: async () => {
        consuming.paused = false;
        this.schedule();
      },
    };
  }

  /** Delivers nothing more, for good. */
  stop(): void {
    this.#consumers = [];
  }

  private schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.deliver();
    });
  }

  private deliver(): void {
    for (let free = this.nextFree(); free !== undefined && this.depth > 0; free = this.nextFree()) this.hand(free, this.shift());
  }

  /** The consumer with the emptiest hands. */
  private nextFree(): Consuming | undefined {
    return this.#consumers.filter(({ paused, inHand, prefetch }) => !paused && inHand < prefetch).sort((one, other) => one.inHand - other.inHand)[0];
  }

  private hand(consuming: Consuming, envelope: Envelope): void {
    let acked = false;
    consuming.inHand += 1;
    const ack = (): void => {
      if (acked) return;
      acked = true;
      consuming.inHand -= 1;
      this.schedule();
    };
    consuming.onDelivery({ envelope: { ...envelope, payload: structuredClone(envelope.payload) }, queue: this.queue, redelivered: false, ack });
  }

  /** In constant time: the array is cut when half of it is gone. */
  private shift(): Envelope {
    const envelope = this.#messages[this.#head] as Envelope;
    this.#head += 1;
    if (this.#head * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#head);
      this.#head = 0;
    }
    return envelope;
  }
}
