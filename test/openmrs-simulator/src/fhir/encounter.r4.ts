import type { Ref, Row, Value } from '../database.js';
import { voidEncounter } from '../encounter-life.js';
import { refuseWrongEncounter } from '../encounter-saving.js';
import { resourceOf } from '../resource.js';
import { serverError } from '../rest-error.js';
import { saveVisit, voidVisit } from '../visits.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { failed, invalid, narrative, unknown } from './fhir-error.js';
import { compact, isJson, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isVoided, lastUpdated } from './fhir-resource.js';
import { date, reference, token } from './fhir-search.js';
import { metaOf, shownMoment } from './provenance.r4.js';
import { anyLocationReference, idIn, patientReference, plainReference, providerReference } from './references.r4.js';

type Table = 'encounter' | 'visit';
const TAG = 'http://fhir.openmrs.org/ext/encounter-tag';
const CODES = 'http://fhir.openmrs.org/code-system';
const SYSTEMS: Readonly<Record<Table, string>> = { encounter: `${CODES}/encounter-type`, visit: `${CODES}/visit-type` };
const KINDS = { encounter: 'encountertype', visit: 'visittype' } as const;
const COLUMNS = { encounter: 'encounterType', visit: 'visitType' } as const;
/** `EncounterRole.UNKNOWN_ENCOUNTER_ROLE_UUID`. */
const UNKNOWN_ROLE = 'a0b03050-c99b-11e0-9572-0800200c9a66';

const tableOf = ({ kind }: Pick<Row, 'kind'>): Table => (kind === 'visit' ? 'visit' : 'encounter');
const liveProviders = (row: Row, { engine }: FhirReading): readonly Row[] =>
  engine.database.ownedBy(row.uuid, 'encounterprovider').filter((part) => !isVoided(part));

function shownType(row: Row, reading: FhirReading): readonly Json[] {
  const table = tableOf(row);
  const type = findRow(reading, KINDS[table], row.values[COLUMNS[table]]);
  return type ? [{ coding: [{ system: SYSTEMS[table], code: type.uuid, display: type.values['name'] }] }] : [];
}

function period(row: Row, reading: FhirReading): Json {
  const { values } = row;
  if (tableOf(row) === 'encounter') return { start: shownMoment(values['encounterDatetime'], reading) };
  return { start: shownMoment(values['startDatetime'], reading), end: shownMoment(values['stopDatetime'], reading) };
}

/** `EncounterTranslatorImpl` and `VisitTranslatorImpl`, `toFhirResource`: a visit of 1.3.0 has no place; form, roles, obs, indication and attributes are not shown. */
function show(row: Row, reading: FhirReading): Json {
  const table = tableOf(row);
  const { meta, contained } = metaOf(row, reading, { tag: [{ system: TAG, code: table, display: table === 'visit' ? 'Visit' : 'Encounter' }] });
  const place = table === 'visit' && !reading.profile.saysMore ? null : anyLocationReference(findRow(reading, 'location', row.values['location']));
  return compact({
    resourceType: 'Encounter',
    id: row.uuid,
    meta,
    text: narrative(table),
    contained,
    status: 'unknown',
    class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
    type: shownType(row, reading),
    subject: patientReference(findRow(reading, 'person', row.values['patient']), reading),
    participant: liveProviders(row, reading).map((part) => ({ individual: providerReference(findRow(reading, 'provider', part.values['provider']), reading) })),
    period: period(row, reading),
    location: place === null ? [] : [{ location: place }],
    partOf: table === 'encounter' ? plainReference('Encounter', findRow(reading, 'visit', row.values['visit'])) : null,
  });
}

const codingsIn = (body: Json): readonly Json[] => listIn(body, 'type').flatMap((type) => listIn(type, 'coding'));

/** The system of the type says which table is meant; 400 for none or both (`FhirUtils.getOpenmrsEncounterType`). */
function meant(body: Json): Table {
  const systems = new Set(codingsIn(body).map(({ system }) => system));
  const [table, ...more] = (['encounter', 'visit'] as const).filter((one) => systems.has(SYSTEMS[one]));
  if (table === undefined || more.length > 0) throw invalid('Invalid type of request');
  return table;
}

function postedType(table: Table, body: Json, reading: FhirReading): Record<string, Value> {
  const code = codingsIn(body).find(({ system }) => system === SYSTEMS[table])?.['code'];
  const type = findRow(reading, KINDS[table], code);
  return type ? { [COLUMNS[table]]: type.uuid } : {};
}

function postedPatient(body: Json, reading: FhirReading): string | null {
  const patient = findRow(reading, 'person', idIn(partIn(body, 'subject'), ['Patient']));
  return patient?.values['isPatient'] === true ? patient.uuid : null;
}

const afterSlash = (one: Json): string => (textIn(one, 'reference') ?? '').split('/').at(-1) ?? '';

function postedPlace(body: Json, reading: FhirReading): string | null {
  const [first] = listIn(body, 'location');
  const place = first?.['location'];
  return isJson(place) ? (findRow(reading, 'location', afterSlash(place))?.uuid ?? null) : null;
}

