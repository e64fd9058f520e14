import { Injectable } from '@nestjs/common';
import { judgeBy, judgedBy, policiesDigest, policyInForce } from '@sync-hub/configuration';
import { type Judged, sightAt } from '@sync-hub/merge';
import { PolicyRuleRepository, SightRepository } from '@sync-hub/persistence';
import { Hub } from '@sync-hub/runtime';
import type { Round } from './bases.js';
import type { AskPlan } from './plan-push.js';

/** What policies and rules make of a round's conflicts, and by which of them it was judged. */
export interface JudgedRound extends Judged {
  /** Null where nothing is said of the link. */
  readonly judgedBy: string | null;
}

const UNDECIDED: JudgedRound = { decisions: [], failed: [], judgedBy: null };

/** Asks the policies of the configuration, and the rules that people made, what they make of a conflict. */
@Injectable()
export class PolicyJudge {
  constructor(
    private readonly hub: Hub,
    private readonly policyRules: PolicyRuleRepository,
    private readonly sights: SightRepository,
  ) {}

  async judge({ job, incoming, held, known, basis }: Round, { merged, input }: AskPlan): Promise<JudgedRound> {
    const { rules, times } = this.hub;
    const [configuration, link] = [rules.current, rules.link(job.route.link)];
    if (link === null) return UNDECIDED;
    const inForce = await this.policyRules.inForce(link.id);
    const by = judgedBy(
      policiesDigest(configuration, link, rules.plugins),
      inForce.map(({ id }) => id),
    );
    if (by === null) return UNDECIDED;
    const { category } = job;
    const ruleFor = (field: string) => inForce.find((rule) => rule.category === category && rule.field === field)?.policy ?? null;
    const seenAt = await this.sights.of(link.id, job.record);
    const judged = judgeBy({
      link: link.id,
      category,
      plugins: rules.plugins,
      input: { ...input, source: incoming, target: held },
      merged,
      choiceFor: (field) => policyInForce(configuration, link, { category, field }, ruleFor(field)).policy,
      seenAt: (side, path) => seenAt(side, sightAt(basis.agreement, side, side === known.sourceIs ? incoming : held, path)),
      atOnceSeconds: times.atOnceSeconds,
    });
    return { ...judged, judgedBy: by };
  }
}
