import type { Row, Value } from '../database.js';
import { localMidnight } from '../java-time.js';
import { live } from '../parts.js';
import { genderFits } from './birth-date.r4.js';
import type { FhirReading } from './fhir-call.js';
import { date, type Parameter, string } from './fhir-search.js';

type Columns = readonly (Value | undefined)[];
const names = (person: Row, { engine }: FhirReading, ...keys: readonly string[]): Columns =>
  live(engine.database, person, 'personname').flatMap(({ values }) => keys.map((key) => values[key]));
const addresses =
  (key: string) =>
  (person: Row, { engine }: FhirReading): Columns =>
    live(engine.database, person, 'personaddress').map(({ values }) => values[key]);
const midnight = (value: Value | undefined, { engine }: FhirReading): Value => (typeof value === 'string' ? localMidnight(value, engine.zone) : null);

/** What a search of people and of patients takes (`PersonSearchParams` 4.2.0). */
export const ofPeople: Readonly<Record<string, Parameter>> = {
  name: string((row, reading) => names(row, reading, 'givenName', 'middleName', 'familyName')),
  gender: (row, value) => genderFits(row, value),
  birthdate: date(({ values }, reading) => midnight(values['birthdate'], reading)),
  'address-city': string(addresses('cityVillage')),
  'address-state': string(addresses('stateProvince')),
  'address-postalcode': string(addresses('postalCode')),
  'address-country': string(addresses('country')),
};

/** Besides, what only patients are searched by. */
export const ofPatients: Readonly<Record<string, Parameter>> = {
  ...ofPeople,
  given: string((row, reading) => names(row, reading, 'givenName')),
  family: string((row, reading) => names(row, reading, 'familyName')),
  'death-date': date(({ values }) => values['deathDate']),
  deceased: ({ values }, wanted) => (values['dead'] === true) === (wanted === 'true'),
  /** What stands before the bar is the **name** of the type, not its system (`FhirPatientDaoImpl.handleIdentifier`). */
  identifier: (row, wanted, _modifier, { engine }) => {
    const [system, value] = wanted.includes('|') ? wanted.split('|', 2) : ['', wanted];
    return live(engine.database, row, 'patientidentifier').some(
      ({ values }) =>
        values['identifier'] === value &&
        (system === '' || engine.database.find('patientidentifiertype', String(values['identifierType']))?.values['name'] === system),
    );
  },
};

const firstName =
  (key: string) =>
  (row: Row, reading: FhirReading): Value =>
    names(row, reading, key)[0] ?? null;
export const sortsOfPeople = {
  name: firstName('familyName'),
  family: firstName('familyName'),
  given: firstName('givenName'),
  birthdate: ({ values }: Row): Value => values['birthdate'] ?? null,
};
