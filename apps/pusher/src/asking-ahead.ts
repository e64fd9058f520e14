import type { Decision } from '@sync-hub/merge';
import { lookAgain, type Verdict } from '@sync-hub/messaging';
import type { ConflictRepository, SnapshotRepository } from '@sync-hub/persistence';
import { Asking } from './asking.js';
import type { Round } from './bases.js';
import { HoldKeeper } from './hold-keeper.js';
import type { AskPlan } from './plan-push.js';
import type { PolicyJudge } from './policy-judge.js';
import type { RoundKeeper } from './round-keeper.js';

/** What a round in conflict would come to, where nothing is written down: what policies decide of it is kept for its next look. For one record. */
export class AskingAhead extends Asking {
  private made: readonly Decision[] = [];

  constructor(
    private readonly judge: PolicyJudge,
    keeper: RoundKeeper,
    private readonly holdsAhead: HoldKeeper,
  ) {
    super(judge, keeper, holdsAhead);
  }

  /** What policies have decided since this was asked last. */
  taken(): readonly Decision[] {
    const made = this.made;
    this.made = [];
    return made;
  }

  override async ask(round: Round, plan: AskPlan): Promise<Verdict> {
    const { decisions } = await this.judge.judge(round, plan);
    if (decisions.length === 0 || (await this.holdsAhead.isDismissed(round))) return this.holdsAhead.asking(round, plan);
    this.made = decisions;
    return lookAgain('policies would decide');
  }
}

/** Goes by what the ends hold now, where no job has been stored for it. */
export class HoldsAhead extends HoldKeeper {
  constructor(
    parts: ConstructorParameters<typeof HoldKeeper>,
    private readonly conflicts: ConflictRepository,
    private readonly digests: SnapshotRepository,
  ) {
    super(...parts);
  }

  override isDismissed({ job, incoming, held }: Round): Promise<boolean> {
    return this.conflicts.isDismissed(job, this.digests.hashOf(incoming), this.digests.hashOf(held));
  }
}
