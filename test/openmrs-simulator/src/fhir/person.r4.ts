import type { Ref, Row } from '../database.js';
import { voidWithoutVisits } from '../life.js';
import { refuseWrongPerson } from '../people-saving.js';
import { resourceOf } from '../resource.js';
import { postedBirthDate, postedGender, shownBirthDate, shownGender } from './birth-date.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { narrative } from './fhir-error.js';
import { compact, type Json } from './fhir-json.js';
import { type FhirResource, isVoided, lastUpdated } from './fhir-resource.js';
import { addAttributes, shownAttributes } from './person-attributes.r4.js';
import { addAddresses, addNames, addTelecoms, shownAddresses, shownNames } from './person-parts.r4.js';
import { ofPeople, sortsOfPeople } from './person-search.r4.js';
import { metaOf } from './provenance.r4.js';
import { nameOfPerson, patientReference } from './references.r4.js';

/** `PersonTranslatorImpl.toFhirResource`: never a telecom, always active; a patient is a person of the same uuid. */
function show(row: Row, reading: FhirReading): Json {
  const { meta, contained } = metaOf(row, reading);
  const isPatient = row.values['isPatient'] === true;
  if (isPatient) reading.needOneOf('Get Patients');
  return compact({
    resourceType: 'Person',
    id: row.uuid,
    meta,
    text: narrative(nameOfPerson(row, reading)),
    contained,
    extension: shownAttributes(row, reading),
    name: shownNames(row, reading),
    gender: shownGender(row),
    birthDate: shownBirthDate(row, reading),
    address: shownAddresses(row, reading),
    active: true,
    link: isPatient ? [{ target: patientReference(row, reading) }] : [],
  });
}

/** `PersonTranslatorImpl.toOpenmrsType`: as of a patient, but death and links are not read, and names whose id is held are dropped. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer } = writing;
  addNames(writing, row, body, false);
  writer.tx.set(row, { ...postedGender(body), ...postedBirthDate(body, writing) });
  addAddresses(writing, row, body);
  addTelecoms(writing, row, body);
  addAttributes(writing, row, body);
  refuseWrongPerson(writer, row);
  return row;
}

export const personR4: FhirResource = {
  type: 'Person',
  find: (reading, uuid) => findRow(reading, 'person', uuid),
  all: ({ engine }) => engine.database.all('person'),
  isGone: isVoided,
  privileges: { read: [['Get People']], save: ['Add People', 'Edit People'], remove: ['Delete People'] },
  updatedAt: lastUpdated,
  parameters: ofPeople,
  sorts: sortsOfPeople,
  show,
  create: (writing, body) => write(writing, writing.writer.create(resourceOf(writing.engine, 'person'), writing.engine.random.uuid(), null), body),
  update: write,
  remove: ({ writer, engine }, row) => voidWithoutVisits(writer, resourceOf(engine, 'person'), row, 'Voided via FHIR API'),
};
