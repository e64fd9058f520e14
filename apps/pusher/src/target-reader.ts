import { Injectable } from '@nestjs/common';
import { obsAddedBy, patientsListedIn, patientsOf } from '@sync-hub/categories';
import type { Writing } from '@sync-hub/configuration';
import type { Uuid } from '@sync-hub/contracts';
import { postpone, type Verdict } from '@sync-hub/messaging';
import type { CallOptions, Heard } from '@sync-hub/openmrs';
import type { ClosedClass } from '@sync-hub/persistence';
import { SiteClients } from '@sync-hub/runtime';
import { Bases, type Known, type Round } from './bases.js';
import { type JobInHand, JobsInHand } from './jobs-in-hand.js';
import { PatientGate } from './patient-gate.js';
import { RoundDecider } from './round-decider.js';

/** A job that may run here and now, and what is known of it before its target is read. */
export interface ToRead {
  readonly inHand: JobInHand;
  readonly known: Known;
  /** As it was when this instance's claim on the link was asked for. */
  readonly writing: Writing | 'dry-run';
  /** Classes that are closed at the target. */
  readonly closed: readonly ClosedClass[];
}

/** Reads the target now, and has the round decided that comes of it. */
@Injectable()
export class TargetReader {
  constructor(
    private readonly sites: SiteClients,
    private readonly jobs: JobsInHand,
    private readonly bases: Bases,
    private readonly decider: RoundDecider,
    private readonly patients: PatientGate,
  ) {}

  async read({ inHand, known, writing, closed }: ToRead, call: CallOptions): Promise<Verdict> {
    const { job, incoming, writesBy } = inHand;
    const stopped = await this.patients.before(inHand, known);
    if (stopped !== null) return stopped;
    const heard: Heard[] = [];
    const options = { ...call, client: this.jobs.client(inHand), patients: patientsOf(incoming), heard: (answer: Heard) => void heard.push(answer) };
    const target = await this.sites.of(job.route.target);
    const there = await target.read(job.record, options);
    const sight = await this.jobs.sight(inHand, there);
    const held = sight(there);
    const basis = this.bases.after(known, held, heard);
    if (basis.kind === 'wait') return postpone('unknown-write', basis.seconds);
    const hidesSome = patientsListedIn(there).length > patientsListedIn(held).length;
    const rules = { writing, writesBy, closed, carried: this.jobs.carried(inHand), asked: () => this.jobs.asked(inHand), unfitBy: this.jobs.unfitBy(inHand) };
    const round: Round = { job, incoming: sight(incoming), held, heard, sight, hidesSome, known, basis, ...rules };
    const stops = await this.patients.after(round);
    if (stops !== null) return stops;
    if (writing === 'live' && held.presence === 'voided') await target.voidObsOf(job.record, madeMeanwhile(known), options);
    return this.decider.decide(round, target, options);
  }
}

/** Obs that writes without an answer may have made, though somebody voided the record while they were under way: nobody else knows of them. */
const madeMeanwhile = ({ own }: Known): readonly Uuid[] =>
  own.flatMap(({ held, sends, presence }) => (presence === null ? obsAddedBy(held.fields, sends) : []));
