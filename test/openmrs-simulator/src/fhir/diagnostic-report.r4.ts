import type { Ref, Row } from '../database.js';
import { serverError } from '../rest-error.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { fhirInstant, readMoment } from './fhir-dates.js';
import { invalid, narrative } from './fhir-error.js';
import { compact, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isVoided, lastUpdated } from './fhir-resource.js';
import { date, reference, token } from './fhir-search.js';
import { orderReference } from './orders.r4.js';
import { metaOf } from './provenance.r4.js';
import { idIn, patientReference, plainReference } from './references.r4.js';

const STATUSES: readonly string[] = ['registered', 'partial', 'preliminary', 'amended', 'cancelled', 'final'];
const listed = (row: Row, column: string, kind: 'obs' | 'order', reading: FhirReading): readonly Row[] =>
  (Array.isArray(row.values[column]) ? row.values[column] : []).flatMap((uuid: string) => findRow(reading, kind, uuid) ?? []);

/** `DiagnosticReportTranslatorImpl.toFhirResource`: a table of the module's own, which REST and core know nothing of. */
function show(row: Row, reading: FhirReading): Json {
  const { status, code, subject, encounter, issued, conclusion } = row.values;
  const concept = findRow(reading, 'concept', code);
  return compact({
    resourceType: 'DiagnosticReport',
    id: row.uuid,
    meta: metaOf(row, { ...reading, profile: { ...reading.profile, provenance: false } })['meta'],
    text: narrative(String(concept?.values['name'] ?? '')),
    basedOn: reading.profile.saysMore ? listed(row, 'orders', 'order', reading).map((order) => orderReference(order)) : [],
    status: status ?? 'unknown',
    category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0074', code: 'LAB' }] }],
    code: shownConcept(concept, reading),
    subject: patientReference(findRow(reading, 'person', subject), reading),
    encounter: plainReference('Encounter', findRow(reading, 'encounter', encounter)),
    issued: typeof issued === 'number' ? fhirInstant(issued, reading.engine.zone) : null,
    result: listed(row, 'results', 'obs', reading).flatMap((obs) => (isVoided(obs) ? [] : [plainReference('Observation', obs)])),
    conclusion: reading.profile.saysMore ? conclusion : null,
  });
}

function postedOrders(body: Json, writing: FhirWriting): Record<string, readonly string[]> {
  const posted = listIn(body, 'basedOn');
  if (posted.length === 0 || !writing.profile.saysMore) return {};
  const orders = posted.map((one) => findRow(writing, 'order', idIn(one, ['ServiceRequest', 'MedicationRequest'])));
  if (orders.includes(undefined)) throw invalid('Invalid Service Request Reference for Diagnostic Report');
  return { orders: orders.flatMap((order) => order?.uuid ?? []) };
}

/** `DiagnosticReportTranslatorImpl.toOpenmrsType`: what is left out stays, but its results, which the body names whole; a status it does not know is unknown. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer, engine } = writing;
  const [status, issued, conclusion] = ['status', 'issued', 'conclusion'].map((key) => textIn(body, key));
  const patient = findRow(writing, 'person', (textIn(partIn(body, 'subject'), 'reference') ?? '').split('Patient/')[1]);
  writer.tx.set(row, {
    ...(typeof status === 'string' ? { status: STATUSES.includes(status) ? status : 'unknown' } : {}),
    ...('encounter' in body ? { encounter: findRow(writing, 'encounter', idIn(partIn(body, 'encounter'), ['Encounter']))?.uuid ?? null } : {}),
    ...('subject' in body ? { subject: patient?.uuid ?? null } : {}),
    ...('code' in body ? { code: conceptOf(body['code'], writing)?.uuid ?? null } : {}),
    issued: typeof issued === 'string' ? Math.floor(readMoment(issued, engine.zone).at / 1000) * 1000 : (row.values['issued'] ?? engine.now()),
    ...(typeof conclusion === 'string' && writing.profile.saysMore ? { conclusion } : {}),
    ...postedOrders(body, writing),
    results: listIn(body, 'result').flatMap((one) => findRow(writing, 'obs', idIn(one, ['Observation']))?.uuid ?? []),
  });
  if ((writer.tx.now(row).values['status'] ?? null) === null) throw serverError("could not execute statement; Column 'status' cannot be null");
  return row;
}

export const diagnosticReportR4: FhirResource = {
  type: 'DiagnosticReport',
  find: (reading, uuid) => findRow(reading, 'diagnosticreport', uuid),
  all: ({ engine }) => engine.database.all('diagnosticreport'),
  isGone: isVoided,
  privileges: { read: [['Get Observations']], save: ['Add Observations', 'Edit Observations'], remove: ['Delete Observations'] },
  updatedAt: lastUpdated,
  parameters: {
    patient: reference(({ values }) => values['subject']),
    subject: reference(({ values }) => values['subject']),
    encounter: reference(({ values }) => values['encounter']),
    code: token(({ values }) => [values['code']]),
    issued: date(({ values }) => values['issued']),
    result: (row, value, _modifier, reading) => listed(row, 'results', 'obs', reading).some(({ uuid }) => uuid === value.slice(value.lastIndexOf('/') + 1)),
  },
  show,
  create: (writing, body) => write(writing, writing.writer.tx.insert('diagnosticreport', writing.engine.random.uuid(), null, { voided: false }), body),
  update: write,
  remove: ({ writer, engine }, row) => {
    if (!isVoided(row)) writer.tx.set(row, { voided: true, voidedBy: writer.author, dateVoided: engine.now(), voidReason: 'Voided via FHIR API' });
  },
};
