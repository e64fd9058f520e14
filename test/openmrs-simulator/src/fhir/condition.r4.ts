import { refuseWrongCondition } from '../conditions.js';
import type { Ref, Row, Values } from '../database.js';
import { saveDiagnosis } from '../diagnoses.js';
import { resourceOf } from '../resource.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { invalid, narrative, nullPointer, unknown } from './fhir-error.js';
import { compact, extensionsIn, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isVoided, lastUpdated } from './fhir-resource.js';
import { date, reference, token } from './fhir-search.js';
import { metaOf, shownMoment } from './provenance.r4.js';
import { idIn, patientReference, plainReference, userIn, userReference } from './references.r4.js';

const CODES = 'http://terminology.hl7.org/CodeSystem';
const NON_CODED = 'http://fhir.openmrs.org/ext/non-coded-condition';
const RANK = 'http://fhir.openmrs.org/R4/StructureDefinition/diagnosis-rank';
const CLINICAL = `${CODES}/condition-clinical`;
const CERTAINTY = `${CODES}/condition-ver-status`;
const CATEGORY = `${CODES}/condition-category`;
const CATEGORIES = {
  condition: { system: CATEGORY, code: 'problem-list-item', display: 'Problem List Item' },
  patientdiagnoses: { system: CATEGORY, code: 'encounter-diagnosis', display: 'Encounter Diagnosis' },
} as const;
type Table = keyof typeof CATEGORIES;

const tableOf = ({ kind }: Pick<Row, 'kind'>): Table => (kind === 'patientdiagnoses' ? 'patientdiagnoses' : 'condition');

/** `ConditionTranslatorImpl`: what was is inactive too; 1.3.0 knows neither end, note nor category. */
function ofProblem(row: Row, reading: FhirReading): Json {
  const { clinicalStatus, verificationStatus, onsetDate, endDate, additionalDetail, dateCreated } = row.values;
  const { saysMore } = reading.profile;
  const verified = typeof verificationStatus === 'string' ? [{ system: CERTAINTY, code: verificationStatus.toLowerCase(), display: verificationStatus }] : [];
  return {
    clinicalStatus: typeof clinicalStatus === 'string' ? { coding: [{ system: CLINICAL, code: clinicalStatus === 'ACTIVE' ? 'active' : 'inactive' }] } : null,
    verificationStatus: { coding: verified },
    onsetDateTime: shownMoment(onsetDate, reading),
    abatementDateTime: saysMore ? shownMoment(endDate, reading) : null,
    recordedDate: shownMoment(dateCreated, reading),
    note: saysMore ? [{ text: additionalDetail }] : [],
  };
}

/** `DiagnosisTranslatorImpl`: recorded when the encounter was. */
function ofDiagnosis(row: Row, reading: FhirReading): Json {
  const encounter = findRow(reading, 'encounter', row.values['encounter']);
  const isConfirmed = row.values['certainty'] === 'CONFIRMED';
  return {
    clinicalStatus: { coding: [{ system: CLINICAL, code: 'unknown', display: 'Unknown' }] },
    verificationStatus: {
      coding: [{ system: CERTAINTY, code: isConfirmed ? 'confirmed' : 'provisional', display: isConfirmed ? 'Confirmed' : 'Provisional' }],
    },
    encounter: plainReference('Encounter', encounter),
    recordedDate: shownMoment(encounter?.values['encounterDatetime'], reading),
  };
}

