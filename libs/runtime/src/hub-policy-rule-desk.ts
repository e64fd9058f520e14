import type { RecordCategory } from '@sync-hub/categories';
import { type Configuration, linkOf, policyInForce, ruleProblem } from '@sync-hub/configuration';
import type { LinkId, NewPolicyRule, PolicyRule, PolicyRuleAdded, PolicyRuleDesk } from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import type { Database, PolicyRuleRepository, StoredPolicyRule } from '@sync-hub/persistence';

export interface RuleDeskParts {
  readonly database: Database;
  readonly rules: PolicyRuleRepository;
  readonly configuration: () => Configuration;
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

/** The rules of this hub, for people: asked by the console and the command line. */
export class HubPolicyRuleDesk implements PolicyRuleDesk {
  constructor(private readonly parts: RuleDeskParts) {}

  async list(asked: { readonly link?: LinkId; readonly withRevoked?: boolean }): Promise<readonly PolicyRule[]> {
    return (await this.parts.rules.list(asked)).map((rule) => this.shown(rule));
  }

  async add(rule: NewPolicyRule, by: string): Promise<PolicyRuleAdded> {
    const current = this.parts.configuration();
    const [problem, link] = [ruleProblem(current, rule), linkOf(current, rule.link)];
    if (problem !== null || link === null) return { kind: 'invalid', problem: problem ?? 'there is no such link' };
    const { id, policy, isNew } = await this.commit((tx) => this.parts.rules.add(tx, rule, { who: by, child: link.child }));
    return isNew ? { kind: 'added', id } : { kind: 'there', id, policy };
  }

  async revoke(id: string, by: string): Promise<boolean> {
    return this.commit((tx) => this.parts.rules.revoke(tx, id, by));
  }

  private async commit<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.parts.database.transaction(work);
    await this.parts.send(said);
    return result;
  }

  private shown({ conflictId, madeAt, revokedAt, revokedBy, ...rule }: StoredPolicyRule): PolicyRule {
    const current = this.parts.configuration();
    const link = linkOf(current, rule.link);
    const field = { category: rule.category as RecordCategory, field: rule.field };
    return {
      id: rule.id,
      link: rule.link,
      child: rule.child,
      category: rule.category,
      field: rule.field,
      policy: rule.policy,
      madeBy: rule.madeBy,
      conflict: conflictId,
      madeAt: madeAt.toISOString(),
      revoked: revokedBy === null || revokedAt === null ? null : { by: revokedBy, at: revokedAt.toISOString() },
      isOverruled: link !== null && policyInForce(current, link, field, rule.policy).place !== 'rule',
    };
  }
}
