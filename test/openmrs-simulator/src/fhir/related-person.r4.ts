import type { Row } from '../database.js';
import { shownBirthDate, shownGender } from './birth-date.r4.js';
import { type FhirReading, findRow } from './fhir-call.js';
import { narrative, nullPointer } from './fhir-error.js';
import { compact, type Json } from './fhir-json.js';
import { type FhirResource, isVoided, lastUpdated } from './fhir-resource.js';
import type { Parameter } from './fhir-search.js';
import { shownAddresses, shownNames } from './person-parts.r4.js';
import { ofPeople } from './person-search.r4.js';
import { shownMoment } from './provenance.r4.js';
import { nameOfPerson, patientReference } from './references.r4.js';

/** Java falls over the end that is not there where the start lies ahead. */
function isActive({ values }: Row, now: number): boolean {
  const { startDate, endDate } = values;
  if (typeof startDate !== 'number') return true;
  if (startDate < now && typeof endDate !== 'number') return true;
  if (typeof endDate !== 'number') throw nullPointer();
  return endDate > now;
}

/** `RelatedPersonTranslatorImpl.toFhirResource`: of person A; no type of relationship, no `meta`, and person B only who is a patient. It cannot be written. */
function show(row: Row, reading: FhirReading): Json {
  const { personA, personB, startDate, endDate } = row.values;
  const person = findRow(reading, 'person', personA);
  if (person === undefined) throw nullPointer();
  return compact({
    resourceType: 'RelatedPerson',
    id: row.uuid,
    text: narrative(nameOfPerson(person, reading)),
    identifier: [{ system: 'RelatedPerson', value: `Person/${person.uuid}` }],
    active: isActive(row, reading.engine.now()),
    patient: patientReference(findRow(reading, 'person', personB), reading),
    name: shownNames(person, reading),
    gender: shownGender(person),
    birthDate: shownBirthDate(person, reading),
    address: shownAddresses(person, reading),
    period: { start: shownMoment(startDate, reading), end: shownMoment(endDate, reading) },
  });
}

/** What is asked of person A. */
const ofPersonA =
  (fits: Parameter): Parameter =>
  (row, value, modifier, reading) => {
    const person = findRow(reading, 'person', row.values['personA']);
    return person !== undefined && fits(person, value, modifier, reading);
  };

export const relatedPersonR4: FhirResource = {
  type: 'RelatedPerson',
  find: (reading, uuid) => findRow(reading, 'relationship', uuid),
  all: ({ engine }) => engine.database.all('relationship'),
  isGone: isVoided,
  privileges: { read: [['Get People'], ['Get Relationships']], save: [], remove: [] },
  updatedAt: lastUpdated,
  parameters: Object.fromEntries(Object.entries(ofPeople).map(([name, fits]) => [name, ofPersonA(fits)])),
  show,
};
