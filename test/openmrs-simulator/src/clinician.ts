import type { Row } from './database.js';
import type { Engine } from './engine.js';
import { type Caller, create, restore, take, update } from './operations.js';
import { lookUp, type Resource, type ResourceName, resourceOf } from './resource.js';
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
  constructor(
    private readonly engine: Engine,
    private readonly caller: Caller,
  ) {}

  #line(name: ResourceName): Resource {
    return resourceOf(this.engine, name);
  }

  #row(name: ResourceName, uuid: string): Row {
    const row = lookUp(this.engine, this.#line(name), uuid);
    if (!row) throw new Error(`no ${name} ${uuid} here`);
    return row;
  }

  #create(name: ResourceName, parent: Row | null, body: Body): string {
    return create(this.engine, this.#line(name), parent, body, this.caller).uuid;
  }

  addLocation(location: LocationInput): string {
    return this.#create('location', null, location);
  }

  addPerson(person: PersonInput): string {
    return this.#create('person', null, this.#personBody(person));
  }

  addPatient({ identifiers, ...person }: PatientInput): string {
    const body = this.#personBody(person as PersonInput);
    return this.#create('patient', null, { person: nested(body, this.engine), identifiers: identifiers.map((part) => nested(part, this.engine)) });
  }

  /** Makes a patient of a person who is none yet. */
  registerPatient(personUuid: string, identifiers: readonly IdentifierInput[]): string {
    return this.#create('patient', null, { person: personUuid, identifiers: identifiers.map((part) => nested(part, this.engine)) });
  }

  #personBody(person: PersonInput): Body {
    const lists = Object.fromEntries(
      (['names', 'addresses', 'attributes'] as const).flatMap((key) => {
        const parts = person[key];
        return parts ? [[key, parts.map((part) => nested(part, this.engine))]] : [];
      }),
    );
    return { ...person, ...lists };
  }

  /** Any record: `edit('person', uuid, { gender: 'F' })`; a patient's own data is its person's. */
  edit(name: 'location' | 'person' | 'patient' | 'personattributetype' | 'patientidentifiertype' | 'locationtag', uuid: string, patch: Body): void {
    const line = this.#line(name === 'patient' ? 'person' : name);
    update(this.engine, line, this.#row(line.name, uuid), patch, this.caller);
  }

  moveLocation(uuid: string, parent: string | null): void {
    this.edit('location', uuid, { parentLocation: parent });
  }

  retireLocation(uuid: string, reason = 'closed'): void {
    this.#take('location', uuid, reason, false);
  }

  unretireLocation(uuid: string): void {
    restore(this.engine, this.#line('location'), this.#row('location', uuid), this.caller);
  }

  voidPerson(uuid: string, reason = 'entered in error'): void {
    this.#take('person', uuid, reason, false);
  }

  voidPatient(uuid: string, reason = 'entered in error'): void {
    this.#take('patient', uuid, reason, false);
  }

  restorePerson(uuid: string): void {
    restore(this.engine, this.#line('person'), this.#row('person', uuid), this.caller);
  }

  restorePatient(uuid: string): void {
    restore(this.engine, this.#line('patient'), this.#row('patient', uuid), this.caller);
  }

  /** Erases a record for good. */
  purge(name: ResourceName, uuid: string): void {
    this.#take(name, uuid, '', true);
  }

  #take(name: ResourceName, uuid: string, reason: string, erase: boolean): void {
    take(this.engine, this.#line(name), this.#row(name, uuid), { erase, reason }, this.caller);
  }

  #addPart(name: PartName, owner: string, body: Body): string {
    return this.#create(name, this.#row(name === 'patientidentifier' ? 'patient' : 'person', owner), body);
  }

  #editPart(name: PartName, uuid: string, patch: Body): void {
    update(this.engine, this.#line(name), this.#row(name, uuid), patch, this.caller);
  }

  addName = (person: string, name: NameInput): string => this.#addPart('personname', person, name);
  editName = (uuid: string, patch: Body): void => this.#editPart('personname', uuid, patch);
  voidName = (uuid: string, reason = 'entered in error'): void => this.#take('personname', uuid, reason, false);
  setPreferredName = (person: string, name: string): void => this.edit('person', person, { preferredName: name });
  addAddress = (person: string, address: Body): string => this.#addPart('personaddress', person, address);
  editAddress = (uuid: string, patch: Body): void => this.#editPart('personaddress', uuid, patch);
  voidAddress = (uuid: string, reason = 'entered in error'): void => this.#take('personaddress', uuid, reason, false);
  setPreferredAddress = (person: string, address: string): void => this.edit('person', person, { preferredAddress: address });
  addAttribute = (person: string, attribute: AttributeInput): string => this.#addPart('personattribute', person, attribute);
  editAttribute = (uuid: string, patch: Body): void => this.#editPart('personattribute', uuid, patch);
  voidAttribute = (uuid: string, reason = 'entered in error'): void => this.#take('personattribute', uuid, reason, false);
  addIdentifier = (patient: string, identifier: IdentifierInput): string => this.#addPart('patientidentifier', patient, identifier);
  editIdentifier = (uuid: string, patch: Body): void => this.#editPart('patientidentifier', uuid, patch);
  voidIdentifier = (uuid: string, reason = 'entered in error'): void => this.#take('patientidentifier', uuid, reason, false);
}
