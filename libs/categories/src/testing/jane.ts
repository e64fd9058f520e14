import { CATEGORIES } from '../all-categories.js';
import { MODERN_PLATFORM, type Platform } from '../platform.js';

const { patient, person } = CATEGORIES;

/** The key of her only live name. */
export const JANE = '{"givenName":"Jane","middleName":"Q","familyName":"Doe"}';
/** The key of her only address. */
export const HOME = '{"address1":"Plot 12","cityVillage":"Kapina","country":"Kenya","startDate":"2016-03-01T00:00:00Z"}';
/** Who and when, as webservices.rest tells it. */
export const audit = (dateChanged: string | null = null) => ({
  creator: { uuid: 'admin-1', display: 'admin', links: [] },
  dateCreated: '2020-05-01T13:15:00.000+0300',
  changedBy: null,
  dateChanged,
});
/** A name without a part. */
export const NO_NAME = {
  prefix: null,
  givenName: null,
  middleName: null,
  familyNamePrefix: null,
  familyName: null,
  familyName2: null,
  familyNameSuffix: '',
  degree: null,
};
/** An address without a part. */
export const NO_ADDRESS = {
  ...Object.fromEntries(Array.from({ length: 15 }, (_, index) => [`address${index + 1}`, null])),
  ...{
    cityVillage: null,
    countyDistrict: null,
    stateProvince: null,
    country: null,
    postalCode: null,
    latitude: null,
    longitude: null,
    startDate: null,
    endDate: null,
  },
};

/** Jane as a person's body, with what servers of several ages and zones tell. */
export const janesPerson = {
  uuid: 'jane-1',
  display: 'Jane Q Doe',
  gender: ' F ',
  birthdate: '1930-05-12T00:00:00.000+0230',
  birthdateEstimated: false,
  birthtime: '1970-01-01T14:05:09.000+0300',
  dead: true,
  deathDate: '2020-05-01T23:30:00.500+0300',
  deathdateEstimated: false,
  causeOfDeath: { uuid: 'concept-1', display: 'Malaria' },
  causeOfDeathNonCoded: '',
  voided: false,
  names: [
    { uuid: 'name-1', ...NO_NAME, givenName: 'Jane ', middleName: 'Q', familyName: 'Doe', preferred: true, voided: false, auditInfo: audit() },
    { uuid: 'name-2', ...NO_NAME, givenName: 'Janie', preferred: false, voided: true, auditInfo: audit() },
  ],
  addresses: [
    {
      uuid: 'address-1',
      ...NO_ADDRESS,
      address1: 'Plot 12',
      cityVillage: 'Kapina',
      country: 'Kenya',
      startDate: '2016-03-01T03:00:00.000+0300',
      preferred: true,
      voided: false,
    },
  ],
  attributes: [
    {
      uuid: 'attribute-1',
      value: { uuid: 'place-2', display: 'Ward', links: [{ rel: 'self', uri: 'http://h/openmrs/ws/rest/v1/location/place-2' }] },
      attributeType: { uuid: 'type-1' },
      voided: false,
    },
    { uuid: 'attribute-2', value: 5555, attributeType: { uuid: 'type-2' }, voided: false },
    { uuid: 'attribute-3', value: 'b', attributeType: { uuid: 'type-3' }, voided: false },
    { uuid: 'attribute-4', value: 'a', attributeType: { uuid: 'type-3' }, voided: false },
    { uuid: 'attribute-5', value: '  ', attributeType: { uuid: 'type-4' }, voided: false },
  ],
  auditInfo: audit(),
};
/** Jane as a patient's body. */
export const jane = {
  uuid: 'jane-1',
  identifiers: [
    { uuid: 'id-1', identifier: '100GEJ', identifierType: { uuid: 'idtype-1' }, location: { uuid: 'place-1' }, preferred: true, voided: false },
    { uuid: 'id-2', identifier: 'N-7', identifierType: 'idtype-2', location: null, preferred: false, voided: false },
  ],
  person: janesPerson,
  voided: false,
  auditInfo: audit('2021-01-02T00:00:00.000+0000'),
};

/** Jane. */
export const record = { aggregate: 'person' as const, uuid: 'jane-1' };
/** Reads a body as Jane, the patient. */
export const decode = (body: unknown, platform: Platform = MODERN_PLATFORM) => patient.decode(body, { record, client: 'rest', platform });
/** Reads a body as Jane, the person. */
export const decodePerson = (body: unknown) => person.decode(body, { record, client: 'rest', platform: MODERN_PLATFORM });
/** Jane's body with another person in it. */
export const withPerson = (change: object) => ({ ...jane, person: { ...janesPerson, ...change } });
