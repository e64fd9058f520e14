import type { Ref, Row, Value, Values } from '../database.js';
import { serverError } from '../rest-error.js';
import { conceptOf, shownConcept } from './concepts.r4.js';
import { type FhirReading, type FhirWriting, findRow } from './fhir-call.js';
import { readMoment } from './fhir-dates.js';
import { narrative } from './fhir-error.js';
import { compact, isJson, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { type FhirResource, isRetired, lastUpdated } from './fhir-resource.js';
import { token } from './fhir-search.js';
import { metaOf, shownMoment } from './provenance.r4.js';

/** Lists and references are kept as they come, whatever they lead to; a row holds them as JSON. */
const LISTS = ['basedOn', 'partOf', 'input', 'output'] as const;
const REFERENCES = ['encounter', 'for', 'owner', 'focus', 'location'] as const;
const OF_NEWER: readonly string[] = ['focus', 'location', 'partOf'];
const OLDEST_STATUSES: readonly string[] = ['requested', 'rejected', 'accepted', 'completed'];
const STATUSES: readonly string[] = [...OLDEST_STATUSES, 'draft', 'received', 'ready', 'cancelled', 'in-progress', 'on-hold', 'failed', 'entered-in-error'];

const kept = (value: Value | undefined): unknown => (typeof value === 'string' ? JSON.parse(value) : null);
const knows = (key: string, { profile }: FhirReading): boolean => profile.saysMore || !OF_NEWER.includes(key);
const bare = (reference: Json): Json => compact({ reference: reference['reference'], type: reference['type'] });

function shownList(row: Row, key: string, reading: FhirReading): unknown {
  const list = kept(row.values[key]);
  if (!Array.isArray(list) || (key !== 'input' && key !== 'output')) return list;
  return list.filter(isJson).map(({ type, ...value }) => ({ type: shownConcept(findRow(reading, 'concept', type), reading), ...value }));
}

/** `TaskTranslatorImpl.toFhirResource`. */
function show(row: Row, reading: FhirReading): Json {
  const { values } = row;
  // FHIR has no such status: `Task.TaskStatus.valueOf` throws.
  if (values['status'] === 'unknown') throw serverError('No enum constant org.hl7.fhir.r4.model.Task.TaskStatus.UNKNOWN');
  const { meta, contained } = metaOf(row, reading);
  const list = Object.fromEntries(LISTS.filter((key) => knows(key, reading)).map((key) => [key, shownList(row, key, reading)]));
  const one = Object.fromEntries(REFERENCES.filter((key) => knows(key, reading)).map((key) => [key, kept(values[key])]));
  const newer = reading.profile.saysMore;
  return compact({
    resourceType: 'Task',
    id: row.uuid,
    meta,
    text: narrative('Task'),
    contained,
    identifier: [{ system: 'http://fhir.openmrs.org/ext/task/identifier', value: row.uuid }],
    basedOn: list['basedOn'],
    partOf: list['partOf'],
    status: values['status'],
    intent: values['intent'],
    code: newer ? shownConcept(findRow(reading, 'concept', values['code']), reading) : null,
    ...one,
    executionPeriod: newer ? { start: shownMoment(values['executionStartTime'], reading), end: shownMoment(values['executionEndTime'], reading) } : null,
    authoredOn: shownMoment(values['dateCreated'], reading),
    lastModified: shownMoment(values['dateChanged'] ?? values['dateCreated'], reading),
    note: newer ? [{ text: values['comment'] }] : [],
    input: list['input'],
    output: list['output'],
  });
}

/** An input or output of a kind that is not kept is dropped (`TaskInputTranslatorImpl`, `TaskOutputTranslatorImpl`). */
function parameter(posted: Json, writing: FhirWriting): readonly Json[] {
  const type = conceptOf(posted['type'], writing)?.uuid ?? null;
  const { valueString, valueDecimal, valueDateTime, valueReference } = posted;
  if (isJson(valueReference)) return [{ type, valueReference: bare(valueReference) }];
  if (typeof valueString === 'string') return [{ type, valueString }];
  if (typeof valueDecimal === 'number') return [{ type, valueDecimal }];
  if (typeof valueDateTime === 'string') return [{ type, valueDateTime }];
  return [];
}

/** Lists and references that are left out or empty stay: none can be cleared. */
function postedReferences(body: Json, writing: FhirWriting): Record<string, Value> {
  const lists = LISTS.filter((key) => knows(key, writing) && listIn(body, key).length > 0).map((key) => {
    const posted = listIn(body, key);
    return [key, JSON.stringify(key === 'input' || key === 'output' ? posted.flatMap((one) => parameter(one, writing)) : posted.map(bare))] as const;
  });
  const ones = REFERENCES.filter((key) => knows(key, writing) && isJson(body[key])).map((key) => [key, JSON.stringify(bare(partIn(body, key)))] as const);
  return Object.fromEntries([...lists, ...ones]);
}

/** `TaskTranslatorImpl.toOpenmrsType`: what is left out stays; a status it does not know is unknown, every intent an order. */
function write(writing: FhirWriting, row: Row, body: Json): Ref {
  const { writer, engine, profile } = writing;
  const [status, intent] = [textIn(body, 'status'), textIn(body, 'intent')];
  const moment = (column: string, key: string): Record<string, Value> => {
    const text = textIn(partIn(body, 'executionPeriod'), key);
    return text === null || !profile.saysMore ? {} : { [column]: Math.floor(readMoment(text, engine.zone).at / 1000) * 1000 };
  };
  const [note] = listIn(body, 'note');
  writer.tx.set(row, {
    ...(status === null ? {} : { status: (profile.saysMore ? STATUSES : OLDEST_STATUSES).includes(status) ? status : 'unknown' }),
    ...(intent === null ? {} : { intent: 'order' }),
    ...postedReferences(body, writing),
    ...('code' in body && profile.saysMore ? { code: conceptOf(body['code'], writing)?.uuid ?? null } : {}),
    ...moment('executionStartTime', 'start'),
    ...moment('executionEndTime', 'end'),
    ...(note && profile.saysMore ? { comment: textIn(note, 'text') } : {}),
    name: `Task/${textIn(body, 'id') ?? 'null'}`,
  });
  for (const column of ['status', 'intent'])
    if ((writer.tx.now(row).values[column] ?? null) === null) throw serverError(`could not execute statement; Column '${column}' cannot be null`);
  return row;
}

/** What is kept as JSON, as a row holds it. */
export const taskRow = (task: Readonly<Record<string, unknown>>): Values =>
  Object.fromEntries(Object.entries(task).map(([key, value]) => [key, value !== null && typeof value === 'object' ? JSON.stringify(value) : (value as Value)]));

const pointsTo = (key: string) => (row: Row, value: string) => JSON.stringify(kept(row.values[key]) ?? '').includes(value);

export const taskR4: FhirResource = {
  type: 'Task',
  find: (reading, uuid) => findRow(reading, 'task', uuid),
  all: ({ engine }) => engine.database.all('task'),
  isGone: isRetired,
  /** Nothing is asked for (`FhirTaskDao`). */
  privileges: { read: [], save: [], remove: [] },
  updatedAt: lastUpdated,
  parameters: {
    'based-on': pointsTo('basedOn'),
    owner: pointsTo('owner'),
    subject: pointsTo('for'),
    focus: pointsTo('focus'),
    code: token(({ values }) => [values['code']]),
    status: token(({ values }) => [values['status']]),
  },
  show,
  /** The id is taken only by an object without a uuid, and a new one has one already: an upsert makes another task each time. */
  create: (writing, body) => write(writing, writing.writer.tx.insert('task', writing.engine.random.uuid(), null, { retired: false }), body),
  update: write,
  remove: ({ writer, engine }, row) => {
    if (!isRetired(row)) writer.tx.set(row, { retired: true, retiredBy: writer.author, dateRetired: engine.now(), retireReason: 'Retired via FHIR API' });
  },
  canUpsert: true,
};
