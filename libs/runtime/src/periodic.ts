import type { Log } from '@sync-hub/observability';

/** Does a piece of work again and again, never twice at once, until it is stopped. A failure is logged, and the next time tries again. */
export class Periodic {
  private timer: NodeJS.Timeout | null = null;
  private run: Promise<void> = Promise.resolve();
  private stopped = false;

  /** `work` answers with how many milliseconds to wait, or nothing for `everyMs`. */
  constructor(
    private readonly name: string,
    private readonly everyMs: number,
    private readonly work: () => Promise<number | void>,
    private readonly log: Log,
  ) {}

  start(): void {
    this.run = this.once().then((waitMs) => {
      if (!this.stopped) this.timer = setTimeout(() => this.start(), waitMs);
    });
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
      return this.everyMs;
    }
  }
}
