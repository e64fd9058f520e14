import type { Account } from '../accounts.js';
import type { Ref, Row } from '../database.js';
import { live } from '../parts.js';
import { resourceOf } from '../resource.js';
import { postedBirthDate, postedGender, shownBirthDate, shownGender } from './birth-date.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { narrative, nullPointer, unprocessable } from './fhir-error.js';
import { compact, type Json, listIn, textIn } from './fhir-json.js';
import { type FhirResource, isRetired, lastUpdated } from './fhir-resource.js';
import { string, token } from './fhir-search.js';
import { fhirSetting } from './fhir-settings.js';
import { addAddresses, addNames, shownAddresses, shownNames } from './person-parts.r4.js';
import { metaOf } from './provenance.r4.js';
import { nameOfPerson } from './references.r4.js';

const EXT = 'http://fhir.openmrs.org/ext';

/** Users are accounts, not rows; here they look like a row of providers, marked by their system id. */
const userRow = ({ uuid, username }: Account): Row => ({ kind: 'provider', uuid, serial: 0, owner: null, values: { systemId: username, retired: false } });
const isUser = ({ values }: Row): boolean => typeof values['systemId'] === 'string';
const personOf = (row: Row, reading: FhirReading): Row | undefined => findRow(reading, 'person', row.values['person']);

const contactType = (reading: FhirReading): string => fhirSetting(reading, 'fhir2.providerContactPointAttributeTypeUuid');
const telecoms = (row: Row, reading: FhirReading): readonly Json[] =>
  live(reading.engine.database, row, 'providerattribute')
    .filter(({ values }) => values['attributeType'] === contactType(reading))
    .map(({ uuid, values }) => ({ id: uuid, value: values['value'] }));

/** `PractitionerTranslatorProviderImpl` and `PractitionerTranslatorUserImpl`: nothing of a provider's own name, nor of its person's uuid. */
function show(row: Row, reading: FhirReading): Json {
  const person = personOf(row, reading);
  const { meta, contained } = isUser(row) ? { meta: null, contained: null } : metaOf(row, reading);
  const shared = {
    name: person ? shownNames(person, reading) : [],
    telecom: telecoms(row, reading),
    gender: person ? shownGender(person) : null,
    birthDate: person ? shownBirthDate(person, reading) : null,
    address: person ? shownAddresses(person, reading) : [],
  };
  const system = isUser(row) ? `${EXT}/user/identifier` : `${EXT}/provider/identifier`;
  const value = row.values['systemId'] ?? row.values['identifier'];
  return compact({
    resourceType: 'Practitioner',
    id: row.uuid,
    meta,
    text: narrative(nameOfPerson(person, reading)),
    contained,
    identifier: [{ system, value }],
    active: isUser(row) ? null : !isRetired(row),
    ...shared,
  });
}

function addTelecoms(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine } = writing;
  for (const telecom of listIn(body, 'telecom')) {
    if (!engine.database.find('providerattributetype', contactType(writing))) throw nullPointer();
    if (engine.database.ownedBy(row.uuid, 'providerattribute').some(({ uuid }) => uuid === telecom['id'])) continue;
    const attribute = writer.create(resourceOf(engine, 'providerattribute'), textIn(telecom, 'id') ?? engine.random.uuid(), row.uuid);
    writer.tx.set(attribute, { attributeType: contactType(writing), value: textIn(telecom, 'value') });
  }
}

/** `PractitionerTranslatorProviderImpl.toOpenmrsType`: a provider without a person gets a new one, under a uuid of the server; nobody validates that person. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer, engine } = writing;
  const [identifier] = listIn(body, 'identifier');
  const person = personOf(row, writing) ?? writer.create(resourceOf(engine, 'person'), engine.random.uuid(), null);
  writer.tx.set(row, { identifier: identifier ? textIn(identifier, 'value') : null, person: person.uuid });
  addNames(writing, person, body, false);
  writer.tx.set(person, { ...postedGender(body), ...postedBirthDate(body, writing) });
  addAddresses(writing, person, body);
  addTelecoms(writing, row, body);
  return row;
}

const make = (writing: FhirWriting, body: Json): Row =>
  writing.writer.create(resourceOf(writing.engine, 'provider'), textIn(body, 'id') ?? writing.engine.random.uuid(), null);
const names =
  (...keys: readonly string[]) =>
  (row: Row, reading: FhirReading) => {
    const person = personOf(row, reading);
    return person ? live(reading.engine.database, person, 'personname').flatMap(({ values }) => keys.map((key) => values[key])) : [];
  };

export const practitionerR4: FhirResource = {
  type: 'Practitioner',
  find: (reading, uuid) => {
    const provider = findRow(reading, 'provider', uuid);
    if (provider) return provider;
    reading.needOneOf('Get Users');
    const user = reading.accounts.all().find((account) => account.uuid === uuid);
    return user && userRow(user);
  },
  /** Providers, and after them **all** users, whatever is asked for (`FhirPractitionerServiceImpl.searchForPractitioners`). */
  all: (reading) => {
    reading.needOneOf('Get Users');
    return [...reading.engine.database.all('provider'), ...reading.accounts.all().map(userRow)];
  },
  table: (row) => (isUser(row) ? 1 : 0),
  isFoundAlways: isUser,
  isGone: isRetired,
  privileges: { read: [['Get Providers']], save: ['Manage Providers'], remove: ['Manage Providers'] },
  updatedAt: lastUpdated,
  parameters: {
    name: string(names('givenName', 'middleName', 'familyName')),
    given: string(names('givenName')),
    family: string(names('familyName')),
    identifier: token(({ values }) => [values['identifier']]),
  },
  show,
  create: (writing, body) => {
    if (listIn(body, 'identifier').length === 0) throw unprocessable('New providers must have at least one identifier');
    return write(writing, make(writing, body), body);
  },
  update: write,
  remove: ({ writer, engine }, row) => {
    if (!isRetired(row)) writer.tx.set(row, { retired: true, retiredBy: writer.author, dateRetired: engine.now(), retireReason: 'Retired via FHIR API' });
  },
  canUpsert: true,
};