function show(row: Row, reading: FhirReading): Json {
  const table = tableOf(row);
  const { nonCoded, coded, rank, patient, creator } = row.values;
  const { meta, contained } = metaOf(row, reading);
  const own = table === 'condition' ? ofProblem(row, reading) : ofDiagnosis(row, reading);
  const concept = findRow(reading, 'concept', coded);
  const extension = [
    ...(typeof nonCoded === 'string' ? [{ url: NON_CODED, valueString: nonCoded }] : []),
    ...(table === 'patientdiagnoses' && typeof rank === 'number' ? [{ url: RANK, valueInteger: rank }] : []),
  ];
  return compact({
    resourceType: 'Condition',
    id: row.uuid,
    meta,
    text: narrative(String(concept?.values['name'] ?? nonCoded ?? '')),
    contained,
    extension,
    clinicalStatus: own['clinicalStatus'],
    verificationStatus: own['verificationStatus'],
    category: reading.profile.saysMore ? [{ coding: [CATEGORIES[table]] }] : [],
    code: shownConcept(concept, reading),
    subject: patientReference(findRow(reading, 'person', patient), reading),
    encounter: own['encounter'],
    onsetDateTime: own['onsetDateTime'],
    abatementDateTime: own['abatementDateTime'],
    recordedDate: own['recordedDate'],
    recorder: userReference(creator, reading),
    note: own['note'],
  });
}

/** The category says which is meant, a problem where there is none; null for others (`FhirUtils.getOpenmrsConditionType`). */
function meant(body: Json, { profile }: FhirReading): Table | null {
  const codings = listIn(body, 'category').flatMap((category) => listIn(category, 'coding'));
  if (codings.length === 0 || !profile.diagnoses) return 'condition';
  const codes = codings.filter(({ system }) => system === CATEGORY).map(({ code }) => code);
  const found = (['condition', 'patientdiagnoses'] as const).find((table) => codes.includes(CATEGORIES[table].code));
  return found ?? null;
}

/** Of the first coding of that system; over one without a system Java falls. */
function codeIn(body: Json, key: string, system: string): string | null {
  const codings = listIn(partIn(body, key), 'coding');
  if (codings.some((coding) => typeof coding['system'] !== 'string')) throw nullPointer();
  return codings.map((coding) => (coding['system'] === system ? (textIn(coding, 'code') ?? '') : null)).find((code) => code !== null) ?? null;
}

const patientIn = (body: Json, reading: FhirReading): string | null => {
  const patient = findRow(reading, 'person', idIn(partIn(body, 'subject'), ['Patient']));
  return patient?.values['isPatient'] === true ? patient.uuid : null;
};
const said = (body: Json, reading: FhirReading): Values => ({
  coded: conceptOf(body['code'], reading)?.uuid ?? null,
  nonCoded: textIn(extensionsIn(body, NON_CODED)[0] ?? {}, 'valueString'),
  specificName: null,
});

function dated(column: string, text: string | null, { engine }: FhirReading): Values {
  return text === null ? {} : { [column]: Math.floor(readMoment(text, engine.zone).at / 1000) * 1000 };
}

const CERTAINTIES: Readonly<Record<string, string>> = { confirmed: 'CONFIRMED', provisional: 'PROVISIONAL' };

/** `ConditionTranslatorImpl.toOpenmrsType`: written in place, past the service that would make another one of it. */
function writeProblem(writing: FhirWriting, row: Row, body: Json): void {
  const { writer, profile } = writing;
  const clinical = codeIn(body, 'clinicalStatus', CLINICAL);
  const [note] = listIn(body, 'note');
  const onset = textIn(body, 'onsetDateTime') ?? (profile.saysMore ? textIn(partIn(body, 'onsetPeriod'), 'start') : null);
  writer.tx.set(row, {
    patient: patientIn(body, writing),
    clinicalStatus: clinical === null ? null : clinical === 'active' ? 'ACTIVE' : 'INACTIVE',
    verificationStatus: CERTAINTIES[codeIn(body, 'verificationStatus', CERTAINTY) ?? ''] ?? null,
    ...said(body, writing),
    ...(profile.saysMore ? {} : { onsetDate: null }),
    ...dated('onsetDate', onset, writing),
    ...(profile.saysMore ? dated('endDate', textIn(body, 'abatementDateTime') ?? textIn(partIn(body, 'abatementPeriod'), 'end'), writing) : {}),
    ...(profile.saysMore && note ? { additionalDetail: textIn(note, 'text') } : {}),
    creator: userIn(body['recorder'], writing) ?? writer.author,
  });
  refuseWrongCondition(writer, row);
}

