import type { StageName, StepDone } from '@sync-hub/contracts';
import type { InHand } from './hands.js';
import { passOn } from './pass-on.js';
import type { RunnerPorts } from './runner-options.js';
import type { Settlement } from './runner-store.js';

/** A message with its verdict, ready to be committed. */
export interface Decided {
  readonly item: InHand;
  readonly verdict: Settlement['verdict'];
  readonly step: StepDone;
}

/** Commits a group of verdicts in one transaction, publishes what was said, and lets go of the messages. A group that fails goes row by row. */
export class Settling {
  constructor(
    private readonly stage: StageName,
    private readonly ports: RunnerPorts,
    private readonly ended: (decided: Decided) => void,
    private readonly failed: (item: InHand, error: unknown) => Promise<void>,
  ) {}

  async settle(group: readonly Decided[]): Promise<void> {
    try {
      await this.commit(group);
    } catch (error) {
      await this.oneByOne(group, error);
    }
  }

  /** Throws where the commit failed, having changed nothing. */
  async commit(group: readonly Decided[]): Promise<void> {
    const settlements = group.map(({ item, verdict, step }) => ({ envelope: item.envelope, verdict, step }));
    const holders = group.filter(({ item: { claims } }) => claims.taken && !claims.revoked).map(({ item }) => item.claims.holder);
    const said = await this.ports.store.settle(this.stage, settlements, holders);
    await passOn(said, this.ports);
    for (const decided of group) this.ended(decided);
  }

  private async oneByOne(group: readonly Decided[], error: unknown): Promise<void> {
    const [only] = group;
    if (group.length === 1 && only !== undefined) return this.failed(only.item, error);
    for (const decided of group) await this.settle([decided]);
  }
}
