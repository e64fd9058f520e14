import type { Ref, Row, Value } from '../database.js';
import { localDate } from '../java-time.js';
import { live } from '../parts.js';
import { resourceOf } from '../resource.js';
import { serverError } from '../rest-error.js';
import { findRow, type Stu3Reading, type Stu3Writing } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { nullPointer } from './fhir-error.js';
import { compact, type Json, listIn, textIn } from './fhir-json.js';
import { mergeParts, postedAddresses, postedNames, shownAddresses } from './person-parts.stu3.js';
import { idOf, type Stu3Resource } from './stu3-resource.js';

const isLive = ({ values }: Row): boolean => values['retired'] !== true;
const GENDERS: Readonly<Record<string, string>> = { male: 'M', female: 'F' };

/** `FHIRPractitionerUtil.generatePractitioner`: of a person the preferred name alone, its prefix as suffix; over one without a gender Java falls. */
function show(row: Row, reading: Stu3Reading): Json {
  const person = findRow(reading, 'person', row.values['person']);
  const shared = { resourceType: 'Practitioner', id: row.uuid, identifier: [{ value: row.values['identifier'] }] };
  if (!person) return compact({ ...shared, name: [{ use: 'usual', given: [row.values['name']] }], gender: 'unknown' });
  const { gender, birthdate } = person.values;
  if (typeof gender !== 'string') throw nullPointer();
  const names = live(reading.engine.database, person, 'personname').filter(({ values }) => values['preferred'] === true);
  return compact({
    ...shared,
    name: names.map(({ values }) => ({
      use: 'usual',
      family: values['familyName'],
      given: [values['givenName']],
      suffix: [values['prefix'] ?? values['familyNameSuffix']],
    })),
    gender: Object.keys(GENDERS).find((key) => GENDERS[key] === gender) ?? 'unknown',
    birthDate: birthdate,
    address: shownAddresses(person, reading),
  });
}

/** A live person of that name, gender and birth. Core's `getSimilarPeople` looks less closely. */
function similar(names: readonly Readonly<Record<string, Value>>[], gender: string, birthdate: string, { engine }: Stu3Reading): readonly Row[] {
  const [wanted] = names;
  return engine.database
    .all('person')
    .filter(
      (person) =>
        person.values['voided'] !== true &&
        person.values['gender'] === gender &&
        String(person.values['birthdate'] ?? birthdate).slice(0, 4) === birthdate.slice(0, 4) &&
        live(engine.database, person, 'personname').some(
          ({ values }) => values['givenName'] === wanted?.['givenName'] && values['familyName'] === wanted?.['familyName'],
        ),
    );
}

function makePerson(writing: Stu3Writing, body: Json, gender: string, birthdate: string): string {
  const { writer, engine } = writing;
  const found = similar(
    postedNames(body).map(({ values }) => values),
    gender,
    birthdate,
    writing,
  );
  if (found.length === 1) return found[0]?.uuid ?? '';
  const person = writer.create(resourceOf(engine, 'person'), engine.random.uuid(), null);
  writer.tx.set(person, { gender, birthdate });
  mergeParts(
    writing,
    'personname',
    person,
    postedNames(body).map(({ values }) => ({ id: null, values: { ...values, preferred: true } })),
  );
  mergeParts(
    writing,
    'personaddress',
    person,
    postedAddresses(body).map(({ values }) => ({ id: null, values })),
  );
  resourceOf(engine, 'person').save(writer, person);
  return person.uuid;
}

/** `PractitionerStrategy.createFHIRPractitioner`: of whole names and one of two genders a person, one that is there being taken for it; else a name alone. */
function create(writing: Stu3Writing, body: Json): Ref {
  const { writer, engine } = writing;
  const names = postedNames(body);
  const isWhole = names.length > 0 && names.every(({ values }) => values['givenName'] !== null && values['familyName'] !== null);
  const gender = textIn(body, 'gender');
  if (isWhole && gender === null) throw nullPointer();
  const letter = isWhole ? GENDERS[gender ?? ''] : undefined;
  const born = textIn(body, 'birthDate');
  if (letter !== undefined && born === null) throw nullPointer();
  const row = writer.create(resourceOf(engine, 'provider'), idOf(body) ?? engine.random.uuid(), null);
  const [first] = names;
  const called = [first?.values['familyName'], first?.values['givenName'], first?.values['middleName']].filter(Boolean).join(' ');
  writer.tx.set(row, {
    identifier: textIn(listIn(body, 'identifier')[0] ?? {}, 'value'),
    ...(letter === undefined
      ? { name: called }
      : { person: makePerson(writing, body, letter, localDate(readMoment(born ?? '', engine.zone).start, engine.zone)) }),
  });
  resourceOf(engine, 'provider').save(writer, row);
  return row;
}

/** `FHIRPractitionerUtil.updatePractitionerAttributes`: fails where the person has names, whose set it replaces; who has no person gets one. */
function update(writing: Stu3Writing, row: Row, body: Json): Ref {
  const { writer, engine } = writing;
  const gender = textIn(body, 'gender');
  const identifier = listIn(body, 'identifier')[0];
  if (gender === null || !identifier) throw nullPointer();
  const person = findRow(writing, 'person', row.values['person']);
  if (person && engine.database.ownedBy(person.uuid, 'personname').length > 0)
    throw serverError('A collection with cascade="all-delete-orphan" was no longer referenced by the owning entity instance: org.openmrs.Person.names');
  const born = textIn(body, 'birthDate');
  const made = person ?? writer.create(resourceOf(engine, 'person'), engine.random.uuid(), null);
  if (!person)
    mergeParts(
      writing,
      'personname',
      made,
      postedNames(body).map(({ values }) => ({ id: null, values: { ...values, preferred: true } })),
    );
  writer.tx.set(made, { gender: GENDERS[gender] ?? 'o', ...(born === null ? {} : { birthdate: localDate(readMoment(born, engine.zone).start, engine.zone) }) });
  resourceOf(engine, 'person').save(writer, made);
  writer.tx.set(row, { person: made.uuid, identifier: textIn(identifier, 'value'), ...(person ? {} : { name: '' }) });
  resourceOf(engine, 'provider').save(writer, row);
  return row;
}

const all = ({ engine }: Stu3Reading): readonly Row[] => engine.database.all('provider').filter(isLive);

export const practitionerStu3: Stu3Resource = {
  type: 'Practitioner',
  find: (reading, uuid) => all(reading).find((row) => row.uuid === uuid),
  held: (reading, uuid) => findRow(reading, 'provider', uuid),
  privileges: { read: 'Get Providers', save: ['Manage Providers'], remove: 'Manage Providers' },
  searches: {
    _id: (value, reading) => all(reading).filter(({ uuid }) => uuid === value),
    identifier: (value, reading) => reading.engine.database.all('provider').filter(({ values }) => values['identifier'] === value),
  },
  show,
  create,
  update,
};
