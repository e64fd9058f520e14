import { Injectable } from '@nestjs/common';
import { obsAddedBy } from '@sync-hub/categories';
import { RefusedError, type Uuid } from '@sync-hub/contracts';
import { advance, keptName, keptNames, otherSide, PRESENCE } from '@sync-hub/merge';
import type { CallOptions, SiteClient } from '@sync-hub/openmrs';
import { IntentRepository, KeptFieldRepository, versionIn } from '@sync-hub/persistence';
import { SiteClients } from '@sync-hub/runtime';
import { sentBy } from './after-intent.js';
import type { Round } from './bases.js';
import { HoldKeeper } from './hold-keeper.js';
import { JobsInHand } from './jobs-in-hand.js';
import { patientsIn } from './patient-gate.js';
import type { WritePlan } from './plan-push.js';
import type { Written } from './round-keeper.js';
import { begunBy, earliestOf, writeWindow } from './write-window.js';

/** Commits what is about to be written, writes it, reads it back, and says what the ends agree on by that. */
@Injectable()
export class IntendedWrite {
  constructor(
    private readonly intents: IntentRepository,
    private readonly holds: HoldKeeper,
    private readonly sites: SiteClients,
    private readonly keptFields: KeptFieldRepository,
    private readonly jobs: JobsInHand,
  ) {}

  /** `behind` where somebody has taken other rules for the link since the job was taken, `stopped` where the patient was stopped: then nothing is written. */
  async do(round: Round, plan: WritePlan, target: SiteClient, options: CallOptions): Promise<Written | 'behind' | 'stopped'> {
    const { job, incoming, held } = round;
    options.beforeRequest?.();
    if ((await this.jobs.standing(round)) === 'behind') return 'behind';
    const { link, target: site } = job.route;
    const presence = plan.writes.presence ?? null;
    const longestRequestMs = this.sites.longestRequestMs(site);
    const intent = await this.intents.commit(
      {
        ...{ jobId: job.id, link, site, record: job.record, held },
        sends: plan.writes.fields,
        presence,
        longestRequestMs,
        patients: patientsIn(incoming, held),
      },
      (tx) => this.holds.sawTarget(tx, round),
    );
    if (intent === null) return 'stopped';
    const back = await target.write(held, incoming, plan.writes, options).catch(async (error: unknown) => {
      // Refused by its plan: where the record stands as it stood, nothing was sent.
      const isRefusedByPlan = error instanceof RefusedError && error.code === 'unsupported';
      if (isRefusedByPlan && (await target.read(job.record, options)).stamp === held.stamp) await this.intents.withdraw(intent);
      else {
        const begun = begunBy(round.heard, held);
        if (begun !== null) await this.intents.cutOff(intent, begun);
      }
      throw error;
    });
    const written = round.sight(back);
    const advanced = await this.advanced(round, plan, written, (obs) => this.isTouchedByOthers(round, obs, target, options));
    const window = writeWindow({ heard: round.heard, before: held, after: written, sent: plan.writes.fields });
    const versions = { before: versionIn(this.holds.seen(held)), after: versionIn(this.holds.seen(written)) };
    return { written, advanced, wrote: plan.wrote, sends: sentBy({ held, sends: plan.writes.fields, presence }), intent, versions, window };
  }

  /**
   * What the site keeps is noted. What it seems to have dropped is a loss only where it was never seen to keep such a thing, and where nobody else has touched the record since
   * it was read: whoever has may have taken it back.
   */
  private async advanced(
    { job, incoming, held, basis, known }: Round,
    plan: WritePlan,
    written: Written['written'],
    isTouchedByOthers: (made: readonly Uuid[]) => Promise<boolean>,
  ): Promise<Written['advanced']> {
    const readBack = { merged: plan.merged, targetBefore: held, targetAfter: written, wrote: plan.wrote };
    const keeper = { site: job.route.target, generation: known.generations[otherSide(known.sourceIs)], aggregate: job.record.aggregate };
    await this.keptFields.note(keeper, keptNames(readBack));
    const toAdvance = { ...readBack, agreement: basis.agreement, sourceIs: known.sourceIs, source: incoming, decisions: basis.decisions };
    const advanced = advance(toAdvance);
    if (advanced.lost.length === 0) return advanced;
    const asSeen = advance({ ...toAdvance, keeps: await this.keptFields.of(keeper) });
    const asTakenBack = advance({ ...toAdvance, keeps: namesKept(plan) });
    const isLossForSure = asTakenBack.lost.length === asSeen.lost.length;
    return isLossForSure || !(await isTouchedByOthers(obsAddedBy(held.fields, plan.writes.fields))) ? asSeen : asTakenBack;
  }

  private async isTouchedByOthers({ job, heard }: Round, obs: readonly Uuid[], target: SiteClient, options: CallOptions): Promise<boolean> {
    const since = earliestOf(heard[0]);
    return since !== null && target.touchedByOthers(job.record, { since, obs }, options);
  }
}

/** All that was written, as names of what a site keeps. */
const namesKept = ({ merged, wrote }: WritePlan): ReadonlySet<string> =>
  new Set(wrote.map((path) => keptName(path, path === PRESENCE ? merged.presenceValue : merged.toTarget.get(path))));
