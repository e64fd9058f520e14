import type { Ref, Row, Value } from '../database.js';
import { localDate } from '../java-time.js';
import { remove } from '../life.js';
import { demoteOthers, live } from '../parts.js';
import { resourceOf } from '../resource.js';
import { findRow, type Stu3Reading, type Stu3Writing } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { FhirError, nullPointer, unprocessable } from './fhir-error.js';
import { compact, type Json, listIn, textIn } from './fhir-json.js';
import { mergeParts, postedAddresses, postedNames, shownAddresses, shownNames } from './person-parts.stu3.js';
import { auditExtensions, caught, idOf, postedStamps, refuse, type Stu3Resource } from './stu3-resource.js';

const PHONE = 'Telephone Number';
const isPatient = (row: Row | undefined): row is Row => row?.values['isPatient'] === true;
const typeName = (row: Row, { engine }: Stu3Reading): Value =>
  engine.database.find('patientidentifiertype', String(row.values['identifierType']))?.values['name'] ?? null;

function phone(row: Row, { engine }: Stu3Reading): Value {
  const held = live(engine.database, row, 'personattribute').find(
    ({ values }) => engine.database.find('personattributetype', String(values['attributeType']))?.values['name'] === PHONE,
  );
  return held?.values['value'] ?? null;
}

/** `FHIRPatientUtil.generatePatient`: the type of an identifier goes by its name, and every gender but two is unknown. */
function show(row: Row, reading: Stu3Reading): Json {
  const { gender, birthdate, dead, voided, patientCreator, patientDateCreated } = row.values;
  const number = phone(row, reading);
  return compact({
    resourceType: 'Patient',
    id: row.uuid,
    extension: auditExtensions(row, reading, { creator: patientCreator ?? null, dateCreated: patientDateCreated ?? null }),
    identifier: live(reading.engine.database, row, 'patientidentifier').map((one) => ({
      id: one.uuid,
      use: one.values['preferred'] === true ? 'usual' : 'secondary',
      system: typeName(one, reading),
      value: one.values['identifier'],
    })),
    active: voided !== true,
    name: shownNames(row, reading),
    telecom: number === null ? [] : [{ system: 'phone', value: number }],
    gender: gender === 'M' ? 'male' : gender === 'F' ? 'female' : 'unknown',
    birthDate: birthdate,
    deceasedBoolean: dead === true,
    address: shownAddresses(row, reading),
  });
}

/** The first location that was ever made: local id 1. */
const firstLocation = ({ engine }: Stu3Reading): string | null => engine.database.all('location')[0]?.uuid ?? null;

/** `FHIRIdentifierUtil.generateOpenmrsIdentifier`: never preferred, for the use is compared with its definition; without a use Java falls. */
function postedIdentifier(posted: Json, reading: Stu3Reading): { readonly id: string | null; readonly values: Record<string, Value> } {
  if (textIn(posted, 'use') === null) throw nullPointer();
  const [system, id] = [textIn(posted, 'system'), textIn(posted, 'id')];
  const types = reading.engine.database.all('patientidentifiertype');
  const type = types.find(({ values }) => values['name'] === system) ?? types.find(({ uuid }) => uuid === id);
  if (!type) refuse([`Missing the PatientIdentifierType with the name '${String(system)}' and the UUID '${String(id)}'`]);
  const needsPlace = (type?.values['locationBehavior'] ?? null) === null || type?.values['locationBehavior'] === 'REQUIRED';
  const location = needsPlace ? firstLocation(reading) : null;
  return { id, values: { identifier: textIn(posted, 'value'), preferred: false, identifierType: type?.uuid ?? null, location } };
}

/** What the body lacks, in its order; only two genders are known. */
function check(body: Json): void {
  const names = postedNames(body);
  const isNamed = names.some(({ values }) => String(values['givenName'] ?? '').trim() !== '' && String(values['familyName'] ?? '').trim() !== '');
  refuse([
    ...(listIn(body, 'identifier').length === 0 ? ['Identifiers cannot be empty'] : []),
    ...(names.length === 0 ? ['Name cannot be empty'] : []),
    ...(isNamed ? [] : ['Person should have at least one name with family name and given name']),
    ...(body['gender'] === 'male' || body['gender'] === 'female' ? [] : ['Gender cannot be empty']),
  ]);
}

