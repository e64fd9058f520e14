import type { Fields } from '@sync-hub/merge';
import { partsOf } from '../list.js';
import type { UuidTranslation } from '../platform.js';
import type { FhirAlone } from './fhir-alone.js';
import { movedPointer } from './fhir-pointer.js';
import { FhirReader, keysOf, type Path, saidConcept } from './fhir-reader.js';
import { type FhirJson, said, textOf } from './fhir-view.js';

const told = new FhirReader('Task');

/** A task's patient is told under her own uuid, whoever else it is for as text. */
const PATIENT = /^Patient\/([^/#?\s]+)$/;

/**
 * A task (fhir2 2.1 to 4.2 TaskTranslatorImpl). What a body leaves out stays, so that nothing is ever emptied, and lists are replaced whole. The first note is the
 * comment, and there is no other. A status that a release does not know is stored as one that no release can tell of again (`UNKNOWN` is none of FHIR's), and is never sent.
 */
export const taskAlone: FhirAlone = {
  resource: 'Task',
  told: (resource) => {
    told.requireType(resource, 'Task');
    const subject = told.pointer(resource['for'], ['for']);
    const patient = PATIENT.exec(subject ?? '')?.[1] ?? null;
    const period = told.object(resource['executionPeriod'], ['executionPeriod']);
    return {
      uuid: resource['id'],
      status: resource['status'],
      code: told.concept(resource['code'], ['code']),
      patient,
      subject: patient === null ? subject : null,
      ...Object.fromEntries(ONES.map((key) => [key, told.pointer(resource[key], [key])])),
      executionStart: period?.['start'] ?? null,
      executionEnd: period?.['end'] ?? null,
      comment: told.object(told.list(resource['note'], ['note'])[0], ['note', 0])?.['text'] ?? null,
      basedOn: pointersIn(resource, 'basedOn'),
      partOf: pointersIn(resource, 'partOf'),
      input: parametersIn(resource, 'input'),
      output: parametersIn(resource, 'output'),
      voided: false,
      auditInfo: { dateCreated: resource['authoredOn'] ?? null, dateChanged: told.object(resource['meta'], ['meta'])?.['lastUpdated'] ?? null },
    };
  },
  said: (fields, localUuid) => {
    const pointed = (name: string): FhirJson | null => saidPointer(textOf(fields, name), localUuid);
    const [patient, code, comment] = ['patient', 'code', 'comment'].map((name) => textOf(fields, name));
    const period = said({ start: textOf(fields, 'executionStart'), end: textOf(fields, 'executionEnd') });
    return said({
      status: textOf(fields, 'status'),
      intent: 'order',
      code: saidConcept(code ? localUuid('concept', code) : null),
      for: patient ? saidPointer(`Patient/${patient}`, localUuid) : pointed('subject'),
      ...Object.fromEntries(ONES.map((key) => [key, pointed(key)])),
      executionPeriod: Object.keys(period).length === 0 ? null : period,
      note: comment ? [{ text: comment }] : null,
      ...listsSaid(fields, localUuid),
    });
  },
  listedBy: (patient) => `subject=Patient/${patient}`,
  saysChangesAlone: true,
  cannotHold: ({ status }, { taskStatuses }) => (typeof status !== 'string' || taskStatuses.includes(status) ? [] : ['status']),
  neverEmptied: [
    ...['subject', 'encounter', 'location', 'owner', 'focus', 'status', 'code', 'comment', 'executionStart', 'executionEnd'],
    ...['basedOn', 'partOf', 'input', 'output'],
  ],
};

const ONES = ['encounter', 'location', 'owner', 'focus'] as const;

const pointersIn = (resource: FhirJson, key: string): readonly string[] =>
  told.list(resource[key], [key]).flatMap((one, index) => told.pointer(one, [key, index]) ?? []);

const parametersIn = (resource: FhirJson, key: string): readonly FhirJson[] =>
  told
    .list(resource[key], [key])
    .map((one, index) => parameterIn(told.object(one, [key, index]), [key, index]))
    .filter((one) => one !== null);

/** One of the four kinds of value that fhir2 keeps (TaskInputTranslatorImpl). */
function parameterIn(one: FhirJson | null, path: Path): FhirJson | null {
  if (one === null) return null;
  const reference = told.pointer(one['valueReference'], [...path, 'valueReference']);
  return {
    type: told.concept(one['type'], [...path, 'type']),
    ...said({ reference, text: one['valueString'], number: one['valueDecimal'], moment: one['valueDateTime'] }),
  };
}

function listsSaid(fields: Fields, localUuid: UuidTranslation): FhirJson {
  const pointers = ['basedOn', 'partOf'].map((list) => [list, keysOf(list, fields).map((key) => saidPointer(key, localUuid))] as const);
  const parameters = ['input', 'output'].map((list) => [list, keysOf(list, fields).map((key) => saidParameter(key, localUuid))] as const);
  return Object.fromEntries([...pointers, ...parameters].filter(([, items]) => items.length > 0));
}

/** fhir2 finds by type and uuid, and takes the type from the text where it is not told apart (FhirReference.setReference). */
const saidPointer = (pointer: string | null, localUuid: UuidTranslation): FhirJson | null =>
  pointer === null ? null : { reference: movedPointer(pointer, localUuid) };

function saidParameter(key: string, localUuid: UuidTranslation): FhirJson {
  const { type, reference, text, number, moment } = partsOf(key);
  return said({
    type: saidConcept(localUuid('concept', String(type))),
    valueReference: saidPointer(typeof reference === 'string' ? reference : null, localUuid),
    valueString: text,
    valueDecimal: number,
    valueDateTime: moment,
  });
}
