import { Injectable } from '@nestjs/common';
import { CATEGORIES } from '@sync-hub/categories';
import { otherSide } from '@sync-hub/merge';
import { endJob, hold, lookAgain, postpone, type Verdict } from '@sync-hub/messaging';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import { WaiterRepository } from '@sync-hub/persistence';
import { actionOf, shutOutBy } from '@sync-hub/runtime';
import { Asking } from './asking.js';
import type { Round } from './bases.js';
import { LinkBrake } from './link-brake.js';
import { planPush, type WritePlan } from './plan-push.js';
import { RoundKeeper } from './round-keeper.js';
import { TargetWriter } from './target-writer.js';

/** How soon a push is tried again while another has yet to settle what it wrote. */
const ANOTHERS_TURN_SECONDS = 1;
/** How often a write that an instance set to read-only may not do is looked at again. */
const READ_ONLY_SECONDS = 30;
/** How often a void on a paused link is looked at again. */
const BRAKED_SECONDS = 30;

/** Plans the round, now that both ends are read, and has the plan carried out. */
@Injectable()
export class RoundDecider {
  constructor(
    private readonly writer: TargetWriter,
    private readonly keeper: RoundKeeper,
    private readonly asking: Asking,
    private readonly waiters: WaiterRepository,
    private readonly brake: LinkBrake,
  ) {}

  async decide(read: Round, target: SiteClient, options: CallOptions): Promise<Verdict> {
    const isAwaited = await this.isAwaitedThough(read);
    const round: Round = isAwaited ? { ...read, incoming: { ...read.incoming, presence: 'present' } } : read;
    const { incoming, held, known, basis } = round;
    if (CATEGORIES[incoming.category].updatesOnly === true && held.presence === 'absent') return endJob('filtered');
    const plan = planPush({
      agreement: basis.agreement,
      source: incoming,
      target: held,
      sourceIs: known.sourceIs,
      decisions: basis.decisions,
      admitted: true,
      missing: [],
      intents: known.others,
    });
    switch (plan.action) {
      case 'filtered':
        return endJob('filtered');
      case 'postpone':
        // Its own are settled before it waits for another's, or two jobs would wait for each other for ever.
        if (basis.settled.length > 0) return lookAgain('unanswered writes are accounted for', (tx) => this.keeper.keepBasis(tx, round));
        return postpone('another-write-unsettled', ANOTHERS_TURN_SECONDS);
      case 'nothing':
        return endJob('in-step', (tx) => this.keeper.inStep(tx, round, plan));
      case 'ask':
        return this.asking.ask(round, plan);
      case 'wait':
        return hold('waiting', 'reference', 'missing-reference');
      case 'write':
        return this.carryOut(round, isAwaited ? { ...plan, again: true } : plan, target, options);
    }
  }

  private async carryOut(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Verdict> {
    const { job, held } = round;
    const shut = shutOutBy(round.closed, { class: job.category, subject: job.id, doing: actionOf(plan.writes, held) });
    if (shut !== null) return this.writer.shut(round, shut);
    switch (round.writing) {
      case 'observe':
        return this.writer.observe(round, plan, target, options);
      case 'dry-run':
        return this.writer.foretell(round, plan, target, options);
      case 'read-only':
        return postpone('read-only', READ_ONLY_SECONDS);
      case 'live':
        if (plan.writes.presence === 'voided' && !(await this.brake.lets(round))) return postpone('link-braked', BRAKED_SECONDS);
        return this.writer.write(round, plan, target, options);
    }
  }

  /**
   * A record that went out of use before it ever travelled is not sent; unless something that does travel refers to it, and
   * its site tells what it held: then it is created, and the next look takes it out of use there too. What was erased at the target is not.
   */
  private async isAwaitedThough({ job, incoming, held, known, basis }: Round): Promise<boolean> {
    const wasThere = (basis.agreement?.[otherSide(known.sourceIs)].presence ?? 'absent') !== 'absent';
    const neverTravelled = incoming.presence === 'voided' && incoming.covers.length > 0 && held.presence === 'absent' && !wasThere;
    return neverTravelled && this.waiters.isAwaited(job.route.target, job.record);
  }
}
