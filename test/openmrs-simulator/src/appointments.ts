import type { Ref, Row, Value, Values } from './database.js';
import type { Engine } from './engine.js';
import { type Answer, answer, jsonAnswer } from './http.js';
import type { ProfileId } from './profile.js';
import { methodNotAllowed, RestError, serverError } from './rest-error.js';
import type { RestCall } from './rest-http.js';
import { type Body, isObject, type Writer } from './writer.js';

/** Releases of openmrs-module-appointments, by the platform that has it. It asks for 2.x. */
export const APPOINTMENTS: Partial<Record<ProfileId, string>> = { '2.3': '2.0.2', '2.8': '2.1.0' };

/** 2.1.0 and newer: reasons, a number that a create takes, `Arrived` (BAH-4206, BAH-4230, BN-210). */
const saysReasons = ({ profile }: Engine): boolean => profile.modules['appointments']?.version === APPOINTMENTS['2.8'];

const KINDS: readonly string[] = ['Scheduled', 'WalkIn', 'Virtual'];
const STATUSES: readonly string[] = ['Requested', 'WaitList', 'Scheduled', 'CheckedIn', 'Completed', 'Cancelled', 'Missed'];
const PRIORITIES: readonly string[] = ['AsNeeded', 'Routine', 'Emergency'];
const RESPONSES: readonly string[] = ['AWAITING', 'ACCEPTED', 'REJECTED', 'TENTATIVE', 'CANCELLED'];
const MOMENTS = ['startDateTime', 'endDateTime', 'dateAppointmentScheduled'] as const;

interface Part {
  readonly uuid: string;
  readonly name?: string;
  readonly voided?: boolean;
  readonly response?: string;
  readonly comments?: string | null;
}

const partsOf = (value: Value | undefined): readonly Part[] => (typeof value === 'string' ? (JSON.parse(value) as readonly Part[]) : []);
const refused = (message: string): RestError =>
  new RestError(message, { status: 400, thrownAt: 'org.openmrs.module.appointments.web.mapper.AppointmentMapper:0' });
const nullPointer = (): RestError => refused('java.lang.NullPointerException');

/** `/appointment`, `/appointments` and `/appointmentService`, which are no resources of webservices.rest; null for any other name, and where the module is not there. */
export function serveAppointments(call: RestCall, name: string, path: string | undefined): Answer | null {
  const { engine, request } = call;
  if (engine.profile.modules['appointments'] === undefined) return null;
  if (name === 'appointmentService' && path === 'all') {
    call.need('View Appointment Services');
    return jsonAnswer(200, services(engine).map(shownService));
  }
  if (name === 'appointments' && path !== undefined) {
    if (request.method !== 'GET') throw methodNotAllowed(request.method);
    call.need('View Appointments');
    const row = engine.database.find('appointment', path);
    return row === undefined ? answer(404, 'application/json;charset=UTF-8', '') : jsonAnswer(200, show(row, engine));
  }
  if (name !== 'appointment') return null;
  if (path === 'search') return search(call);
  if (path !== undefined || request.method !== 'POST') throw methodNotAllowed(request.method);
  return save(call);
}

const services = (engine: Engine): readonly Row[] => engine.database.all('appointmentservice').filter(({ values }) => values['voided'] !== true);
const shownService = ({ uuid, values }: Row) => ({
  uuid,
  name: values['name'],
  description: null,
  location: {},
  speciality: {},
  weeklyAvailability: [],
  serviceTypes: partsOf(values['types']).map((type) => ({ duration: 15, ...type })),
});

function search({ engine, need, request }: RestCall): Answer {
  need('View Appointments');
  const { patientUuids } = JSON.parse(request.body) as { readonly patientUuids?: readonly string[] };
  const used = new Set(services(engine).map(({ uuid }) => uuid));
  const found = engine.database
    .all('appointment')
    .filter(({ values }) => used.has(String(values['service'])) && (patientUuids ?? []).includes(String(values['patient'])));
  return jsonAnswer(
    200,
    found.map((row) => show(row, engine)),
  );
}

/** `AppointmentMapper.mapToDefaultResponse`, by Jackson as it comes: moments are milliseconds. */
function show({ uuid, values }: Row, engine: Engine): Readonly<Record<string, unknown>> {
  const service = engine.database.find('appointmentservice', String(values['service']));
  const type = partsOf(service?.values['types']).find((one) => one.uuid === values['serviceType']);
  const place = engine.database.find('location', String(values['location']));
  return {
    uuid,
    ...Object.fromEntries(
      ['appointmentNumber', 'dateCreated', ...MOMENTS, 'appointmentKind', 'status', 'priority', 'comments'].map((key) => [key, values[key] ?? null]),
    ),
    patient: { uuid: values['patient'], name: '', identifier: '', gender: '', customAttributes: {} },
    service: service === undefined ? null : shownService(service),
    serviceType: type === undefined ? null : { duration: 15, ...type },
    provider: null,
    location: place === undefined ? null : { uuid: place.uuid, name: place.values['name'] },
    providers: partsOf(values['providers']).map(({ uuid: provider, response, comments = null }) => ({ uuid: provider, response, comments, name: '' })),
    ...(saysReasons(engine)
      ? { reasons: partsOf(values['reasons']).flatMap(({ uuid: concept, voided }) => (voided === true ? [] : [{ conceptUuid: concept, name: '' }])) }
      : {}),
    recurring: values['recurring'] === true,
    voided: values['voided'] === true,
    teleconsultationLink: null,
    extensions: { patientEmailDefined: false },
  };
}

