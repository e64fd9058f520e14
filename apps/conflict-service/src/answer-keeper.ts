import { Injectable } from '@nestjs/common';
import { withDecisions } from '@sync-hub/conflicts';
import { revisedForDecision } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { AgreementRepository, ChangeRepository, ConflictAnswerRepository, DecisionRepository, type PendingAnswer, SiteRepository } from '@sync-hub/persistence';

/** Makes an answer an input of the merge. Each verb is one effect, and holds under the record's lock. */
@Injectable()
export class AnswerKeeper {
  constructor(
    private readonly answers: ConflictAnswerRepository,
    private readonly decisions: DecisionRepository,
    private readonly agreements: AgreementRepository,
    private readonly changes: ChangeRepository,
    private readonly sites: SiteRepository,
  ) {}

  /** Once, whatever is said again. An answer that came too late is passed over, and the conflict is shown again as it is now. */
  async apply(tx: Tx, answerId: string): Promise<void> {
    const answer = await this.answers.pending(tx, answerId);
    if (answer === null) return;
    if (answer.standing !== 'applies') return this.answers.passedOver(tx, answer);
    const { link, record, ends } = answer;
    const standing = await this.decisions.decisionsFor(link, record, tx);
    await this.decisions.decide(tx, link, record, withDecisions(standing, answer.decisions), answer.by);
    await this.answers.applied(tx, answer, await this.revise(tx, answer));
    await this.changes.open(
      tx,
      ends.map((site) => ({ site, record, forced: true })),
    );
  }

  /** What was read before the answer is stale from now on: the decided value may have stood there as an older one. Answers the new revision. */
  private async revise(tx: Tx, { link, record, ends }: PendingAnswer): Promise<number> {
    const before = await this.agreements.findForSave(tx, link, record);
    const agreement = revisedForDecision(before.agreement);
    const generations = before.agreement === null ? await this.sites.generationsIn(tx, ends) : before.generations;
    await this.agreements.save(tx, link, record, agreement, { before, turns: before.turns, generations, held: null });
    return agreement.revision;
  }
}
