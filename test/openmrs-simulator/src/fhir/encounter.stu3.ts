import type { Ref, Row } from '../database.js';
import { voidEncounter } from '../encounter-life.js';
import { saveEncounter } from '../encounter-saving.js';
import { live } from '../parts.js';
import { resourceOf } from '../resource.js';
import { serverError } from '../rest-error.js';
import { saveVisit, voidVisit } from '../visits.js';
import { findRow, type Stu3Reading, type Stu3Writing } from './fhir-call.js';
import { fhirDateTime, readMoment } from './fhir-dates.js';
import { FhirError, failed } from './fhir-error.js';
import { compact, extensionsIn, type Json, listIn, partIn, textIn } from './fhir-json.js';
import { displayOf } from './references.stu3.js';
import { auditExtensions, caught, idOf, postedStamps, refuse, type Stu3Resource, uuidBehind } from './stu3-resource.js';

const isLive = ({ values }: Row): boolean => values['voided'] !== true;
const firstCoding = (body: Json): Json => listIn(listIn(body, 'type')[0] ?? {}, 'coding')[0] ?? {};
/** `FHIREncounterUtil.shouldBeConsideredAsVisit`. */
const isVisit = (body: Json): boolean => firstCoding(body)['userSelected'] === true;
const moment = (value: unknown, { engine }: Stu3Reading): string | null => (typeof value === 'number' ? fhirDateTime(value, engine.zone) : null);
const place = (row: Row, period: Json, reading: Stu3Reading): readonly Json[] => {
  const found = findRow(reading, 'location', row.values['location']);
  return found ? [{ location: { reference: `Location/${found.uuid}`, display: found.values['name'] }, period }] : [];
};

/** `FHIREncounterUtil.buildParticipant`: voided ones too, each with its uuid and its role. */
function participants(row: Row, reading: Stu3Reading): readonly Json[] {
  return reading.engine.database.ownedBy(row.uuid, 'encounterprovider').flatMap((part) => {
    const provider = findRow(reading, 'provider', part.values['provider']);
    if (!provider) return [];
    const own = [
      { url: 'encounterProviderUuid', valueString: part.uuid },
      { url: 'encounterRoleUuid', valueString: part.values['encounterRole'] },
    ];
    const display = `${String(provider.values['name'])}(Identifier:${String(provider.values['identifier'])})`;
    return [{ extension: [...auditExtensions(part, reading), ...own], individual: { reference: `Practitioner/${provider.uuid}`, display } }];
  });
}

/** `FHIREncounterUtil.generateEncounter` and `FHIRVisitUtil.generateEncounter`: an encounter is over when it begins, the type of a visit goes by its **local** id. */
function show(row: Row, reading: Stu3Reading): Json {
  const { values } = row;
  const patient = findRow(reading, 'person', values['patient']);
  const subject = patient ? { reference: `Patient/${patient.uuid}`, display: displayOf(patient, reading) } : null;
  const shared = { resourceType: 'Encounter', id: row.uuid };
  if (row.kind === 'visit') {
    const type = findRow(reading, 'visittype', values['visitType']);
    const period = { start: moment(values['startDatetime'], reading), end: moment(values['stopDatetime'], reading) };
    const coding = [{ system: type?.uuid, code: String(type?.serial), display: type?.values['name'], userSelected: true }];
    return compact({
      ...shared,
      extension: auditExtensions(row, reading),
      status: 'finished',
      type: [{ coding }],
      subject,
      period,
      location: place(row, period, reading),
    });
  }
  const at = moment(values['encounterDatetime'], reading);
  const period = { start: at, end: at };
  const visit = findRow(reading, 'visit', values['visit']);
  const form = typeof values['form'] === 'string' ? [{ url: 'formUuid', valueString: values['form'] }] : [];
  return compact({
    ...shared,
    extension: [...auditExtensions(row, reading), ...form],
    status: 'finished',
    type: [{ coding: [{ display: findRow(reading, 'encountertype', values['encounterType'])?.values['name'], userSelected: false }] }],
    subject: subject && { id: patient?.uuid, ...subject },
    participant: participants(row, reading),
    period,
    location: place(row, period, reading),
    partOf: visit ? { reference: `Encounter/${visit.uuid}`, display: findRow(reading, 'visittype', visit.values['visitType'])?.values['name'] } : null,
  });
}

