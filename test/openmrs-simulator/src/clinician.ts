import { Administrator } from './administrator.js';
import { AppointmentClinician } from './appointment-clinician.js';
import { CareClinician } from './care-clinician.js';
import { CohortClinician } from './cohort-clinician.js';
import type { Engine } from './engine.js';
import type { Hand } from './hand.js';
import { ListsClinician } from './lists-clinician.js';
import { mergePatients } from './merging.js';
import { ProgramClinician } from './program-clinician.js';
import type { ResourceName } from './resource.js';
import type { Body } from './writer.js';

export type NameInput = Body & { readonly givenName: string };
export type IdentifierInput = Body & { readonly identifier: string; readonly identifierType: string };
export type AttributeInput = Body & { readonly attributeType: string; readonly value: string };

/** A person as entered at the clinic; keys are those of REST. `uuid` only where a test must choose it. */
export interface PersonInput {
  readonly uuid?: string;
  readonly gender: string;
  readonly names: readonly NameInput[];
  readonly birthdate?: string;
  readonly addresses?: readonly Body[];
  readonly attributes?: readonly AttributeInput[];
  readonly [key: string]: unknown;
}

export interface PatientInput extends PersonInput {
  readonly identifiers: readonly IdentifierInput[];
}

export type LocationInput = Body & { readonly name: string };

type PartName = 'personname' | 'personaddress' | 'personattribute' | 'patientidentifier';

const nested = (part: Body, engine: Engine): Body => ({ uuid: engine.random.uuid(), ...part });

/** Changes data as people at that clinic would: through the same rules, with the same entries in the feed. */
export class Clinician {
  /** Visits, encounters and obs. */
  readonly care: CareClinician;
  readonly programs: ProgramClinician;
  /** Conditions, and what else is kept as a list of a patient. */
  readonly lists: ListsClinician;
  readonly cohorts: CohortClinician;
  readonly appointments: AppointmentClinician;
  /** Types, roles and tags. */
  readonly administrator: Administrator;

  constructor(private readonly hand: Hand) {
    this.care = new CareClinician(hand);
    this.programs = new ProgramClinician(hand);
    this.lists = new ListsClinician(hand);
    this.cohorts = new CohortClinician(hand);
    this.appointments = new AppointmentClinician(hand);
    this.administrator = new Administrator(hand);
  }

  addLocation(location: LocationInput): string {
    return this.hand.create('location', null, location);
  }

  addPerson(person: PersonInput): string {
    return this.hand.create('person', null, this.#personBody(person));
  }

  addPatient({ identifiers, ...person }: PatientInput): string {
    const body = this.#personBody(person as PersonInput);
    return this.hand.create('patient', null, {
      person: nested(body, this.hand.engine),
      identifiers: identifiers.map((part) => nested(part, this.hand.engine)),
    });
  }

  /** Makes a patient of a person who is none yet. */
  registerPatient(personUuid: string, identifiers: readonly IdentifierInput[]): string {
    return this.hand.create('patient', null, { person: personUuid, identifiers: identifiers.map((part) => nested(part, this.hand.engine)) });
  }

  #personBody(person: PersonInput): Body {
    const lists = Object.fromEntries(
      (['names', 'addresses', 'attributes'] as const).flatMap((key) => {
        const parts = person[key];
        return parts ? [[key, parts.map((part) => nested(part, this.hand.engine))]] : [];
      }),
    );
    return { ...person, ...lists };
  }

  /** Any record: `edit('person', uuid, { gender: 'F' })`; a patient's own data is its person's. */
  edit(name: 'location' | 'person' | 'patient' | 'personattributetype' | 'patientidentifiertype' | 'locationtag', uuid: string, patch: Body): void {
    this.hand.update(name === 'patient' ? 'person' : name, uuid, patch);
  }

  moveLocation(uuid: string, parent: string | null): void {
    this.edit('location', uuid, { parentLocation: parent });
  }

  retireLocation(uuid: string, reason = 'closed'): void {
    this.hand.take('location', uuid, { reason });
  }

  unretireLocation(uuid: string): void {
    this.hand.restore('location', uuid);
  }

  voidPerson(uuid: string, reason = 'entered in error'): void {
    this.hand.take('person', uuid, { reason });
  }

  voidPatient(uuid: string, reason = 'entered in error'): void {
    this.hand.take('patient', uuid, { reason });
  }

  restorePerson(uuid: string): void {
    this.hand.restore('person', uuid);
  }

  restorePatient(uuid: string): void {
    this.hand.restore('patient', uuid);
  }

  /** The second one's care and parts go to the first, which stays; the second is voided. */
  mergePatients(survivor: string, loser: string): void {
    const [to, from] = [this.hand.row('patient', survivor), this.hand.row('patient', loser)];
    this.hand.act((writer) => mergePatients(writer, to, from));
  }

  /** Erases a record for good. */
  purge(name: ResourceName, uuid: string): void {
    this.hand.take(name, uuid, { reason: '', erase: true });
  }

  #addPart(name: PartName, owner: string, body: Body): string {
    return this.hand.create(name, this.hand.row(name === 'patientidentifier' ? 'patient' : 'person', owner), body);
  }

  #editPart(name: PartName, uuid: string, patch: Body): void {
    this.hand.update(name, uuid, patch);
  }

  addName = (person: string, name: NameInput): string => this.#addPart('personname', person, name);
  editName = (uuid: string, patch: Body): void => this.#editPart('personname', uuid, patch);
  voidName = (uuid: string, reason = 'entered in error'): void => this.hand.take('personname', uuid, { reason });
  setPreferredName = (person: string, name: string): void => this.edit('person', person, { preferredName: name });
  addAddress = (person: string, address: Body): string => this.#addPart('personaddress', person, address);
  editAddress = (uuid: string, patch: Body): void => this.#editPart('personaddress', uuid, patch);
  voidAddress = (uuid: string, reason = 'entered in error'): void => this.hand.take('personaddress', uuid, { reason });
  setPreferredAddress = (person: string, address: string): void => this.edit('person', person, { preferredAddress: address });
  addAttribute = (person: string, attribute: AttributeInput): string => this.#addPart('personattribute', person, attribute);
  editAttribute = (uuid: string, patch: Body): void => this.#editPart('personattribute', uuid, patch);
  voidAttribute = (uuid: string, reason = 'entered in error'): void => this.hand.take('personattribute', uuid, { reason });
  addIdentifier = (patient: string, identifier: IdentifierInput): string => this.#addPart('patientidentifier', patient, identifier);
  editIdentifier = (uuid: string, patch: Body): void => this.#editPart('patientidentifier', uuid, patch);
  voidIdentifier = (uuid: string, reason = 'entered in error'): void => this.hand.take('patientidentifier', uuid, { reason });
}
