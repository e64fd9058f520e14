import type { Row } from '../database.js';
import { live } from '../parts.js';
import { serverError } from '../rest-error.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { compact, extensionsIn, isJson, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { heldPart, newPart } from './person-parts.r4.js';
import { idIn, locationReference } from './references.r4.js';

const LOCATION = 'http://fhir.openmrs.org/ext/patient/identifier#location';

function shownIdentifier(row: Row, reading: FhirReading): Json {
  const { identifier, identifierType, location, preferred } = row.values;
  const type = findRow(reading, 'patientidentifiertype', identifierType);
  const place = findRow(reading, 'location', location);
  return compact({
    id: row.uuid,
    extension: place ? [{ url: LOCATION, valueReference: locationReference(place) }] : [],
    use: preferred === true ? 'official' : 'usual',
    type: { coding: reading.profile.saysMore ? [{ code: type?.uuid }] : [], text: type?.values['name'] },
    system: reading.setUp.identifierSystems?.[type?.uuid ?? ''],
    value: identifier,
  });
}

/** `PatientIdentifierTranslatorImpl.toFhirResource`, the preferred one first. */
export const shownIdentifiers = (patient: Row, reading: FhirReading): readonly Json[] =>
  live(reading.engine.database, patient, 'patientidentifier').map((row) => shownIdentifier(row, reading));

/** By the system's URL, and only where there is none by the **name** of the type; its uuid in `type.coding` means nothing (`FhirPatientServiceImpl`). */
function typeOf(identifier: Json, reading: FhirReading): Row | undefined {
  const system = textIn(identifier, 'system');
  const types = reading.engine.database.all('patientidentifiertype');
  if (system !== null) return types.find(({ uuid }) => reading.setUp.identifierSystems?.[uuid] === system);
  reading.needOneOf('Get Patient Identifiers');
  const name = textIn(partIn(identifier, 'type'), 'text');
  return types.find(({ values }) => name !== null && values['name'] === name && values['retired'] !== true);
}

function placeOf(identifier: Json, reading: FhirReading): string | null {
  const posted = extensionsIn(identifier, LOCATION)[0]?.['valueReference'];
  if (!isJson(posted)) return null;
  return findRow(reading, 'location', idIn(posted, ['Location']))?.uuid ?? null;
}

/**
 * Identifiers are added (`Patient.addIdentifier`): one of the same content is dropped, a type that is not known here makes it vanish, or in older
 * releases fails. One whose id is held with other content is a second row of that uuid, which the table does not take.
 */
export function addIdentifiers(writing: FhirWriting, patient: Row, body: Json): void {
  const { writer, profile, engine } = writing;
  for (const identifier of listIn(body, 'identifier')) {
    const type = typeOf(identifier, writing);
    if (!type && profile.saysMore) continue;
    const values = {
      identifier: textIn(identifier, 'value'),
      identifierType: type?.uuid ?? null,
      location: placeOf(identifier, writing),
      preferred: identifier['use'] === 'official',
    };
    const held = live(engine.database, patient, 'patientidentifier');
    const isSame = (row: Row): boolean =>
      (['identifier', 'identifierType', 'location'] as const).every((key) => values[key] === null || values[key] === row.values[key]);
    if (held.some(isSame)) continue;
    if (heldPart(writing, 'patientidentifier', identifier, patient.uuid))
      throw serverError("could not execute statement; Duplicate entry for key 'patient_identifier.uuid'");
    writer.tx.set(newPart(writing, 'patientidentifier', identifier, patient.uuid), values);
    if (!writer.isNew(patient)) writer.tx.touch(patient);
  }
}