const seconds = (text: string | null, { engine }: FhirReading): number | null =>
  text === null ? null : Math.floor(readMoment(text, engine.zone).at / 1000) * 1000;

/**
 * Each is added, with the role that is unknown, and those that were there stay: the list is emptied in memory only, for core does not delete what is
 * left out of it (`Encounter.encounterProviders`). In 1.3.0 they have neither role nor encounter, which the table does not take.
 */
function addProviders(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine, profile } = writing;
  for (const participant of listIn(body, 'participant')) {
    if (!profile.saysMore) throw serverError('not-null property references a null or transient value : org.openmrs.EncounterProvider.encounter');
    const provider = findRow(writing, 'provider', afterSlash(partIn(participant, 'individual')));
    if (!engine.database.find('encounterrole', UNKNOWN_ROLE))
      throw failed(`java.lang.IllegalStateException: Default encounter role not found: ${UNKNOWN_ROLE}`);
    if (!provider) throw serverError("could not execute statement; Column 'provider_id' cannot be null");
    const part = writer.create(resourceOf(engine, 'encounterprovider'), engine.random.uuid(), row.uuid);
    writer.tx.set(part, { provider: provider.uuid, encounterRole: UNKNOWN_ROLE });
    if (!writer.isNew(row)) writer.tx.touch(row);
  }
}

/** `EncounterTranslatorImpl.toOpenmrsType`: patient, place and visit that are left out are none, and obs do not follow the encounter. No visit is looked for. */
function writeEncounter(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, engine } = writing;
  const { start, end } = partIn(body, 'period');
  const at = seconds(textIn({ at: start ?? end }, 'at'), writing);
  writer.tx.set(row, {
    ...postedType('encounter', body, writing),
    patient: postedPatient(body, writing),
    location: postedPlace(body, writing),
    visit: findRow(writing, 'visit', idIn(partIn(body, 'partOf'), ['Encounter']))?.uuid ?? null,
    encounterDatetime: at ?? row.values['encounterDatetime'] ?? engine.now(),
  });
  addProviders(writing, row, body);
  refuseWrongEncounter(writer, writer.tx.now(row));
}

/** `VisitTranslatorImpl.toOpenmrsType`: patient and place that are left out are none, an end that is left out stays. */
function writeVisit(writing: FhirWriting, row: Row, body: Json): void {
  const { writer } = writing;
  const [start, end] = ['start', 'end'].map((key) => seconds(textIn(partIn(body, 'period'), key), writing));
  writer.tx.set(row, {
    ...postedType('visit', body, writing),
    ...(typeof start === 'number' ? { startDatetime: start } : {}),
    ...(typeof end === 'number' ? { stopDatetime: end } : {}),
    patient: postedPatient(body, writing),
    location: postedPlace(body, writing),
  });
  saveVisit(writer, row);
}

const VERBS = { encounter: 'Encounters', visit: 'Visits' } as const;

function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const table = tableOf(row);
  writing.needOneOf(`Add ${VERBS[table]}`, `Edit ${VERBS[table]}`);
  if (table === 'visit') writeVisit(writing, row, body);
  else writeEncounter(writing, row, body);
  return row;
}

function find(reading: FhirReading, uuid: string): Row | undefined {
  const encounter = findRow(reading, 'encounter', uuid);
  if (encounter) return encounter;
  reading.needOneOf('Get Visits');
  return findRow(reading, 'visit', uuid);
}

export const encounterR4: FhirResource = {
  type: 'Encounter',
  find,
  /** Visits first (`FhirEncounterServiceImpl.searchForEncounters`). */
  all: (reading) => {
    reading.needOneOf('Get Visits');
    return [...reading.engine.database.all('visit'), ...reading.engine.database.all('encounter')];
  },
  table: (row) => (tableOf(row) === 'visit' ? 0 : 1),
  isGone: isVoided,
  privileges: { read: [['Get Encounters']], save: [], remove: ['Delete Encounters'] },
  updatedAt: lastUpdated,
  parameters: {
    patient: reference(({ values }) => values['patient']),
    subject: reference(({ values }) => values['patient']),
    location: reference(({ values }) => values['location']),
    participant: (row, value, _modifier, reading) =>
      liveProviders(row, reading).some((part) => part.values['provider'] === value.slice(value.lastIndexOf('/') + 1)),
    type: token(({ values }) => [values['encounterType'], values['visitType']]),
    date: date(({ values }) => values['encounterDatetime'] ?? values['startDatetime']),
    _tag: (row, value) => value === tableOf(row) || value === `${TAG}|${tableOf(row)}`,
  },
  sorts: { date: ({ values }) => values['encounterDatetime'] ?? values['startDatetime'] ?? null },
  show,
  create: (writing, body) => {
    const table = meant(body);
    return write(writing, writing.writer.create(resourceOf(writing.engine, table), writing.engine.random.uuid(), null), body);
  },
  update: (writing, row, body) => {
    if (meant(body) !== tableOf(row)) throw unknown('Encounter', row.uuid);
    return write(writing, row, body);
  },
  remove: ({ writer }, row) => (tableOf(row) === 'visit' ? voidVisit : voidEncounter)(writer, row, 'Voided via FHIR API'),
};
