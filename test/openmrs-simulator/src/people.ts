import type { Row } from './database.js';
import { localDate } from './java-time.js';
import { addressFields, inOrder, live } from './parts.js';
import {
  attributeType,
  attributeValue,
  identifierLocation,
  identifierType,
  saveAddress,
  saveAttribute,
  saveIdentifier,
  saveName,
  setAttributeValue,
  shownAttribute,
} from './people-parts.js';
import { makePreferred, savePatient, savePerson, setAddresses, setAge, setAttributes, setIdentifiers, setNames } from './people-saving.js';
import { auditKeys, each, type Node, one, type Resource, resource, type Shown, type Site, text, words } from './resource.js';

const shown = (rows: readonly Row[], as: Resource['name']): Shown[] => rows.map((row) => ({ row, as }));
const first = (row: Row | undefined, as: Resource['name']): Node => (row ? { row, as } : null);
const names = (person: Row, site: Site): Row[] => live(site.database, person, 'personname');
const addresses = (person: Row, site: Site): Row[] => live(site.database, person, 'personaddress');
const identifiers = (person: Row, site: Site): Row[] => live(site.database, person, 'patientidentifier');
const nameOf = (person: Row, site: Site): Row | undefined =>
  names(person, site)[0] ?? (person.values['voided'] === true ? inOrder(site.database, person, 'personname')[0] : undefined);
const addressOf = (person: Row, site: Site): Row | undefined =>
  addresses(person, site)[0] ?? (person.values['voided'] === true ? inOrder(site.database, person, 'personaddress')[0] : undefined);

const fullName = (name: Row | undefined): string =>
  name
    ? words('prefix givenName middleName familyNamePrefix familyName familyName2 familyNameSuffix degree')
        .flatMap((key) => name.values[key] || [])
        .join(' ')
    : '';

function age(person: Row, site: Site): number | null {
  const born = person.values['birthdate'];
  if (typeof born !== 'string') return null;
  const died = person.values['deathDate'];
  const until = localDate(typeof died === 'number' ? Math.min(died, site.now()) : site.now(), site.zone);
  return Number(until.slice(0, 4)) - Number(born.slice(0, 4)) - (until.slice(5) < born.slice(5) ? 1 : 0);
}

const PERSON = 'uuid display gender age birthdate birthdateEstimated dead deathDate';
const PERSON_KEYS = 'gender age birthdate birthdateEstimated dead deathDate causeOfDeath';
const LATER_KEYS = 'birthtime deathdateEstimated causeOfDeathNonCoded';
const NAME_PARTS = 'prefix familyNamePrefix familyNameSuffix degree';
const ADDRESS_FIRST = 'display uuid preferred address1 address2 cityVillage stateProvince country postalCode';
const ADDRESS_LATE = 'address7 address8 address9 address10 address11 address12 address13 address14 address15';
const IN_PERSON = { get: 'Get People', add: 'Edit People', edit: 'Edit People', remove: 'Edit People', purge: 'Edit People' };

const person = resource({
  name: 'person',
  javaClass: 'org.openmrs.Person',
  life: 'voided',
  version: '1.11',
  privileges: { get: 'Get People', add: 'Add People', edit: 'Edit People', remove: 'Edit People', purge: 'Purge People' },
  fields: {
    ...text('gender', 50),
    ...each('birthdate', { is: 'date' }),
    ...each('birthdateEstimated dead deathdateEstimated', { is: 'boolean' }),
    ...each('deathDate', { is: 'instant' }),
    ...each('birthtime', { is: 'time' }),
    causeOfDeath: one('concept'),
    ...text('causeOfDeathNonCoded'),
  },
  defaults: { dead: false, birthdateEstimated: false, deathdateEstimated: false },
  standard: `${PERSON} causeOfDeath:ref preferredName:ref preferredAddress:ref attributes:ref voided birthtime deathdateEstimated`,
  full: `${PERSON} causeOfDeath preferredName preferredAddress names addresses attributes voided auditInfo birthtime deathdateEstimated causeOfDeathNonCoded`,
  create: words(`names ${PERSON_KEYS} addresses attributes ${LATER_KEYS}`),
  required: ['names', 'gender'],
  update: words(`preferredName preferredAddress addresses attributes names ${PERSON_KEYS} ${LATER_KEYS} voided`),
  parts: ['personname', 'personaddress', 'personattribute', 'patientidentifier'],
  display: (row, site) => fullName(nameOf(row, site)),
  reads: {
    age,
    names: (row, site) => shown(names(row, site), 'personname'),
    addresses: (row, site) => shown(addresses(row, site), 'personaddress'),
    attributes: (row, site) => shown(live(site.database, row, 'personattribute'), 'personattribute'),
    preferredName: (row, site) => first(nameOf(row, site), 'personname'),
    preferredAddress: (row, site) => first(addressOf(row, site), 'personaddress'),
  },
  sets: {
    names: setNames,
    addresses: setAddresses,
    attributes: setAttributes,
    age: setAge,
    preferredName: makePreferred('personname'),
    preferredAddress: makePreferred('personaddress'),
  },
  save: savePerson,
});

