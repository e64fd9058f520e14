import { isDeepStrictEqual } from 'node:util';
import { Injectable } from '@nestjs/common';
import type { CanonicalRecord } from '@sync-hub/categories';
import { withDecisions } from '@sync-hub/conflicts';
import { PolicyDecided } from '@sync-hub/contracts';
import {
  type Advanced,
  type Agreement,
  advance,
  agreeAfterIntent,
  type Decision,
  decisionsToKeep,
  fieldName,
  fieldNames,
  type Held,
  PRESENCE,
  revisedForDecision,
} from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { AgreementRepository, ChangeRepository, DecisionRepository, IntentRepository, JobRepository, type WriteWindow } from '@sync-hub/persistence';
import type { Round } from './bases.js';
import type { Plan } from './plan-push.js';
import { afterTurn } from './taking-turns.js';

/** What a write came to. */
export interface Written {
  readonly written: CanonicalRecord;
  readonly advanced: Advanced;
  readonly wrote: readonly string[];
  /** What was sent, by path; `PRESENCE` among them where the record was created, voided or restored. */
  readonly sends: ReadonlyMap<string, Held>;
  readonly intent: string;
  /** What the target's versions are called. */
  readonly versions: { readonly before: string; readonly after: string };
  readonly window: WriteWindow | undefined;
}

interface ToSave {
  readonly agreement: Agreement;
  readonly decisions: readonly Decision[];
  /** What the target was last seen with. */
  readonly target: CanonicalRecord;
  readonly wrote?: readonly string[];
}

/** The same agreement, whatever revision it was saved under. */
const isSame = (a: Agreement, b: Agreement | null): boolean => b !== null && isDeepStrictEqual({ ...a, revision: 0 }, { ...b, revision: 0 });

const HELD = new Set(['waiting', 'conflict', 'parked']);

/** Writes down what a round of a push came to. Each verb is one effect, and holds under the record's lock. */
@Injectable()
export class RoundKeeper {
  constructor(
    private readonly agreements: AgreementRepository,
    private readonly intents: IntentRepository,
    private readonly decisions: DecisionRepository,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
  ) {}

  /**
   * Nothing was to be written: what is equal at both ends is agreed. Where the ends agreed on something else meanwhile nothing is kept,
   * unanswered writes included, which are accounted for only together with an agreement; the job looks again.
   */
  async inStep(tx: Tx, round: Round, plan: Extract<Plan, { action: 'nothing' }>): Promise<void> {
    if (!(await this.isCurrent(tx, round))) return;
    const { basis, known, incoming, held } = round;
    const advanced = advance({
      agreement: basis.agreement,
      merged: plan.merged,
      sourceIs: known.sourceIs,
      source: incoming,
      targetBefore: held,
      targetAfter: held,
      wrote: [],
      decisions: basis.decisions,
    });
    await this.save(tx, round, { ...advanced, target: held });
    await this.settleIntents(tx, round);
    if (plan.leavesForSource) await this.lookAtTarget(tx, round);
  }

  /** A write was answered and read back. */
  async wrote(tx: Tx, round: Round, outcome: Written, leavesForSource: boolean): Promise<void> {
    if (await this.isCurrent(tx, round)) {
      await this.save(tx, round, { ...outcome.advanced, target: outcome.written, wrote: outcome.wrote });
      await this.settleIntents(tx, round);
    } else await this.saveOnlyWhatWasWritten(tx, round, outcome);
    await this.intents.written(tx, outcome.intent, outcome.window);
    await this.jobs.wrote(tx, round.job.id, { fields: fieldNames(outcome.wrote), lost: outcome.advanced.lost, versions: outcome.versions });
    if (leavesForSource) await this.lookAtTarget(tx, round);
  }

  /** The job is held, but what became of earlier unanswered writes is known now and must not be forgotten. */
  async keepBasis(tx: Tx, round: Round): Promise<void> {
    const { basis, known, held } = round;
    if (basis.settled.length === 0 || !(await this.isCurrent(tx, round))) return;
    await this.settleIntents(tx, round);
    if (basis.agreement !== null && basis.agreement !== known.agreement)
      await this.save(tx, round, { agreement: basis.agreement, decisions: basis.decisions, target: held });
  }

