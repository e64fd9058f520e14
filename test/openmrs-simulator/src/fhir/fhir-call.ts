import type { Accounts, Session } from '../accounts.js';
import type { Row } from '../database.js';
import type { Engine } from '../engine.js';
import type { Incoming } from '../http.js';
import type { Caller } from '../operations.js';
import type { Writer } from '../writer.js';
import type { R4Profile, Stu3Profile } from './fhir-profile.js';

/** How one server's FHIR modules are set up. */
export interface FhirSetUp {
  /** Rows of `fhir_patient_identifier_system`: by uuid of the identifier type the URL that stands for it. */
  readonly identifierSystems?: Readonly<Record<string, string>>;
  /** Rows of `fhir_concept_source`: by uuid of the concept source its URL. */
  readonly conceptSources?: Readonly<Record<string, string>>;
}

/** What reading needs to know, whichever module reads. */
export interface SiteReading {
  readonly engine: Engine;
  readonly accounts: Accounts;
  readonly setUp: FhirSetUp;
  /** `http://host/openmrs/ws/fhir2/R4`, or `…/ws/fhir` */
  readonly base: string;
  may(privilege: string): boolean;
  /** 500 unless one of these privileges is held: what a DAO's `@Authorized` asks for. */
  needOneOf(...privileges: readonly string[]): void;
}

/** What openmrs-module-fhir2 reads with. */
export interface FhirReading extends SiteReading {
  readonly profile: R4Profile;
}

/** What openmrs-module-fhir reads with. */
export interface Stu3Reading extends SiteReading {
  readonly profile: Stu3Profile;
}

export interface Stu3Writing extends Stu3Reading {
  readonly writer: Writer;
}

/** One request to a FHIR module, with whoever makes it. */
export interface FhirCall extends FhirReading {
  readonly request: Incoming;
  readonly session: Session;
  readonly caller: Caller;
}

/** What a translator writes with. */
export interface FhirWriting extends FhirReading {
  readonly writer: Writer;
}

export const findRow = ({ engine }: Pick<SiteReading, 'engine'>, kind: Row['kind'], uuid: unknown): Row | undefined =>
  typeof uuid === 'string' ? engine.database.find(kind, uuid) : undefined;
