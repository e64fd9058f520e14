import type { Bus, Envelope, RunnerStore } from '@sync-hub/messaging';

/** Sends what a transaction outside a stage has said. What the bus does not take now lies in the outbox, and the sweep sends it. */
export class Outgoing {
  constructor(
    private readonly bus: Bus,
    private readonly store: RunnerStore,
  ) {}

  async send(envelopes: readonly Envelope[]): Promise<void> {
    if (envelopes.length === 0) return;
    try {
      await this.bus.publish(envelopes);
    } catch {
      return;
    }
    await this.store.markSent(envelopes.map((envelope) => envelope.messageId));
  }
}
