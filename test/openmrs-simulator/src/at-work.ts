import { Random } from './random.js';
import { SAMPLE, type SampleData, sampleData } from './sample.js';
import type { Simulator } from './simulator.js';

/** Somebody at a server who enters something now and then: a new patient, a corrected date of birth, another telephone number. The same seed gives the same work. */
export class AtWork {
  readonly #random: Random;
  readonly #patients: string[];
  readonly #clinic: string;
  #done = 0;

  constructor(
    private readonly simulator: Simulator,
    sample: SampleData,
  ) {
    this.#random = new Random(`work/${simulator.id}`);
    this.#patients = sample.patients.flatMap(({ uuid }) => uuid ?? []);
    this.#clinic = String(sample.locations[2]?.['uuid']);
  }

  /** Does the next thing, and says what kind of thing it was. */
  next(): 'registered' | 'corrected' | 'added' {
    this.#done += 1;
    const known = this.#patients[this.#random.below(Math.max(1, this.#patients.length))];
    if (known === undefined || this.#done % 3 === 1) return this.#register();
    if (this.#done % 3 === 2) {
      this.simulator.clinician.edit('person', known, { birthdate: `${1940 + this.#random.below(80)}-0${1 + this.#random.below(9)}-15` });
      return 'corrected';
    }
    this.simulator.clinician.addName(known, { givenName: `Called ${this.#random.hex(2)}`, familyName: 'Otieno' });
    return 'added';
  }

  #register(): 'registered' {
    const [patient] = sampleData(`${this.simulator.id}/${this.#done}`, 1).patients;
    if (patient === undefined) return 'registered';
    const identifiers = patient.identifiers.map((one) => ({ ...one, identifierType: SAMPLE.openmrsId, location: this.#clinic }));
    this.#patients.push(this.simulator.clinician.addPatient({ ...patient, identifiers, attributes: [] }));
    return 'registered';
  }
}
