import { type SiteId, safeError } from '@sync-hub/contracts';
import type { Consumer } from './bus.js';
import type { Logger } from './logger.js';
import type { ClosedFor, SiteHealth } from './runner-store.js';

/** Stops and starts the queues of sites as their circuits and their windows open and close: the messages of a clinic that is dead, or rests, wait in its own queue, and cost nothing. */
export class SiteWatch {
  #closed: ReadonlyMap<SiteId, ClosedFor> = new Map();
  readonly #paused = new Set<SiteId>();
  #timer: NodeJS.Timeout | null = null;
  #stopped = false;

  constructor(
    private readonly health: SiteHealth,
    private readonly consumers: ReadonlyMap<SiteId, Consumer>,
    private readonly logger: Logger,
    private readonly everyMs: number,
  ) {}

  /** Why the site's messages are not to be handled, as it was last seen; `null` where they are. */
  closedFor(site: SiteId): ClosedFor | null {
    return this.#closed.get(site) ?? null;
  }

  /** Reads the circuits once now, and then again and again until `stop`. */
  async start(): Promise<void> {
    await this.look();
    if (!this.#stopped) this.#timer = setTimeout(() => void this.start(), this.everyMs);
  }

  stop(): void {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
  }

  private async look(): Promise<void> {
    try {
      this.#closed = await this.health.closed();
      await Promise.all([...this.consumers].map(([site, consumer]) => this.follow(site, consumer)));
    } catch (error) {
      const { code, message } = safeError(error);
      this.logger.log('warn', 'site-watch-failed', { code, message });
    }
  }

  private async follow(site: SiteId, consumer: Consumer): Promise<void> {
    const closed = this.#closed.has(site);
    if (this.#stopped || closed === this.#paused.has(site)) return;
    if (closed) {
      this.#paused.add(site);
      return consumer.pause();
    }
    await consumer.resume();
    this.#paused.delete(site);
  }
}
