import { safeError } from '@sync-hub/contracts';
import type { Bus } from './bus.js';
import type { Envelope } from './envelope.js';
import type { Logger } from './logger.js';
import type { RunnerStore } from './runner-store.js';

/** Publishes what a committed transaction said and marks it sent. Never throws: what does not get through now is sent by the sweep. */
export async function passOn(
  said: readonly Envelope[],
  ports: { readonly bus: Bus; readonly store: Pick<RunnerStore, 'markSent'>; readonly logger: Logger },
): Promise<void> {
  if (said.length === 0) return;
  try {
    await ports.bus.publish(said);
    await ports.store.markSent(said.map(({ messageId }) => messageId));
  } catch (error) {
    const { code, message } = safeError(error);
    ports.logger.log('warn', 'left-to-the-sweep', { messages: said.length, code, message });
  }
}
