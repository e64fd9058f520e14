import { RefusedError } from '@sync-hub/contracts';
import type { Fields, Scalar } from '@sync-hub/merge';
import type { Body } from './category-spec.js';
import { keysOf } from './fhir/fhir-reader.js';
import { itemFieldPath } from './list.js';
import type { OwnRest, SaidAt } from './own-rest.js';
import { instant, textOf } from './scalars.js';

/** What people call the services that appointments are for, and kinds of one: no server has two of one name in use (AppointmentServiceDefinitionServiceImpl.save), and each gives them uuids of its own. */
export const SERVICE_BY_NAME = 'appointmentservicename';
export const SERVICE_TYPE_BY_NAME = 'appointmentservicetypename';
/** A kind of service by its name within its service's. */
export const nameOfType = (service: string, type: string): string => `${service}: ${type}`;

/**
 * Appointments as the module of Bahmni tells and takes them (openmrs-module-appointments 2.0.0 to 2.1.0 AppointmentController, AppointmentsController,
 * AppointmentMapper). Moments are told as milliseconds, and taken as text. A body says all: what it leaves out is emptied, but for status, priority and reasons, which stay;
 * the day on which it was agreed becomes today's. A provider who is left out is told as CANCELLED from then on.
 */
export const appointmentRest: OwnRest = {
  readAt: (uuid) => `appointments/${uuid}`,
  postedAt: 'appointment',
  listedAt: 'appointment/search',
  listedWith: (patient) => ({ patientUuids: [patient] }),
  privilege: 'View Appointments',
  namedBy: [SERVICE_BY_NAME, SERVICE_TYPE_BY_NAME],
  told: (body, { hasAppointmentReasons }) => ({
    ...body,
    service: nameIn(body['service']),
    serviceType: typeIn(body['service'], body['serviceType']),
    ...Object.fromEntries(MOMENTS.map((key) => [key, momentIn(body[key])])),
    reasons: hasAppointmentReasons ? reasonsIn(body['reasons']) : undefined,
    // Of no series is nothing: what a server cannot be told of is then missing there, and no other value.
    recurring: body['recurring'] === false ? null : body['recurring'],
    auditInfo: { dateCreated: momentIn(body['dateCreated']) },
  }),
  said: (fields, at) => ({
    ...Object.fromEntries(PLAIN.map((name) => [name, fields[name] ?? null])),
    ...Object.fromEntries(MOMENTS.map((name) => [name, instant.encode(fields[name] ?? null)])),
    patientUuid: localOf('person', fields['patient'], at),
    locationUuid: localOf('location', fields['location'], at),
    ...servicesSaid(fields, at),
    providers: keysOf('providers', fields).map((uuid) => ({
      uuid: at.localUuid('provider', uuid),
      response: fields[itemFieldPath('providers', uuid, 'response')] ?? null,
      comments: fields[itemFieldPath('providers', uuid, 'comments')] ?? null,
    })),
    reasonConceptUuids: keysOf('reasons', fields).map((uuid) => at.localUuid('concept', uuid)),
  }),
  saidOnce: ['appointmentNumber'],
  neverEmptied: ['status', 'priority', 'dateAppointmentScheduled', 'reasons'],
  cannotHold: ({ status }, { appointmentStatuses }) => (typeof status !== 'string' || appointmentStatuses.includes(status) ? [] : ['status']),
};

const MOMENTS = ['startDateTime', 'endDateTime', 'dateAppointmentScheduled'] as const;
const PLAIN = ['appointmentKind', 'status', 'priority', 'comments', 'appointmentNumber'] as const;

/** The name of what is told as an object; a value of another shape is for the category's own shape to refuse. */
const nameIn = (value: unknown): unknown =>
  value !== null && typeof value === 'object' && 'name' in value ? (value as { readonly name: unknown }).name : (value ?? null);

/** A kind of service, with its service before it. */
function typeIn(service: unknown, type: unknown): unknown {
  const [outer, inner] = [nameIn(service), nameIn(type)];
  return typeof outer === 'string' && typeof inner === 'string' ? nameOfType(outer.trim(), inner.trim()) : inner;
}

/** The module has no mapper of its own, so that Jackson writes a date as a number. */
const momentIn = (value: unknown): unknown => (typeof value === 'number' && Math.abs(value) <= 8.64e15 ? new Date(value).toISOString() : (value ?? null));

/** Told under another name than other concepts' uuids. */
const reasonsIn = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((one: unknown) =>
        one !== null && typeof one === 'object' && 'conceptUuid' in one ? (one as { readonly conceptUuid: unknown }).conceptUuid : one,
      )
    : value;

const localOf = (aggregate: 'person' | 'location', value: Scalar | undefined, { localUuid }: SaidAt): string | null =>
  typeof value === 'string' ? localUuid(aggregate, value) : null;

function servicesSaid(fields: Fields, { uuidOfName }: SaidAt): Body {
  const [service, type] = ['service', 'serviceType'].map((name) => textOf(fields[name]));
  return {
    serviceUuid: uuidThere('service', SERVICE_BY_NAME, service ?? null, uuidOfName),
    serviceTypeUuid: uuidThere('serviceType', SERVICE_TYPE_BY_NAME, type ?? null, uuidOfName),
  };
}

function uuidThere(field: string, resource: string, name: string | null, uuidOfName: SaidAt['uuidOfName']): string | null {
  const uuid = name === null ? null : uuidOfName(resource, name);
  if (name !== null && uuid === null) throw new RefusedError('cannot-hold', `the site has no ${field} of that name`, { fields: [field] });
  return uuid;
}
