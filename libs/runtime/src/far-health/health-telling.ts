import type { ToldHealth } from '@sync-hub/contracts';
import { stateOf } from './health-of.js';

interface Parts {
  readonly read: () => Promise<ToldHealth>;
  /** Told again after so long, though nothing has changed. */
  readonly againMs: number;
  /** Told once, until it can be read again. */
  readonly unreadable: (error: unknown) => void;
  readonly clock?: () => number;
}

/** What is to be told of how an instance does, and when: at once where a state is another, after a while else. */
export class HealthTelling {
  private told: { readonly state: string; readonly at: number } | null = null;
  private isFailing = false;

  constructor(private readonly parts: Parts) {}

  /** `null` where there is nothing to tell now, or it cannot be read: whatever else is told goes without it. */
  async next(): Promise<ToldHealth | null> {
    try {
      const health = await this.parts.read();
      this.isFailing = false;
      return this.isDue(stateOf(health)) ? health : null;
    } catch (error) {
      if (!this.isFailing) this.parts.unreadable(error);
      this.isFailing = true;
      return null;
    }
  }

  /** It has arrived. What was sent and not answered is told once more. */
  arrived(health: ToldHealth | null): void {
    if (health !== null) this.told = { state: stateOf(health), at: this.now() };
  }

  /** Whoever is told from now on knows nothing of it. */
  beginAnew(): void {
    this.told = null;
  }

  private isDue(state: string): boolean {
    return this.told === null || this.told.state !== state || this.now() - this.told.at >= this.parts.againMs;
  }

  private now(): number {
    return (this.parts.clock ?? (() => performance.now()))();
  }
}