  /** Policies have decided. What was read before is stale from now on, as it is once a person has answered; where it is already, nothing is kept, and the job looks again. */
  async decided(tx: Tx, round: Round, made: readonly Decision[]): Promise<void> {
    if (!(await this.isCurrent(tx, round))) return;
    const { job, basis, held } = round;
    const { link, target: site } = job.route;
    await this.settleIntents(tx, round);
    await this.save(tx, round, { agreement: revisedForDecision(basis.agreement), decisions: basis.decisions, target: held });
    const standing = await this.decisions.decisionsFor(link, job.record, tx);
    const by = [...new Set(made.map(({ policy }) => policy))].sort().join(', ');
    await this.decisions.decide(tx, link, job.record, withDecisions(standing, made), `policy ${by}`);
    const decided = fieldNames(made.map(({ path }) => path)).flatMap((field) =>
      [...new Set(made.filter(({ path }) => fieldName(path) === field).map(({ policy = '' }) => policy))].map((policy) => ({ field, policy })),
    );
    tx.say(PolicyDecided, job.id, { jobId: job.id, round: job.round, record: job.record, link, site, decided });
  }

  private async isCurrent(tx: Tx, { job, known }: Round): Promise<boolean> {
    const { agreement } = await this.agreements.findForSave(tx, job.route.link, job.record);
    return (agreement?.revision ?? 0) === (known.stored.agreement?.revision ?? 0);
  }

  /** Saves what moved, or was written, or outlived a generation. */
  private async save(tx: Tx, round: Round, { agreement, decisions, target, wrote = [] }: ToSave): Promise<void> {
    const { job, known, incoming } = round;
    const { stored, generations, sourceIs } = known;
    await this.keepDecisions(tx, round, decisions);
    const hasMoved = !isSame(agreement, stored.agreement) || agreement.revision > (stored.agreement?.revision ?? 0);
    const isOutlived = generations.parent !== stored.generations.parent || generations.child !== stored.generations.child;
    if (!hasMoved && !isOutlived && wrote.length === 0) return;
    const turns = wrote.length === 0 ? stored.turns : afterTurn(stored.turns, job.route.direction, fieldNames(wrote));
    const held = sourceIs === 'parent' ? { parent: incoming, child: target } : { parent: target, child: incoming };
    await this.agreements.save(tx, job.route.link, job.record, agreement, { before: stored, turns, generations, held });
    if (hasMoved) await this.wakeOthers(tx, round);
  }

  /** The ends agreed on something else while we wrote. What we wrote and read back is agreed all the same; the rest is looked at again. */
  private async saveOnlyWhatWasWritten(tx: Tx, round: Round, { sends, advanced, wrote }: Written): Promise<void> {
    const { job, known } = round;
    const before = await this.agreements.findForSave(tx, job.route.link, job.record);
    const lost = new Set(advanced.lost);
    const landed = wrote.filter((path) => !advanced.third.includes(path) && !lost.has(fieldNames([path])[0] ?? PRESENCE));
    const { agreement, decisions } = agreeAfterIntent({
      agreement: before.agreement,
      sourceIs: known.sourceIs,
      sends,
      landed,
      inDoubt: advanced.third,
      decisions: known.decisions,
    });
    await this.keepDecisions(tx, round, decisions);
    await this.agreements.save(tx, job.route.link, job.record, agreement, { before, turns: before.turns, generations: before.generations, held: null });
    await this.changes.open(tx, [
      { site: job.route.source, record: job.record },
      { site: job.route.target, record: job.record },
    ]);
  }

  /** What is left of the decisions: no round widens again what another has narrowed, nor ends one that it did not know. */
  private async keepDecisions(tx: Tx, { job, known }: Round, left: readonly Decision[]): Promise<void> {
    const { link } = job.route;
    const standing = await this.decisions.decisionsFor(link, job.record, tx);
    await this.decisions.keepDecisions(tx, link, job.record, standing, decisionsToKeep({ standing, known: known.decisions, left }));
  }

  /** The other jobs of this record on the link that are held go by an agreement that is no more. */
  private async wakeOthers(tx: Tx, { job }: Round): Promise<void> {
    const others = (await this.jobs.openFor([job.route.link], job.record, tx)).filter((other) => other.id !== job.id && HELD.has(other.state));
    await this.changes.open(
      tx,
      others.map((other) => ({ site: other.route.source, record: other.record, forced: true })),
    );
  }

  private async settleIntents(tx: Tx, { basis, job }: Round): Promise<void> {
    for (const { id, as, landed, window } of basis.settled) {
      await this.intents.settle(tx, id, as, window);
      if (landed.length > 0) await this.jobs.wrote(tx, job.id, { fields: fieldNames(landed), lost: [], versions: null });
    }
  }

  private async lookAtTarget(tx: Tx, { job }: Pick<Round, 'job'>): Promise<void> {
    await this.changes.open(tx, [{ site: job.route.target, record: job.record, forced: true }]);
  }
}