/** `DiagnosisTranslatorImpl.toOpenmrsType`: what is left out or unknown stays, but whoever is not confirmed is provisional; inactive is voided. */
function writeDiagnosis(writing: FhirWriting, row: Row, body: Json): void {
  const { writer } = writing;
  const encounter = findRow(writing, 'encounter', idIn(partIn(body, 'encounter'), ['Encounter']));
  const [verified] = listIn(partIn(body, 'verificationStatus'), 'coding');
  const [clinical] = listIn(partIn(body, 'clinicalStatus'), 'coding');
  const rank = extensionsIn(body, RANK)[0]?.['valueInteger'];
  const patient = patientIn(body, writing);
  writer.tx.set(row, {
    ...(patient === null ? {} : { patient }),
    ...(encounter ? { encounter: encounter.uuid } : {}),
    ...('code' in body ? said(body, writing) : {}),
    ...(typeof rank === 'number' ? { rank } : {}),
    ...(clinical ? { voided: clinical['code'] === 'inactive' } : {}),
    certainty: verified?.['code'] === 'confirmed' ? 'CONFIRMED' : 'PROVISIONAL',
    ...('recorder' in body ? { creator: userIn(body['recorder'], writing) ?? writer.author } : {}),
  });
  saveDiagnosis(writer, row);
}

const EDIT = { condition: 'Edit Conditions', patientdiagnoses: 'Edit Diagnoses' } as const;

function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const table = tableOf(row);
  writing.needOneOf(EDIT[table]);
  (table === 'condition' ? writeProblem : writeDiagnosis)(writing, row, body);
  return row;
}

function find(reading: FhirReading, uuid: string): Row | undefined {
  const condition = findRow(reading, 'condition', uuid);
  if (condition || !reading.profile.diagnoses) return condition;
  reading.needOneOf('Get Diagnoses');
  return findRow(reading, 'patientdiagnoses', uuid);
}

export const conditionR4: FhirResource = {
  type: 'Condition',
  find,
  /** Diagnoses first (`FhirConditionServiceImpl.searchConditions`). */
  all: (reading) => [...(reading.profile.diagnoses ? reading.engine.database.all('patientdiagnoses') : []), ...reading.engine.database.all('condition')],
  table: (row) => (tableOf(row) === 'condition' ? 1 : 0),
  isGone: isVoided,
  /** Conditions are read by whoever may read concepts (`FhirConditionDao`). */
  privileges: { read: [['Get Concepts']], save: [], remove: ['Delete Conditions'] },
  updatedAt: lastUpdated,
  parameters: {
    patient: reference(({ values }) => values['patient']),
    subject: reference(({ values }) => values['patient']),
    code: token(({ values }) => [values['coded']]),
    'clinical-status': (row, value) =>
      tableOf(row) === 'condition' && (row.values['clinicalStatus'] === 'ACTIVE') === value.endsWith('active') && !value.endsWith('inactive'),
    'onset-date': date(({ values }) => values['onsetDate']),
    'recorded-date': date(({ values }) => values['dateCreated']),
    /** Only with its system. */
    category: (row, value) => value === `${CATEGORY}|${CATEGORIES[tableOf(row)].code}`,
  },
  show,
  create: (writing, body) => {
    const table = meant(body, writing);
    if (table === null) throw invalid('Condition.category provided must be one of problem-list-item or encounter-diagnosis');
    return write(writing, writing.writer.create(resourceOf(writing.engine, table), writing.engine.random.uuid(), null), body);
  },
  update: (writing, row, body) => {
    const table = meant(body, writing);
    if (table === null) throw nullPointer();
    if (table !== tableOf(row)) throw unknown('Condition', row.uuid);
    return write(writing, row, body);
  },
  remove: ({ writer, engine }, row) => {
    if (!isVoided(row)) writer.tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: engine.now(), voidReason: 'Voided via FHIR API' });
  },
};
