import type { Row } from '../database.js';
import { live } from '../parts.js';
import type { Stu3Reading } from './fhir-call.js';
import { nullPointer } from './fhir-error.js';
import type { Json } from './fhir-json.js';

/** `Jane Doe(Identifier:100GEJ)`; of who is no patient the name alone. */
export function displayOf(person: Row, { engine }: Stu3Reading): string {
  const name = live(engine.database, person, 'personname')[0];
  const identifier = live(engine.database, person, 'patientidentifier')[0];
  const words = `${String(name?.values['givenName'])} ${String(name?.values['familyName'])}`;
  if (person.values['isPatient'] !== true) return words;
  if (!identifier) throw nullPointer();
  return `${words}(Identifier:${String(identifier.values['identifier'])})`;
}

/** `FHIRUtils.buildPatientOrPersonResourceReference`: the uuid as the element's id, in the identifier and behind the slash. */
export function personReference(person: Row | undefined, reading: Stu3Reading): Json {
  if (person === undefined) throw nullPointer();
  const type = person.values['isPatient'] === true ? 'Patient' : 'Person';
  return { id: person.uuid, reference: `${type}/${person.uuid}`, identifier: { id: person.uuid }, display: displayOf(person, reading) };
}