const seconds = (text: string | null, { engine }: Stu3Reading): number | null =>
  text === null ? null : Math.floor(readMoment(text, engine.zone).at / 1000) * 1000;
const patientAt = (uuid: unknown, reading: Stu3Reading): Row | undefined => {
  const row = findRow(reading, 'person', uuid);
  return row?.values['isPatient'] === true ? row : undefined;
};
const placeIn = (body: Json, reading: Stu3Reading): string | null => {
  const [first] = listIn(body, 'location');
  return first ? (findRow(reading, 'location', uuidBehind(first['location']))?.uuid ?? null) : null;
};

/** `FHIREncounterUtil.buildEncounterRole`: the role that is not named, or not known, is the first that there is. */
function roleIn(participant: Json, reading: Stu3Reading): string | null {
  const named = findRow(reading, 'encounterrole', textIn(extensionsIn(participant, 'encounterRoleUuid')[0] ?? {}, 'valueString'));
  return named?.uuid ?? reading.engine.database.all('encounterrole')[0]?.uuid ?? null;
}

/** `FHIREncounterUtil.generateOMRSEncounter`: patient by the **element's** id, type by its **name**. */
function writeEncounter(writing: Stu3Writing, row: Row, body: Json): void {
  const { writer, engine } = writing;
  const patient = patientAt(partIn(body, 'subject')['id'], writing);
  refuse(patient ? [] : ['There is no patient for the given uuid']);
  const named = textIn(firstCoding(body), 'display');
  const type = engine.database.all('encountertype').find(({ values }) => values['name'] === named && values['retired'] !== true);
  writer.tx.set(row, {
    patient: patient?.uuid ?? null,
    encounterDatetime: seconds(textIn(partIn(body, 'period'), 'start'), writing),
    location: placeIn(body, writing),
    encounterType: type?.uuid ?? null,
  });
}

function makeEncounter(writing: Stu3Writing, body: Json): Ref {
  const { writer, engine } = writing;
  const row = writer.create(resourceOf(engine, 'encounter'), idOf(body) ?? engine.random.uuid(), null);
  writeEncounter(writing, row, body);
  const visit = findRow(writing, 'visit', uuidBehind(body['partOf']));
  refuse(visit ? [] : ['No Encounters found for id']);
  const form = findRow(writing, 'form', textIn(extensionsIn(body, 'formUuid')[0] ?? {}, 'valueString'));
  writer.tx.set(row, { ...postedStamps(body, writing), visit: visit?.uuid ?? null, form: form?.uuid ?? null });
  for (const participant of listIn(body, 'participant')) {
    const uuid = textIn(extensionsIn(participant, 'encounterProviderUuid')[0] ?? {}, 'valueString');
    const provider = findRow(writing, 'provider', uuidBehind(participant['individual']));
    if (uuid === null || !provider) throw serverError("could not execute statement; Column 'uuid' cannot be null");
    const part = writer.create(resourceOf(engine, 'encounterprovider'), uuid, row.uuid);
    writer.tx.set(part, { provider: provider.uuid, encounterRole: roleIn(participant, writing) });
  }
  saveEncounter(writer, row);
  return row;
}

/** `Encounter.setProvider`: of one role there is one provider; who had it before is voided. */
function setProvider({ writer, engine }: Stu3Writing, row: Row, provider: string, encounterRole: string | null): void {
  const ofRole = engine.database.ownedBy(row.uuid, 'encounterprovider').filter(({ values }) => values['encounterRole'] === encounterRole);
  for (const other of ofRole)
    if (other.values['provider'] !== provider) writer.tx.set(other, { voided: true, dateVoided: engine.now(), voidedBy: writer.author });
  if (ofRole.some((other) => other.values['provider'] === provider && isLive(other))) return;
  writer.tx.set(writer.create(resourceOf(engine, 'encounterprovider'), engine.random.uuid(), row.uuid), { provider, encounterRole });
  writer.tx.touch(row);
}