const patient = resource({
  name: 'patient',
  javaClass: 'org.openmrs.Patient',
  life: 'voided',
  version: '1.9',
  privileges: { get: 'Get Patients', add: 'Add Patients', edit: 'Edit Patients', remove: 'Delete Patients', purge: 'Purge Patients' },
  fields: {
    creator: { is: 'user', column: 'patientCreator' },
    dateCreated: { is: 'instant', column: 'patientDateCreated' },
    personCreator: { is: 'user', column: 'creator' },
    personDateCreated: { is: 'instant', column: 'dateCreated' },
    personChangedBy: { is: 'user', column: 'changedBy' },
    personDateChanged: { is: 'instant', column: 'dateChanged' },
    personVoided: { is: 'boolean', column: 'voided' },
    personVoidedBy: { is: 'user', column: 'voidedBy' },
    personDateVoided: { is: 'instant', column: 'dateVoided' },
    personVoidReason: { is: 'text', max: 255, column: 'voidReason' },
  },
  standard: 'uuid display identifiers:ref person voided',
  full: 'uuid display identifiers person:full voided auditInfo',
  create: ['person', 'identifiers'],
  required: ['person', 'identifiers'],
  update: ['person', 'voided'],
  parts: ['personname', 'personaddress', 'personattribute', 'patientidentifier'],
  finds: (row) => row.values['isPatient'] === true,
  display: (row, site) => {
    const identifier = identifiers(row, site)[0];
    return identifier ? `${String(identifier.values['identifier'])} - ${fullName(nameOf(row, site))}` : '';
  },
  reads: { person: (row) => ({ row, as: 'person' }), identifiers: (row, site) => shown(identifiers(row, site), 'patientidentifier') },
  sets: { person: () => undefined, identifiers: setIdentifiers },
  save: savePatient,
});

const name = resource({
  name: 'personname',
  javaClass: 'org.openmrs.PersonName',
  life: 'voided',
  under: { parent: 'person', path: 'name' },
  privileges: IN_PERSON,
  fields: { ...text(`givenName middleName familyName familyName2 ${NAME_PARTS}`, 50), ...each('preferred', { is: 'boolean' }) },
  defaults: { preferred: false },
  standard: 'display uuid givenName middleName familyName familyName2 voided',
  full: `display uuid givenName middleName familyName familyName2 preferred ${NAME_PARTS} voided auditInfo`,
  create: words(`givenName familyName middleName familyName2 preferred ${NAME_PARTS}`),
  required: ['givenName'],
  display: fullName,
  save: saveName,
});

const address = resource({
  name: 'personaddress',
  javaClass: 'org.openmrs.PersonAddress',
  life: 'voided',
  under: { parent: 'person', path: 'address' },
  privileges: IN_PERSON,
  version: '2.0',
  fields: { ...text(addressFields.join(' ')), ...each('preferred', { is: 'boolean' }), ...each('startDate endDate', { is: 'instant' }) },
  defaults: { preferred: false },
  standard: `${ADDRESS_FIRST} countyDistrict address3 address4 address5 address6 startDate endDate latitude longitude voided ${ADDRESS_LATE}`,
  full: `${ADDRESS_FIRST} latitude longitude countyDistrict address3 address4 address5 address6 startDate endDate voided auditInfo ${ADDRESS_LATE}`,
  create: words(`preferred ${addressFields.join(' ')} startDate endDate`),
  display: (row) => String(row.values['address1'] ?? ''),
  save: saveAddress,
});

const attribute = resource({
  name: 'personattribute',
  javaClass: 'org.openmrs.PersonAttribute',
  life: 'voided',
  under: { parent: 'person', path: 'attribute' },
  privileges: IN_PERSON,
  fields: { ...text('value', 50), attributeType: one('personattributetype') },
  standard: 'display uuid value attributeType:ref voided',
  full: 'display uuid value attributeType:full voided auditInfo hydratedObject',
  create: words('attributeType value hydratedObject'),
  required: ['attributeType'],
  display: (row, site) => shownAttribute(row, site),
  reads: { value: attributeValue, hydratedObject: attributeValue },
  sets: { attributeType, value: setAttributeValue, hydratedObject: setAttributeValue },
  save: saveAttribute,
});

const identifier = resource({
  name: 'patientidentifier',
  javaClass: 'org.openmrs.PatientIdentifier',
  life: 'voided',
  under: { parent: 'patient', path: 'identifier' },
  privileges: {
    get: 'Get Patient Identifiers',
    add: 'Add Patient Identifiers',
    edit: 'Edit Patient Identifiers',
    remove: 'Delete Patient Identifiers',
    purge: 'Edit Patients',
  },
  fields: { ...text('identifier', 50), identifierType: one('patientidentifiertype'), location: one('location'), ...each('preferred', { is: 'boolean' }) },
  defaults: { preferred: false },
  standard: 'display uuid identifier identifierType:ref location:ref preferred voided',
  full: 'display uuid identifier identifierType location preferred voided auditInfo',
  create: words('identifier identifierType location preferred'),
  required: words('identifier identifierType'),
  display: (row, site) => {
    const type = site.database.find('patientidentifiertype', String(row.values['identifierType']));
    return type ? `${String(type.values['name'])} = ${String(row.values['identifier'])}` : '';
  },
  sets: { identifierType, location: identifierLocation },
  save: saveIdentifier,
});

/** Keys a patient takes on create from webservices.rest 3.0 on. */
export const patientAuditKeys = [...auditKeys('voided'), ...Object.keys(patient.fields).filter((key) => key.startsWith('person'))];
export const peopleTable: readonly Resource[] = [person, patient, name, address, attribute, identifier];
