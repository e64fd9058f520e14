import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { appointmentRest, SERVICE_BY_NAME, SERVICE_TYPE_BY_NAME } from './appointment-rest.js';
import { defineCategory } from './define-category.js';
import type { ItemContext, ListSpec } from './list.js';
import { flag, instant, reference, type ScalarKind, text, textOf } from './scalars.js';

/** Something that a server keeps by name. */
const named = (resource: string): ScalarKind => ({
  ...text,
  pointsTo: { moved: (name) => name, leadsTo: (name) => ({ resource, uuid: name, aggregate: null }), kinds: [{ resource, aggregate: null }] },
});

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  service: named(SERVICE_BY_NAME),
  serviceType: named(SERVICE_TYPE_BY_NAME),
  location: reference('location', 'location'),
  startDateTime: instant,
  endDateTime: instant,
  dateAppointmentScheduled: instant,
  appointmentKind: text,
  status: text,
  priority: text,
  comments: text,
  appointmentNumber: text,
  recurring: flag,
};

const ProviderShape = z.looseObject({ uuid: Uuid, response: z.string().nullish(), comments: z.string().nullish() });

/** Whom it is with, each with what they have answered. One who was taken away is told as cancelled for ever (AppointmentMapper.mapProvidersForAppointment). */
const providers: ListSpec = {
  name: 'providers',
  owner: 'appointment',
  shape: ProviderShape,
  read: ({ uuid: local, response, comments }: z.infer<typeof ProviderShape>, { canonicalUuid }: ItemContext) => {
    if (textOf(response) === 'CANCELLED') return null;
    const uuid = canonicalUuid('provider', local);
    return {
      key: uuid,
      value: true,
      fields: { response: textOf(response), comments: textOf(comments) },
      references: [{ resource: 'provider', uuid, aggregate: null }],
    };
  },
  body: ({ key, fields }, localUuid) => ({ uuid: localUuid('provider', key), ...fields }),
  written: { by: 'nested' },
  fields: ['response', 'comments'],
  told: () => ['response', 'comments'],
  names: ['provider'],
  sameKey: 'one-item',
};

/** Why it was made. */
const reasons: ListSpec = {
  name: 'reasons',
  owner: 'appointment',
  shape: Uuid,
  read: (local: string, { canonicalUuid }: ItemContext) => {
    const uuid = canonicalUuid('concept', local);
    return { key: uuid, value: true, references: [{ resource: 'concept', uuid, aggregate: null }] };
  },
  body: ({ key }, localUuid) => ({ uuid: localUuid('concept', key) }),
  written: { by: 'nested' },
  onlyWhere: ({ hasAppointmentReasons }) => hasAppointmentReasons,
  names: ['concept'],
  sameKey: 'one-item',
};

/**
 * When a patient is to come, as openmrs-module-appointments has it (Bahmni, and OpenMRS 3; 2.0.0 to 2.1.0). Its REST is its own: a server gives each a uuid of its own,
 * takes a body for all that there is to say, and has no request that voids one or brings one back; a cancelled one is one all the same. Services and their kinds are told apart
 * by name. Not carried: that one is part of a series (`recurring` is compared and said to be lost), a link to a video call (each server makes its own), and numbers before 2.1, which are each server's own. No date is
 * told of a change, so that the stamp is of what an appointment says alone. The older appointmentscheduling module has another REST (`appointmentscheduling/appointment`), which is not served.
 */
export const appointment = defineCategory({
  name: 'appointment',
  title: 'Appointment',
  openmrsClass: 'org.openmrs.module.appointments.model.Appointment',
  aggregate: 'appointment',
  feeds: ['appointments'],
  publishedWhereConfigured: true,
  flows: 'both-ways',
  resource: 'appointment',
  ownRest: appointmentRest,
  owners: [{ owner: 'appointment', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: true,
  scalars: SCALARS,
  scalarsOn: ({ hasAppointmentReasons }) => Object.keys(SCALARS).filter((name) => hasAppointmentReasons || name !== 'appointmentNumber'),
  hangsOn: { patients: ['patient'], listedBy: '' },
  fixed: ['patient', 'appointmentNumber'],
  lists: [providers, reasons],
  representation: () => '',
  telltale: 'appointmentKind',
  requires: ['patient', 'service', 'appointmentKind', 'status'],
  staysInUse: 'the module has no request that voids an appointment, or brings one back (AppointmentController, AppointmentsController)',
  unsupported: ({ hasAppointments }) => (hasAppointments ? null : 'appointments are kept by openmrs-module-appointments 2.0 and newer, which is not there'),
});