/** `FHIREncounterUtil.updateEncounterAttributes`: the visit is lost, the form stays. */
function updateEncounter(writing: Stu3Writing, row: Row, body: Json): void {
  writeEncounter(writing, row, body);
  writing.writer.tx.set(row, { visit: null });
  for (const participant of listIn(body, 'participant')) {
    const provider = findRow(writing, 'provider', uuidBehind(participant['individual']));
    if (provider) setProvider(writing, row, provider.uuid, roleIn(participant, writing));
  }
  saveEncounter(writing.writer, row);
}

/** `FHIRVisitUtil.generateOMRSVisit`: the code of the type is a local id, and only where none has that it is looked for by its system, a uuid. */
function writeVisit(writing: Stu3Writing, row: Row, body: Json): void {
  const { code, system } = firstCoding(body);
  if (typeof code !== 'string' || !/^-?\d+$/.test(code)) throw failed('java.lang.NumberFormatException: null');
  const types = writing.engine.database.all('visittype');
  const type = types.find(({ serial }) => String(serial) === code) ?? types.find(({ uuid }) => uuid === system);
  const patient = patientAt(uuidBehind(body['subject']), writing);
  const [start, end] = ['start', 'end'].map((key) => seconds(textIn(partIn(body, 'period'), key), writing));
  refuse([
    ...(patient ? [] : ['There is no patient for the given uuid']),
    ...(type ? [] : ['There is no Visit Type for the given type id']),
    ...(typeof start === 'number' ? [] : ['Start date cannot be empty']),
  ]);
  writing.writer.tx.set(row, {
    patient: patient?.uuid ?? null,
    visitType: type?.uuid ?? null,
    location: placeIn(body, writing),
    startDatetime: start ?? null,
    stopDatetime: end ?? null,
  });
}

/** Whoever comes ends the visits that are open. */
function makeVisit(writing: Stu3Writing, body: Json): Ref {
  const { writer, engine } = writing;
  const row = writer.create(resourceOf(engine, 'visit'), idOf(body) ?? engine.random.uuid(), null);
  writeVisit(writing, row, body);
  const others = engine.database.holding('visit', 'patient', writer.tx.now(row).values['patient'] ?? null);
  for (const other of others)
    if (other.uuid !== row.uuid && isLive(other) && (other.values['stopDatetime'] ?? null) === null) writer.tx.set(other, { stopDatetime: engine.now() });
  writer.tx.set(row, postedStamps(body, writing));
  saveVisit(writer, row);
  return row;
}

/** What core refuses is 422 with PUT, and 500 with POST, where nobody catches it. */
function update(writing: Stu3Writing, row: Row, body: Json): Ref {
  try {
    if (row.kind === 'visit') {
      writeVisit(writing, row, body);
      saveVisit(writing.writer, row);
    } else updateEncounter(writing, row, body);
  } catch (error) {
    throw caught(error);
  }
  return row;
}

const held = (reading: Stu3Reading, uuid: string): Row | undefined => findRow(reading, 'encounter', uuid) ?? findRow(reading, 'visit', uuid);
const ofPatients = (value: string, reading: Stu3Reading): readonly Row[] => {
  const { database } = reading.engine;
  const patients = database
    .holding('person', 'isPatient', true)
    .filter((row) => live(database, row, 'patientidentifier').some(({ values }) => values['identifier'] === value));
  return (['encounter', 'visit'] as const).flatMap((kind) => patients.flatMap(({ uuid }) => database.holding(kind, 'patient', uuid).filter(isLive)));
};

export const encounterStu3: Stu3Resource = {
  type: 'Encounter',
  find: (reading, uuid) => [findRow(reading, 'encounter', uuid), findRow(reading, 'visit', uuid)].find((row) => row !== undefined && isLive(row)),
  held,
  privileges: { read: 'Get Encounters', save: ['Add Encounters', 'Edit Encounters'], remove: 'Delete Encounters' },
  searches: {
    /** Those that are voided too. */
    _id: (value, reading) => [held(reading, value)].flatMap((row) => row ?? []),
    patient: ofPatients,
    'patient.identifier': ofPatients,
  },
  show,
  create: (writing, body) => (isVisit(body) ? makeVisit(writing, body) : makeEncounter(writing, body)),
  update,
  remove: ({ writer }, row) => {
    if (!row) throw new FhirError(404, 'Resource is not known');
    (row.kind === 'visit' ? voidVisit : voidEncounter)(writer, row, 'Voided by FHIR request');
  },
};
