import type { Row } from '../database.js';
import { live } from '../parts.js';
import { words } from '../resource.js';
import type { FhirReading } from './fhir-call.js';
import { illegal } from './fhir-error.js';
import { compact, type Json, textIn } from './fhir-json.js';

const FULL_NAME = words('prefix givenName middleName familyNamePrefix familyName familyName2 familyNameSuffix degree');

const referenceTo = (type: string, uuid: string): Json => ({ reference: `${type}/${uuid}`, type });

/** `PersonName.getFullName` of the name that a person goes by. */
export function nameOfPerson(person: Row | undefined, { engine }: Pick<FhirReading, 'engine'>): string {
  const name = person && live(engine.database, person, 'personname')[0];
  return name ? FULL_NAME.flatMap((key) => name.values[key] || []).join(' ') : '';
}

const placeReference = (place: Row): Json => compact({ ...referenceTo('Location', place.uuid), display: place.values['name'] });
/** Nothing for a retired location (`LocationReferenceTranslatorImpl`). */
export const locationReference = (location: Row | undefined): Json | null =>
  location === undefined || location.values['retired'] === true ? null : placeReference(location);
/** A retired one too (`EncounterLocationTranslatorImpl`). */
export const anyLocationReference = (location: Row | undefined): Json | null => (location === undefined ? null : placeReference(location));

/** `ReferenceHandlingTranslator.createPractitionerReference`; 1.3.0 puts the identifier into the text too, and says neither of a provider without a person. */
export function providerReference(provider: Row | undefined, reading: FhirReading): Json | null {
  if (provider === undefined) return null;
  const { identifier, person } = provider.values;
  const of = reading.engine.database.find('person', String(person));
  const name = nameOfPerson(of, reading);
  const { saysMore } = reading.profile;
  if (!saysMore && of === undefined) return referenceTo('Practitioner', provider.uuid);
  const display = saysMore || typeof identifier !== 'string' ? name : `${name} (Identifier: ${identifier})`;
  return compact({ ...referenceTo('Practitioner', provider.uuid), identifier: { value: identifier }, display });
}

/** `ReferenceHandlingTranslator.createPatientReference`. */
export function patientReference(patient: Row | undefined, reading: FhirReading): Json | null {
  if (patient === undefined || patient.values['isPatient'] !== true) return null;
  const identifier = live(reading.engine.database, patient, 'patientidentifier')[0];
  const type = reading.engine.database.find('patientidentifiertype', String(identifier?.values['identifierType']));
  const inBrackets = identifier ? `(${type ? `${String(type.values['name'])}: ` : ''}${String(identifier.values['identifier'])})` : '';
  return compact({ ...referenceTo('Patient', patient.uuid), display: [nameOfPerson(patient, reading), inBrackets].filter(Boolean).join(' ') });
}

/** A user as whoever did something; nothing for none. */
export const userReference = (user: unknown, { engine }: FhirReading): Json | null =>
  typeof user === 'string' ? compact({ ...referenceTo('Practitioner', user), display: engine.userName(user) }) : null;

export const plainReference = (type: string, row: Row | undefined): Json | null => (row === undefined ? null : referenceTo(type, row.uuid));

const LITERAL = /^(?:https?:\/\/(?:[A-Za-z0-9\-.:%$\\]*\/)+)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

/** The user that is named as whoever did something; null for an unknown one. */
export function userIn(reference: unknown, { engine }: FhirReading): string | null {
  const id = typeof reference === 'object' && reference !== null ? LITERAL.exec(textIn(reference as Json, 'reference') ?? '')?.[2] : undefined;
  return id === undefined ? null : engine.userUuid(id);
}

/** The id that a reference leads to, or null for none. 500 where it is to another type, or to none that can be read. */
export function idIn(reference: Json, types: readonly string[]): string | null {
  const literal = textIn(reference, 'reference');
  if (literal === null) return null;
  const [, type = '', id = null] = LITERAL.exec(literal) ?? [];
  const named = textIn(reference, 'type') ?? type;
  if (!types.includes(named)) throw illegal(`Reference must be to an ${types.join(' or ')} not a ${named}`);
  return id;
}
