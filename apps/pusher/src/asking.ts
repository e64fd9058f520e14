import { Injectable } from '@nestjs/common';
import { lookAgain, type Verdict } from '@sync-hub/messaging';
import type { Round } from './bases.js';
import { HoldKeeper } from './hold-keeper.js';
import type { AskPlan } from './plan-push.js';
import { PolicyJudge } from './policy-judge.js';
import { RoundKeeper } from './round-keeper.js';

/** What becomes of a round whose merge is in conflict: policies decide what they may, and a person is asked about the rest. */
@Injectable()
export class Asking {
  constructor(
    private readonly policies: PolicyJudge,
    private readonly keeper: RoundKeeper,
    private readonly holds: HoldKeeper,
  ) {}

  /** What is decided is an input of the next look's merge, as a person's answer is. One that could not say is named. */
  async ask(round: Round, plan: AskPlan): Promise<Verdict> {
    const { decisions, failed, judgedBy } = await this.policies.judge(round, plan);
    if (decisions.length > 0 && !(await this.holds.isDismissed(round)))
      return lookAgain('policies have decided', (tx) => this.keeper.decided(tx, round, decisions));
    return this.holds.asking(round, { ...plan, judgedBy }, failed.length === 0 ? {} : { failedPolicies: failed });
  }
}
