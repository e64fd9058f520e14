import { CLASSES } from '../concepts.js';
import type { Ref, Row } from '../database.js';
import { membersOf, saveObs, voidTree } from '../obs-saving.js';
import { datatypeOf } from '../obs-values.js';
import { resourceOf } from '../resource.js';
import { serverError } from '../rest-error.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { fhirInstant, readMoment } from './fhir-dates.js';
import { illegal, narrative, nullPointer } from './fhir-error.js';
import { compact, isJson, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isVoided } from './fhir-resource.js';
import { date, reference, string, token } from './fhir-search.js';
import { postedMeaning, postedValue, shownMeaning, shownRanges, shownValue } from './obs-values.r4.js';
import { orderReference } from './orders.r4.js';
import { metaOf, shownMoment } from './provenance.r4.js';
import { idIn, patientReference, plainReference } from './references.r4.js';

const LOCATION_VALUE = 'http://fhir.openmrs.org/ext/obs-location-value';
/** Rows of `fhir_observation_category_map` that the module comes with (`liquibase.xml`). */
const CATEGORIES: Readonly<Record<string, string>> = { [CLASSES['Test'] ?? '']: 'laboratory', [CLASSES['Finding'] ?? '']: 'exam' };

function categoryOf(concept: Row | undefined): string | null {
  const named = String(concept?.values['conceptClass'] ?? '');
  return CATEGORIES[CLASSES[named] ?? named] ?? null;
}

function shownCategory(concept: Row | undefined): readonly Json[] {
  const code = categoryOf(concept);
  if (code === null) return [];
  const display = `${code.slice(0, 1).toUpperCase()}${code.slice(1)}`;
  return [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code, display }] }];
}

/** Of a location as value the id that the table holds, which is local (`ObservationTranslatorImpl`). */
const placeAsValue = ({ values }: Row): readonly Json[] =>
  values['comment'] === 'org.openmrs.Location' && typeof values['valueText'] === 'string'
    ? [{ url: LOCATION_VALUE, valueReference: { reference: `Location/${values['valueText']}`, type: 'Location' } }]
    : [];

const liveMembers = (row: Row, { engine }: FhirReading): readonly Row[] => membersOf(engine, row).filter((member) => !isVoided(member));

/** `ObservationTranslatorImpl.toFhirResource`: who is no patient is no subject; comment, place, accession number and modifier are not shown, nor is the group. */
function show(row: Row, reading: FhirReading): Json {
  const { values } = row;
  const { meta, contained } = metaOf(row, reading, {
    stamps: { creator: values['creator'], dateCreated: values['dateCreated'], changedBy: null, dateChanged: null },
  });
  const concept = findRow(reading, 'concept', values['concept']);
  const members = liveMembers(row, reading);
  return compact({
    resourceType: 'Observation',
    id: row.uuid,
    meta,
    text: narrative(String(concept?.values['name'] ?? '')),
    contained,
    extension: placeAsValue(row),
    basedOn: [orderReference(findRow(reading, 'order', values['order']))],
    status: String(values['status'] ?? 'FINAL').toLowerCase(),
    category: shownCategory(concept),
    code: shownConcept(concept, reading),
    subject: patientReference(findRow(reading, 'person', values['person']), reading),
    encounter: plainReference('Encounter', findRow(reading, 'encounter', values['encounter'])),
    effectiveDateTime: shownMoment(values['obsDatetime'], reading),
    issued: typeof values['dateCreated'] === 'number' ? fhirInstant(values['dateCreated'], reading.engine.zone) : null,
    ...shownValue(row, members, reading),
    interpretation: shownMeaning(row),
    referenceRange: shownRanges(row, reading),
    hasMember: members.map((member) => plainReference('Observation', member)),
  });
}

/** An obs that is saved cannot join a group: its group is none of the columns that may change (core's `ImmutableObsInterceptor`). */
function refuseNewMembers(writing: FhirWriting, row: Row, body: Json): void {
  for (const one of listIn(body, 'hasMember')) {
    const member = findRow(writing, 'obs', idIn(one, ['Observation']));
    if (member && !isVoided(member) && member.values['obsGroup'] !== row.uuid)
      throw serverError('editing.fields.not.allowed', 'org.openmrs.api.UnchangeableObjectException:0');
  }
}

