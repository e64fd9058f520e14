import { Injectable } from '@nestjs/common';
import { type CanonicalRecord, ownersOf } from '@sync-hub/categories';
import type { Uuid } from '@sync-hub/contracts';
import { hold, type Tx, type VerdictOf } from '@sync-hub/messaging';
import { type PatientStop, PatientStopRepository } from '@sync-hub/persistence';
import type { Known, Round } from './bases.js';
import type { JobInHand } from './jobs-in-hand.js';
import { RoundKeeper } from './round-keeper.js';

/** Whose the record is, by what either end says: herself, or the patients whom it hangs on. One that is gone, or was given to another patient, says so at one end alone. */
export const patientsIn = (...ends: readonly CanonicalRecord[]): readonly Uuid[] => [...new Set(ends.flatMap(ownersOf))];

/** Holds what is of a patient whom a person has stopped. */
@Injectable()
export class PatientGate {
  constructor(
    private readonly stops: PatientStopRepository,
    private readonly keeper: RoundKeeper,
  ) {}

  /** Before the target is asked anything. A write that nobody answered is looked for all the same: whether it has landed can be known. */
  async before({ job, incoming }: JobInHand, { own }: Known): Promise<VerdictOf<'hold'> | null> {
    if (own.length > 0) return null;
    const stop = await this.stops.of(job.route.link, patientsIn(incoming));
    return stop === null ? null : held(stop);
  }

  /** Once both ends are read, and before anything is done there. What became of unanswered writes is not forgotten. */
  async after(round: Round): Promise<VerdictOf<'hold'> | null> {
    const stop = await this.stops.of(round.job.route.link, patientsIn(round.incoming, round.held));
    return stop === null ? null : { ...held(stop), effect: (tx: Tx) => this.keeper.keepBasis(tx, round) };
  }
}

const held = ({ id, patient }: PatientStop): VerdictOf<'hold'> => hold('parked', 'patient-stopped', 'patient-stopped', { details: { stop: id, patient } });
