import type { PayloadFor } from '@sync-hub/contracts';
import { forward, Stage, type StageContext, type StageHandler, type Verdict } from '@sync-hub/messaging';
import { AnswerKeeper } from './answer-keeper.js';

/** Keeps a person's answer as decisions, inputs of the merge, and has both ends looked at again. */
@Stage('apply-answer')
export class ApplyAnswerStage implements StageHandler<'apply-answer'> {
  constructor(private readonly keeper: AnswerKeeper) {}

  async handle({ answerId }: PayloadFor<'apply-answer'>, _context: StageContext): Promise<Verdict> {
    return forward((tx) => this.keeper.apply(tx, answerId));
  }
}