/** `AppointmentController.saveAppointment`: whatever goes wrong is a 400. */
function save({ engine, caller, request }: RestCall): Answer {
  try {
    if (!caller.may('Manage Appointments')) throw refused('Privileges required: Manage Appointments');
    const body = JSON.parse(request.body) as Body;
    const ref = engine.write(caller.uuid, caller.by, (writer) => written(writer, engine, body));
    const row = engine.database.find('appointment', ref.uuid);
    if (row === undefined) throw serverError('null');
    return jsonAnswer(200, show(row, engine));
  } catch (error) {
    const { message } = error as Error;
    return jsonAnswer(400, { error: { message: `[${message}]`, code: '', detail: '' } });
  }
}

/** `AppointmentMapper.fromRequest`: a uuid that is not there is looked for in vain, and fallen over. */
function written({ tx }: Writer, engine: Engine, body: Body): Ref {
  const { uuid, patientUuid } = body;
  const known = typeof uuid === 'string' && uuid !== '' ? engine.database.find('appointment', uuid) : null;
  if (known === undefined) throw nullPointer();
  const patient = engine.database.find('person', String(patientUuid));
  if (known === null && (patient === undefined || patient.values['isPatient'] !== true)) throw refused('Appointment cannot be created without Patient');
  const first = { status: 'Scheduled', voided: false, patient: String(patientUuid), appointmentNumber: numberIn(body, engine) };
  const row = known ?? tx.insert('appointment', engine.random.uuid(), null, first);
  tx.set(row, fieldsIn(row, body, engine));
  return row;
}

const numberIn = ({ appointmentNumber }: Body, engine: Engine): string =>
  saysReasons(engine) && typeof appointmentNumber === 'string' && appointmentNumber !== '' ? appointmentNumber : '0000';

/** `mapAppointmentRequestToAppointment`: all that a body leaves out is emptied, but for status, priority and reasons. */
function fieldsIn(row: Row, body: Body, engine: Engine): Values {
  const service = services(engine).find(({ uuid }) => uuid === body['serviceUuid']);
  if (service === undefined) throw refused('Appointment cannot be created without Service');
  const type = body['serviceTypeUuid'] ?? null;
  if (type !== null && !partsOf(service.values['types']).some(({ uuid }) => uuid === type)) throw refused('No value present');
  const moment = (key: string): number | null =>
    typeof body[key] === 'string' ? Math.floor(Date.parse(body[key]) / 1000) * 1000 : ((body[key] as number | null) ?? null);
  if (moment('startDateTime') !== null && moment('endDateTime') === null) throw nullPointer();
  const place = engine.database.find('location', String(body['locationUuid']));
  return {
    service: service.uuid,
    serviceType: type as Value,
    location: place?.uuid ?? null,
    startDateTime: moment('startDateTime'),
    endDateTime: moment('endDateTime'),
    dateAppointmentScheduled: moment('dateAppointmentScheduled') ?? engine.now(),
    appointmentKind: oneOf(KINDS, body['appointmentKind']),
    comments: (body['comments'] as Value | undefined) ?? null,
    ...(body['status'] ? { status: oneOf(statusesOf(engine), body['status']) } : {}),
    ...(body['priority'] ? { priority: oneOf(PRIORITIES, body['priority']) } : {}),
    providers: JSON.stringify(providersIn(row, body['providers'], engine)),
    reasons: JSON.stringify(reasonsIn(row, body['reasonConceptUuids'], engine)),
  };
}

const statusesOf = (engine: Engine): readonly string[] => (saysReasons(engine) ? [...STATUSES, 'Arrived'] : STATUSES);

function oneOf(allowed: readonly string[], value: unknown): string {
  if (typeof value !== 'string' || !allowed.includes(value)) throw refused(`No enum constant ${String(value)}`);
  return value;
}

/** One who is left out is cancelled and voided, and told for ever; comments are taken of a new one alone. */
function providersIn(row: Row, posted: unknown, engine: Engine): readonly Part[] {
  const wanted = Array.isArray(posted) ? posted.filter(isObject) : [];
  const there = partsOf(row.values['providers']);
  const responseOf = (one: Body): string => oneOf(RESPONSES, one['response'] ? String(one['response']).toUpperCase() : 'ACCEPTED');
  const kept = there.map((part) => {
    const again = wanted.find((one) => one['uuid'] === part.uuid);
    return again === undefined ? { ...part, response: 'CANCELLED', voided: true } : { ...part, response: responseOf(again), voided: false };
  });
  const added = wanted.filter((one) => !there.some(({ uuid }) => uuid === one['uuid']));
  return [
    ...kept,
    ...added.map((one) => {
      if (engine.database.find('provider', String(one['uuid'])) === undefined) throw refused('Bad Request. No such provider.');
      return { uuid: String(one['uuid']), response: responseOf(one), comments: typeof one['comments'] === 'string' ? one['comments'] : null };
    }),
  ];
}

/** None named: all stay. One that was taken away is not brought back by being named again. */
function reasonsIn(row: Row, posted: unknown, engine: Engine): readonly Part[] {
  const there = partsOf(row.values['reasons']);
  const wanted = saysReasons(engine) && Array.isArray(posted) ? (posted as readonly string[]) : [];
  if (wanted.length === 0) return there;
  const missing = wanted.find((uuid) => engine.database.find('concept', uuid) === undefined);
  if (missing !== undefined) throw refused(`Bad Request. No concept found with UUID: ${missing}`);
  const kept = there.map((part) => (wanted.includes(part.uuid) ? part : { ...part, voided: true }));
  return [...kept, ...wanted.filter((uuid) => !there.some((part) => part.uuid === uuid)).map((uuid) => ({ uuid }))];
}