function postedTime(body: Json, reading: FhirReading): number | null {
  const text = textIn(body, 'effectiveDateTime');
  if (text !== null) return Math.floor(readMoment(text, reading.engine.zone).at / 1000) * 1000;
  if (Object.keys(body).some((key) => key.startsWith('effective'))) throw illegal('The type DateTimeType was expected');
  return null;
}

const STATUSES: readonly string[] = ['preliminary', 'final', 'amended'];

/** `ObservationTranslatorImpl.toOpenmrsType`: encounter and subject that are left out are none, as are those that are unknown; components are not read. */
function write(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine } = writing;
  const status = textIn(body, 'status');
  if (status === null) throw nullPointer();
  const concept = conceptOf(body['code'], writing);
  const patient = findRow(writing, 'person', idIn(partIn(body, 'subject'), ['Patient']));
  refuseNewMembers(writing, row, body);
  writer.tx.set(row, {
    ...(STATUSES.includes(status) ? { status: status.toUpperCase() } : {}),
    encounter: findRow(writing, 'encounter', idIn(partIn(body, 'encounter'), ['Encounter']))?.uuid ?? null,
    person: patient?.values['isPatient'] === true ? patient.uuid : null,
    concept: concept?.uuid ?? null,
  });
  const [basedOn] = listIn(body, 'basedOn');
  writer.tx.set(row, {
    ...postedValue(body, datatypeOf(writer.tx.now(row), engine), writing),
    ...postedMeaning(body),
    obsDatetime: postedTime(body, writing),
    ...(isJson(basedOn) ? { order: findRow(writing, 'order', idIn(basedOn, ['ServiceRequest', 'MedicationRequest']))?.uuid ?? null } : {}),
  });
}

export const observationR4: FhirResource = {
  type: 'Observation',
  find: (reading, uuid) => findRow(reading, 'obs', uuid),
  all: ({ engine }) => engine.database.all('obs'),
  isGone: isVoided,
  privileges: { read: [['Get Observations']], save: ['Add Observations', 'Edit Observations'], remove: ['Delete Observations'] },
  /** As of every immutable class: when it was made (`BaseFhirDao.handleLastUpdatedImmutable`). */
  updatedAt: ({ values }) => Number(values['dateCreated'] ?? 0),
  parameters: {
    patient: reference(({ values }) => values['person']),
    subject: reference(({ values }) => values['person']),
    encounter: reference(({ values }) => values['encounter']),
    'has-member': (row, value, _modifier, reading) => membersOf(reading.engine, row).some(({ uuid }) => uuid === value.slice(value.lastIndexOf('/') + 1)),
    code: token(({ values }) => [values['concept']]),
    category: token(({ values }, reading) => [categoryOf(findRow(reading, 'concept', values['concept']))]),
    date: date(({ values }) => values['obsDatetime']),
    'value-concept': token(({ values }) => [values['valueCoded']]),
    'value-date': date(({ values }) => values['valueDatetime']),
    'value-string': string(({ values }) => [values['valueText']]),
  },
  sorts: { date: ({ values }) => values['obsDatetime'] ?? null },
  show,
  create: (writing, body) => {
    const row = writing.writer.create(resourceOf(writing.engine, 'obs'), writing.engine.random.uuid(), null);
    write(writing, row, body);
    saveObs(writing.writer, row, '');
    return row;
  },
  /** The service of core saves it, so that what changed goes on under another uuid; 1.3.0 has no PUT (`FhirObservationServiceImpl.applyUpdate`). */
  update: (writing, row, body): Ref => {
    write(writing, row, body);
    saveObs(writing.writer, row, 'Updated via the FHIR2 API');
    return writing.writer.standsFor(row);
  },
  lacks: ({ profile }) => (profile.updatesObservations ? [] : ['update']),
  remove: ({ writer }, row) => voidTree(writer, row, { reason: 'Voided via FHIR API' }),
};
