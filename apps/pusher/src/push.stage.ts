import { obsAddedBy, patientsOf } from '@sync-hub/categories';
import type { PayloadFor, Uuid } from '@sync-hub/contracts';
import { endJob, lookAgain, postpone, Stage, type StageContext, type StageHandler, skip, type Verdict } from '@sync-hub/messaging';
import { SiteClients } from '@sync-hub/runtime';
import { Bases, type Known } from './bases.js';
import { JobsInHand } from './jobs-in-hand.js';
import { RoundDecider } from './round-decider.js';

/** How soon a push is tried again while another writer has the claim, or has yet to settle what it wrote. */
const ANOTHERS_TURN_SECONDS = 1;
const RUN_ELSEWHERE_SECONDS = 10;
const QUARANTINED_SECONDS = 30;
const BRAKED_SECONDS = 30;

/** Reads the target now, merges three ways, writes only what differs, reads it back and saves the agreement. */
@Stage('push')
export class PushStage implements StageHandler<'push'> {
  constructor(
    private readonly sites: SiteClients,
    private readonly jobs: JobsInHand,
    private readonly bases: Bases,
    private readonly decider: RoundDecider,
  ) {}

  async handle({ jobId, round, record, site }: PayloadFor<'push'>, context: StageContext): Promise<Verdict> {
    const claim = await context.claim(site, record);
    if (claim === null) return postpone('claimed', ANOTHERS_TURN_SECONDS);
    const inHand = await this.jobs.take(jobId, round);
    if (inHand === null) return skip('this round is over');
    const { job, incoming } = inHand;
    // Voiding a patient takes with it what hangs on her, so that nobody writes to either while the other is written to.
    for (const patient of patientsOf(incoming)) if ((await context.claim(site, patient)) === null) return postpone('claimed', ANOTHERS_TURN_SECONDS);

    const known = await this.bases.of(inHand);
    if (!(await this.jobs.isAdmitted(inHand, known))) return endJob('filtered');
    const writing = this.jobs.writing(inHand);
    // Who writes nothing needs no engine claim, which is itself written at the parent.
    const standing = writing === 'live' ? await this.jobs.standing(inHand) : 'here';
    if (standing === 'braked') return postpone('link-braked', BRAKED_SECONDS);
    if (standing !== 'here') return postpone('link-run-elsewhere', standing === 'joining' ? ANOTHERS_TURN_SECONDS : RUN_ELSEWHERE_SECONDS);
    if (known.isSuspended) return postpone('site-quarantined', QUARANTINED_SECONDS);
    if (known.isStale) return lookAgain('the ends agreed on something since');

    const options = { signal: context.signal, beforeRequest: claim.check };
    const target = await this.sites.of(site);
    const held = await target.read(record, options);
    const basis = this.bases.after(known, held);
    if (basis.kind === 'wait') return postpone('unknown-write', basis.seconds);
    if (writing === 'live' && held.presence === 'voided') await target.voidObsOf(record, madeMeanwhile(known), options);
    return this.decider.decide({ job, incoming, held, known, basis, writing, carried: this.jobs.carried(inHand) }, target, options);
  }
}

/** Obs that writes without an answer may have made, though somebody voided the record while they were under way: nobody else knows of them. */
const madeMeanwhile = ({ own }: Known): readonly Uuid[] =>
  own.flatMap(({ held, sends, presence }) => (presence === null ? obsAddedBy(held.fields, sends) : []));