function mergeIdentifiers(writing: Stu3Writing, row: Row, body: Json): void {
  const { writer, engine } = writing;
  for (const posted of listIn(body, 'identifier')) {
    const { id, values } = postedIdentifier(posted, writing);
    const all = engine.database.ownedBy(row.uuid, 'patientidentifier');
    const held = all.find(({ uuid }) => uuid === id);
    if (held) {
      writer.tx.set(held, values);
      continue;
    }
    if (id === null) throw unprocessable('The request cannot be processed due to the following issues \nnull id in entry');
    const made = writer.create(resourceOf(engine, 'patientidentifier'), id, row.uuid);
    writer.tx.set(made, values);
    if (values['preferred'] === true) demoteOthers(writer, made, all);
    if (!writer.isNew(row)) writer.tx.touch(row);
  }
}

const ABSENT = { voided: false, voidedBy: null, dateVoided: null, voidReason: null };

/** `active` that is left out is false, and voids the row of the person alone; true brings that back. */
const marks = (body: Json, { writer, engine }: Stu3Writing, reason: string): Record<string, Value> =>
  body['active'] === true ? ABSENT : { voided: true, voidedBy: writer.author, dateVoided: engine.now(), voidReason: reason };

/** `FHIRPatientUtil.generateOmrsPatient` and `updatePatientAttributes`, saved by core's service, whatever it refuses being 422. */
function write(writing: Stu3Writing, row: Row, body: Json, reason: string): Ref {
  const { writer, engine } = writing;
  if (typeof body['deceasedBoolean'] !== 'boolean') throw nullPointer();
  mergeIdentifiers(writing, row, body);
  check(body);
  mergeParts(writing, 'personname', row, postedNames(body));
  mergeParts(writing, 'personaddress', row, postedAddresses(body));
  const born = textIn(body, 'birthDate');
  writer.tx.set(row, {
    ...marks(body, writing, reason),
    gender: body['gender'] === 'male' ? 'M' : 'F',
    birthdate: born === null ? null : localDate(readMoment(born, engine.zone).start, engine.zone),
  });
  try {
    resourceOf(engine, 'patient').save(writer, row);
  } catch (error) {
    throw caught(error);
  }
  return row;
}

const patients = ({ engine }: Stu3Reading): readonly Row[] => engine.database.holding('person', 'isPatient', true);
const isLive = ({ values }: Row): boolean => values['voided'] !== true;
const named =
  (key: string) =>
  (value: string, reading: Stu3Reading): readonly Row[] =>
    patients(reading).filter(
      (row) =>
        isLive(row) &&
        live(reading.engine.database, row, 'personname').some(({ values }) => value.toLowerCase().includes(String(values[key] ?? '\0').toLowerCase())),
    );

export const patientStu3: Stu3Resource = {
  type: 'Patient',
  find: (reading, uuid) => {
    const row = findRow(reading, 'person', uuid);
    return isPatient(row) && isLive(row) ? row : undefined;
  },
  held: (reading, uuid) => {
    const row = findRow(reading, 'person', uuid);
    return isPatient(row) ? row : undefined;
  },
  privileges: { read: 'Get Patients', save: ['Add Patients', 'Edit Patients'], remove: 'Delete Patients' },
  searches: {
    _id: (value, reading) => patients(reading).filter((row) => isLive(row) && row.uuid === value),
    active: (value, reading) => patients(reading).filter((row) => isLive(row) === (value.toLowerCase() === 'true')),
    given: named('givenName'),
    family: named('familyName'),
    identifier: (value, reading) =>
      patients(reading).filter(
        (row) =>
          isLive(row) &&
          live(reading.engine.database, row, 'patientidentifier').some((one) =>
            [String(one.values['identifier']), `${String(typeName(one, reading))}|${String(one.values['identifier'])}`].includes(value),
          ),
      ),
  },
  show,
  create: (writing, body) => {
    const { writer, engine } = writing;
    const row = writer.create(resourceOf(engine, 'person'), idOf(body) ?? engine.random.uuid(), null);
    const { creator, dateCreated } = postedStamps(body, writing);
    writer.tx.set(row, {
      isPatient: true,
      dead: body['deceasedBoolean'] === true,
      ...(creator ? { patientCreator: creator } : {}),
      ...(dateCreated ? { patientDateCreated: dateCreated } : {}),
    });
    return write(writing, writer.tx.now(row), body, 'Deleted from FHIR module');
  },
  update: (writing, row, body) => write(writing, row, body, 'Voided by FHIR request'),
  remove: ({ writer, engine }, row) => {
    if (!row) throw new FhirError(404, 'Resource Patient is not known');
    remove(writer, resourceOf(engine, 'patient'), row, 'Voided by FHIR request');
  },
};
