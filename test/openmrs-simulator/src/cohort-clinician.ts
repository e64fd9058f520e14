import type { Hand } from './hand.js';
import type { Body } from './writer.js';

/** Lists of patients, as people at that clinic keep them. */
export class CohortClinician {
  constructor(private readonly hand: Hand) {}

  gather = (name: string, uuid: string = this.hand.engine.random.uuid()): string =>
    this.hand.create('cohort', null, { uuid, name, description: name, memberIds: [] });
  /** The uuid of the membership; its dates only since 2.1. */
  add(cohort: string, patient: string, dates: Body = {}): string {
    const row = this.hand.row('cohort', cohort);
    return this.hand.engine.resources.has('cohortmembership')
      ? this.hand.create('cohortmembership', row, { patientUuid: patient, startDate: this.#today(), ...dates })
      : this.hand.create('cohortmember', row, { patient });
  }
  #today = (): string => new Date(this.hand.engine.now()).toISOString().replace('Z', '+0000');
  end = (membership: string, endDate: string): void => void this.hand.update('cohortmembership', membership, { endDate });
  remove = (membership: string, reason = 'entered in error'): void =>
    this.hand.take(this.hand.engine.resources.has('cohortmembership') ? 'cohortmembership' : 'cohortmember', membership, { reason });
  describe = (cohort: string, description: string): void => void this.hand.update('cohort', cohort, { description });
  void = (cohort: string, reason = 'entered in error'): void => this.hand.take('cohort', cohort, { reason });
  restore = (cohort: string): void => this.hand.restore('cohort', cohort);
}
