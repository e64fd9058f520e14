import type { Ref, Row, Value } from '../database.js';
import { voidWithoutVisits } from '../life.js';
import { refuseWrongPerson } from '../people-saving.js';
import { resourceOf } from '../resource.js';
import { postedBirthDate, postedGender, shownBirthDate, shownGender } from './birth-date.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { narrative } from './fhir-error.js';
import { compact, type Json, textIn } from './fhir-json.js';
import { type FhirResource, isVoided } from './fhir-resource.js';
import { addIdentifiers, shownIdentifiers } from './identifiers.r4.js';
import { addAttributes, shownAttributes } from './person-attributes.r4.js';
import { addAddresses, addNames, addTelecoms, shownAddresses, shownNames, shownTelecoms } from './person-parts.r4.js';
import { ofPatients, sortsOfPeople } from './person-search.r4.js';
import { metaOf, type Stamps, shownMoment } from './provenance.r4.js';
import { nameOfPerson } from './references.r4.js';

const stampsOf = ({ values }: Row): Stamps => ({
  creator: values['patientCreator'],
  dateCreated: values['patientDateCreated'],
  changedBy: values['changedBy'],
  dateChanged: values['dateChanged'],
});

function deceased({ values }: Row, reading: FhirReading): Json {
  if (values['dead'] !== true) return { deceasedBoolean: false };
  return typeof values['deathDate'] === 'number' ? { deceasedDateTime: shownMoment(values['deathDate'], reading) } : { deceasedBoolean: true };
}

/** `PatientTranslatorImpl.toFhirResource`. */
function show(row: Row, reading: FhirReading): Json {
  reading.needOneOf('Get People');
  reading.needOneOf('Get Identifier Types');
  const { meta, contained } = metaOf(row, reading, { stamps: stampsOf(row) });
  return compact({
    resourceType: 'Patient',
    id: row.uuid,
    meta,
    text: narrative(nameOfPerson(row, reading)),
    contained,
    extension: shownAttributes(row, reading),
    identifier: shownIdentifiers(row, reading),
    active: row.values['voided'] !== true,
    name: shownNames(row, reading),
    telecom: shownTelecoms(row, reading),
    gender: shownGender(row),
    birthDate: shownBirthDate(row, reading),
    ...deceased(row, reading),
    address: shownAddresses(row, reading),
  });
}

/** The cause is never said, without which core takes nobody for dead (`PersonValidator`); who is alive again keeps the date. */
function postedDeath(body: Json, { engine }: FhirReading): Record<string, Value> {
  const text = textIn(body, 'deceasedDateTime');
  if (text !== null) return { dead: true, deathDate: readMoment(text, engine.zone).start };
  return typeof body['deceasedBoolean'] === 'boolean' ? { dead: body['deceasedBoolean'] } : {};
}

/** `PatientTranslatorImpl.toOpenmrsType`: what is not in the body stays as it is, `active` and `use` of names are not read, nothing is taken away. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer, profile } = writing;
  addIdentifiers(writing, row, body);
  addNames(writing, row, body, profile.editsNames);
  writer.tx.set(row, { ...postedGender(body), ...postedBirthDate(body, writing), ...postedDeath(body, writing) });
  addAddresses(writing, row, body);
  addTelecoms(writing, row, body);
  addAttributes(writing, row, body);
  refuseWrongPerson(writer, row);
  return row;
}

export const patientR4: FhirResource = {
  type: 'Patient',
  find: (reading, uuid) => {
    const row = findRow(reading, 'person', uuid);
    return row?.values['isPatient'] === true ? row : undefined;
  },
  all: ({ engine }) => engine.database.holding('person', 'isPatient', true),
  isGone: isVoided,
  privileges: { read: [['Get Patients']], save: ['Add Patients', 'Edit Patients'], remove: ['Delete Patients'] },
  updatedAt: (row) => Number(row.values['dateChanged'] ?? row.values['patientDateCreated'] ?? row.values['dateCreated'] ?? 0),
  parameters: ofPatients,
  sorts: { ...sortsOfPeople, 'death-date': ({ values }) => values['deathDate'] ?? null },
  show,
  create: (writing, body) => {
    const { writer, engine } = writing;
    const row = writer.create(resourceOf(engine, 'person'), engine.random.uuid(), null);
    writer.tx.set(row, { isPatient: true });
    return write(writing, writer.tx.now(row), body);
  },
  update: write,
  remove: ({ writer, engine }, row) => voidWithoutVisits(writer, resourceOf(engine, 'patient'), row, 'Voided via FHIR API'),
};
