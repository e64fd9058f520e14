import type { Log } from '@sync-hub/observability';

/** What is done seldom is tried again this soon after it failed. */
const AFTER_FAILURE_MS = 60_000;

/** Does a piece of work again and again, never twice at once, until it is stopped. A failure is logged, and the next time, a minute later at most, tries again. */
export class Periodic {
  private timer: NodeJS.Timeout | null = null;
  private run: Promise<void> = Promise.resolve();
  private stopped = false;
  private isHurried = false;

  /** `work` answers with how many milliseconds to wait, or nothing for `everyMs`. */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<number | void>,
    private readonly log: Log,
    private readonly afterFailureMs = AFTER_FAILURE_MS,
  ) {}

  start(): void {
    this.timer = null;
    this.run = this.once().then((waitMs) => {
      if (this.stopped) return;
      this.timer = setTimeout(() => this.start(), this.isHurried ? 0 : waitMs);
      this.isHurried = false;
    });
  }

  /** Does it now, or once more as soon as what is in hand has ended. */
  hurry(): void {
    if (this.stopped) return;
    if (this.timer === null) {
      this.isHurried = true;
      return;
    }
    clearTimeout(this.timer);
    this.start();
  }

  /** Waits for the piece of work in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.run;
  }

  private async once(): Promise<number> {
    try {
      return (await this.work()) ?? this.everyMs;
    } catch (error) {
      this.log.error('periodic-work-failed', error, { action: this.name });
      return Math.min(this.everyMs, this.afterFailureMs);
    }
  }
}
