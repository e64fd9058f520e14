import { TransientError } from '@sync-hub/contracts';
import type { Delivery, StageQueue } from './bus.js';
import type { Claims } from './claims.js';
import type { Envelope } from './envelope.js';
import { StepMeter } from './step-meter.js';

/** Why a handler was told to end. */
export type EndedBy = 'stopping' | 'handler-timeout';

/** One message in this process's hands, with every copy of it that came meanwhile. */
export interface InHand {
  readonly envelope: Envelope;
  readonly queue: StageQueue;
  readonly copies: Delivery[];
  readonly claims: Claims;
  readonly abort: AbortController;
  readonly meter: StepMeter;
  /** Failed attempts so far, once its row was read. */
  attempts: number;
}

/** The messages a runner has in hand, by id: a copy of one joins it instead of being handled beside it. */
export class Hands {
  readonly #held = new Map<string, InHand>();
  readonly #whenEmpty = new Set<() => void>();

  constructor(private readonly claimsFor: (messageId: string) => Claims) {}

  /** The message as a new one in hand, or null where it joined a copy. */
  take(delivery: Delivery): InHand | null {
    const held = this.#held.get(delivery.envelope.messageId);
    if (held !== undefined) {
      held.copies.push(delivery);
      return null;
    }
    const { envelope, queue } = delivery;
    const item: InHand = {
      envelope,
      queue,
      copies: [delivery],
      claims: this.claimsFor(envelope.messageId),
      abort: new AbortController(),
      meter: new StepMeter(),
      attempts: 0,
    };
    this.#held.set(envelope.messageId, item);
    return item;
  }

  /** Its row knows what became of it: the bus need not. */
  letGo(item: InHand): void {
    this.#held.delete(item.envelope.messageId);
    for (const copy of item.copies) copy.ack();
    if (this.#held.size > 0) return;
    for (const resolve of this.#whenEmpty) resolve();
    this.#whenEmpty.clear();
  }

  has(messageId: string): boolean {
    return this.#held.has(messageId);
  }

  all(): readonly InHand[] {
    return [...this.#held.values()];
  }

  /** True once nothing is in hand, false where that took longer. */
  async empty(withinMs: number): Promise<boolean> {
    if (this.#held.size === 0) return true;
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve(false), withinMs);
      this.#whenEmpty.add(() => {
        clearTimeout(timer);
        resolve(true);
      });
    });
  }
}

/** What the handler answers, unless it is told to end first: then it is left alone, and what it still does is checked by its claims. */
export async function answerOf<Answer>(answer: Promise<Answer>, abort: AbortController, timeoutSeconds: number): Promise<Answer> {
  const timer = setTimeout(() => abort.abort('handler-timeout' satisfies EndedBy), timeoutSeconds * 1000);
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => reject(new TransientError(String(abort.signal.reason), 'the handler was told to end'));
    abort.signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    clearTimeout(timer);
    abort.signal.removeEventListener('abort', onAbort);
  }
}
