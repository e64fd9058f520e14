import type { StepDone } from '@sync-hub/contracts';

/** Measures one handling of one message: how long it took, and how many bytes of bodies went to sites and came from them. */
export class StepMeter {
  #begunAt: number | null = null;
  #bytesRead = 0;
  #bytesWritten = 0;

  readonly bytes = {
    sent: (bytes: number): void => {
      this.#bytesWritten += bytes;
    },
    received: (bytes: number): void => {
      this.#bytesRead += bytes;
    },
  };

  /** The handler begins now. */
  begin(): void {
    this.#begunAt = performance.now();
  }

  /** What it came to so far; `attempts` are those that failed before. */
  done(attempts: number): StepDone {
    const tookMs = this.#begunAt === null ? 0 : Math.round(performance.now() - this.#begunAt);
    return { attempt: attempts + 1, tookMs, bytesRead: this.#bytesRead, bytesWritten: this.#bytesWritten };
  }
}
