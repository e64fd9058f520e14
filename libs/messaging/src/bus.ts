import type { SiteId, StageName } from '@sync-hub/contracts';
import type { Envelope } from './envelope.js';

/** A queue of one stage, for one site where the stage has a queue per site. */
export interface StageQueue {
  readonly stage: StageName;
  readonly site: SiteId | null;
}

/** A message in hand, until `ack`. After the bus dropped the connection `ack` does nothing, and the message is delivered again. */
export interface Delivery {
  readonly envelope: Envelope;
  readonly queue: StageQueue;
  readonly redelivered: boolean;
  ack(): void;
}

/** A consumer that can be stopped for a while (a site is down) and started again; what it holds stays in its hands. */
export interface Consumer {
  pause(): Promise<void>;
  resume(): Promise<void>;
}

/**
 * What carries messages. It may forget everything at any moment (the database remembers), deliver twice and out of order;
 * it must never answer `publish` before the message is safe with it, and never invent or alter one.
 * In-process and RabbitMQ buses pass one contract suite.
 */
export interface Bus {
  /** Declares exchange, queues, bindings and waiting rooms for these sites. Safe to repeat; called at deployment and when a site is added. */
  declare(sites: readonly SiteId[]): Promise<void>;
  /** Publishes to everybody bound. Resolves when the bus has confirmed each; rejects if it lost any or none was bound. */
  publish(envelopes: readonly Envelope[]): Promise<void>;
  /** Sends to the queue of one stage only, so that nobody hears a message twice. Rejects where there is no such queue. Used by the sweep. */
  sendTo(queue: StageQueue, envelope: Envelope): Promise<void>;
  /** Lays a message into the shortest waiting room that can hold it so long, from which it returns to `queue` alone. */
  sendLater(queue: StageQueue, envelope: Envelope, delaySeconds: number, attempt: number, code: string): Promise<void>;
  /** Lays a copy where people look (`<stage>.parked`), with the error's code as header. */
  park(queue: StageQueue, envelope: Envelope, code: string): Promise<void>;
  /** At most `prefetch` deliveries are in the handler's hands at once. */
  consume(queue: StageQueue, prefetch: number, onDelivery: (delivery: Delivery) => void): Promise<Consumer>;
  /** Messages that are ready in the queue, not counting those in hand. */
  depth(queue: StageQueue): Promise<number>;
  /** True while the bus can be used; for readiness. */
  isConnected(): boolean;
  /** Stops delivering. In-hand messages can still be acked until `close`. */
  stopConsuming(): Promise<void>;
  close(): Promise<void>;
}
