import { Uuid } from '@sync-hub/contracts';
import { z } from 'zod';
import { byHandBefore2_25 } from './by-hand.js';
import { defineCategory } from './define-category.js';
import type { ListSpec } from './list.js';
import { RefShape, uuidOfRef } from './read-shape.js';
import { calendarDate, instant, reference, type ScalarKind } from './scalars.js';
import { TYPED_ATTRIBUTES, typedAttributes } from './typed-attributes.js';

const SCALARS: Readonly<Record<string, ScalarKind>> = {
  patient: reference('patient', 'person'),
  program: reference('program', null),
  dateEnrolled: instant,
  dateCompleted: instant,
  location: reference('location', 'location'),
  outcome: reference('concept', null),
};

const StateShape = z.looseObject({
  uuid: Uuid.nullish(),
  voided: z.boolean().nullish(),
  state: RefShape,
  startDate: calendarDate.shape,
  endDate: calendarDate.shape,
});

/**
 * The states a patient was in, keyed `<state>|<day it began>`: no server takes two of one state and day (openmrs-core PatientProgramValidator).
 * Their dates are days (column type of `patient_state`, openmrs-core liquibase schema 1.9 to 2.8). They are written one by one, because nested ones
 * are made anew by rules of the server's own (webservices.rest ProgramEnrollmentResource1_10.setStates).
 */
const states: ListSpec = {
  name: 'states',
  owner: 'programenrollment',
  shape: StateShape,
  read: (item: z.infer<typeof StateShape>) => {
    if (item.voided === true) return null;
    if (!('startDate' in item && 'endDate' in item)) return 'unknown';
    const state = uuidOfRef(item.state);
    return {
      key: `${state}|${String(calendarDate.normalise(item.startDate) ?? '')}`,
      value: true,
      fields: { endDate: calendarDate.normalise(item.endDate) },
      uuid: item.uuid ?? undefined,
      references: [{ resource: 'programworkflowstate', uuid: state, aggregate: null }],
    };
  },
  body: ({ key, fields }) => {
    const [state, startDate = ''] = key.split('|');
    return {
      state,
      ...(startDate === '' ? {} : { startDate }),
      ...((fields['endDate'] ?? null) === null ? {} : { endDate: fields['endDate'] }),
    };
  },
  written: { by: 'span', path: 'state' },
  fields: ['endDate'],
  names: ['programworkflowstate'],
  sameKey: 'one-item',
  unsupported: ({ takesStates }) =>
    takesStates ? null : 'webservices.rest before 3.0 takes a state without its dates, and does not save it (RESTWS-991, RESTWS-992: PatientStateResource1_8)',
};

/**
 * A patient in a program, with the states passed through in it. Patient and program cannot be changed (webservices.rest 3.4
 * ProgramEnrollmentResource1_10.getUpdatableProperties). A void takes states and attributes along (openmrs-core RequiredDataAdvice,
 * ProgramWorkflowServiceImpl.savePatientProgram); one of the patient leaves all of it as it is (PatientDataVoidHandler). A completed one ends the states
 * that are open (openmrs-core 2.2 and newer, savePatientProgram). In the default configuration of the feed it is switched off (openmrs-module-atomfeed
 * 1.0.13, defaultAtomfeedConfig.json), and a state that only gets other dates is told by no feed at all.
 */
export const programEnrollment = defineCategory({
  name: 'programenrollment',
  title: 'Program enrollment',
  openmrsClass: 'org.openmrs.PatientProgram',
  aggregate: 'programenrollment',
  feeds: ['programenrollment'],
  publishedWhereConfigured: true,
  flows: 'both-ways',
  resource: 'programenrollment',
  owners: [{ owner: 'programenrollment', at: 'body' }],
  deleted: 'voided',
  toldWhenDeleted: false,
  scalars: SCALARS,
  scalarsOn: ({ hasProgramOutcomes }) => Object.keys(SCALARS).filter((name) => name !== 'outcome' || hasProgramOutcomes),
  hangsOn: { patients: ['patient'], listedBy: 'patient', ties: { to: 'program', ends: 'dateCompleted' } },
  fixed: ['patient', 'program'],
  lists: [states, typedAttributes('programenrollment')],
  representation: ({ hasProgramOutcomes, hasProgramAttributes }) =>
    `custom:(uuid,patient:ref,program:ref,dateEnrolled,dateCompleted,location:ref,${hasProgramOutcomes ? 'outcome:ref,' : ''}` +
    `states:(uuid,state:(uuid,display),startDate,endDate,voided,auditInfo),${hasProgramAttributes ? `${TYPED_ATTRIBUTES},` : ''}voided,auditInfo)`,
  telltale: 'dateEnrolled',
  cannotRestore: byHandBefore2_25('leave its states voided, as if somebody had taken them back'),
  requires: ['patient', 'program', 'dateEnrolled'],
});
