import { patientsOf } from '@sync-hub/categories';
import type { PayloadFor } from '@sync-hub/contracts';
import { otherSide } from '@sync-hub/merge';
import { endJob, lookAgain, postpone, Stage, type StageContext, type StageHandler, skip, type Verdict } from '@sync-hub/messaging';
import type { ClosedClass, PushStanding } from '@sync-hub/persistence';
import { type AtTheGate, ClassGate, Exclusions, likelyAction, shutOut, shutOutUnread } from '@sync-hub/runtime';
import { Bases, type Known } from './bases.js';
import { BEHIND_SECONDS, type JobInHand, JobsInHand } from './jobs-in-hand.js';
import { KeepingReader } from './keeping-reader.js';

/** How soon a push is tried again while another writer has the claim, or has yet to settle what it wrote. */
const ANOTHERS_TURN_SECONDS = 1;
const QUARANTINED_SECONDS = 30;
/** A schedule may be changed, and then its jobs need not wait for what it was. */
const LONGEST_REST_SECONDS = 600;

/** As what a push is put off that may not be done on its link now, and for how many seconds. */
const PUT_OFF: Readonly<Record<Exclude<PushStanding, 'here'>, readonly [string, number]>> = {
  braked: ['link-braked', 30],
  paused: ['link-paused', 30],
  draining: ['link-draining', 30],
  behind: ['configuration-behind', BEHIND_SECONDS],
  joining: ['link-run-elsewhere', ANOTHERS_TURN_SECONDS],
  elsewhere: ['link-run-elsewhere', 10],
  comparing: ['metadata-not-compared', ANOTHERS_TURN_SECONDS],
  uncompared: ['metadata-not-compared', 5],
};

/** Reads the target now, merges three ways, writes only what differs, reads it back and saves the agreement. */
@Stage('push')
export class PushStage implements StageHandler<'push'> {
  constructor(
    private readonly jobs: JobsInHand,
    private readonly bases: Bases,
    private readonly targets: KeepingReader,
    private readonly gate: ClassGate,
    private readonly exclusions: Exclusions,
  ) {}

  async handle({ jobId, round, record, site }: PayloadFor<'push'>, context: StageContext): Promise<Verdict> {
    const claim = await context.claim(site, record);
    if (claim === null) return postpone('claimed', ANOTHERS_TURN_SECONDS);
    const inHand = await this.jobs.take(jobId, round);
    if (inHand === null) return skip('this round is over');
    const { job, incoming } = inHand;
    const writing = this.jobs.writing(inHand);
    const restSeconds = writing === 'observe' ? 0 : this.jobs.secondsToSchedule(inHand);
    if (restSeconds > 0) return postpone('outside-schedule', Math.min(restSeconds, LONGEST_REST_SECONDS));
    // Voiding a patient takes with it what hangs on her, so that nobody writes to either while the other is written to.
    for (const patient of patientsOf(incoming)) if ((await context.claim(site, patient)) === null) return postpone('claimed', ANOTHERS_TURN_SECONDS);

    const known = await this.bases.of(inHand);
    const away = await this.jobs.turnedAway(inHand, known);
    if (away !== null) return endJob('filtered', async (tx) => (away.judged === null ? undefined : this.exclusions.note(tx, job.route.source, away.judged)));
    await this.bases.meet(inHand);
    const standing = await (writing === 'live' ? this.jobs.standing(inHand) : this.jobs.standingForLook(inHand));
    if (standing !== 'here') return postpone(...PUT_OFF[standing]);
    if (known.isSuspended) return postpone('site-quarantined', QUARANTINED_SECONDS);
    if (known.isStale) return lookAgain('the ends agreed on something since');

    const closed = await this.gate.at(site);
    const one = atTheGate(inHand, known);
    const shut = shutOutOf(closed, one, known);
    if (shut !== null) return shutOut(shut);
    const call = { signal: context.signal, beforeRequest: claim.check, ...context.bytes };
    return this.gate.pass(site, one, closed, () => this.targets.read({ inHand, known, writing, closed }, call));
  }
}

const atTheGate = ({ job, incoming }: JobInHand, { sourceIs, agreement }: Known): AtTheGate => ({
  class: job.category,
  subject: job.id,
  doing: likelyAction(incoming, agreement?.[otherSide(sourceIs)].presence ?? null),
});

/** A write that nobody answered is looked for whatever is closed. */
const shutOutOf = (closed: readonly ClosedClass[], one: AtTheGate, { own }: Known): ClosedClass | null => (own.length > 0 ? null : shutOutUnread(closed, one));
