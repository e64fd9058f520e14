import type { RecordCategory } from '@sync-hub/categories';
import { ofMetadata } from '@sync-hub/contracts';
import { PRIVILEGES } from '../rest/privileges.js';
import type { SiteNeeds } from './preflight.js';

/** What records of a class hold and refer to, and that is read with them or asked for before a write. */
const METADATA: Readonly<Record<RecordCategory, readonly string[]>> = {
  location: ['locationattributetype'],
  person: ['personattributetype', 'concept'],
  visit: ['visittype', 'visitattributetype', 'patient', 'location', 'concept'],
  patient: ['person', 'patientidentifiertype', 'personattributetype', 'concept'],
  encounter: ['obs', 'encountertype', 'encounterrole', 'provider', 'form', 'concept', 'patient', 'visit', 'location'],
  observation: ['obs', 'concept', 'person', 'location'],
  relationship: ['relationshiptype', 'person'],
  programenrollment: ['program', 'programworkflowstate', 'programattributetype', 'patient', 'location', 'concept'],
  condition: ['patient', 'concept'],
  diagnosis: ['patientdiagnoses', 'patient', 'encounter', 'concept'],
  order: ['patient', 'encounter', 'concept', 'provider', 'caresetting', 'ordertype', 'orderfrequency'],
  medicationdispense: ['patient', 'encounter', 'order', 'location', 'concept', 'provider', 'orderfrequency'],
  allergy: ['patient allergy', 'patient', 'concept'],
  diagnosticreport: ['patient', 'encounter', 'obs', 'order', 'concept'],
  task: ['patient', 'encounter', 'visit', 'obs', 'order', 'location', 'concept', 'provider', 'user'],
  appointment: ['patient', 'location', 'provider', 'concept', 'appointmentservicename'],
  cohort: ['patient'],
  user: ['role'],
  systemsetting: [],
  ...ofMetadata(() => []),
  // webservices.rest asks for the right to see visits, core for the right to see their types (VisitTypeResource1_9.getRequiredGetPrivilege, VisitService).
  visittype: ['visit'],
  ordertype: ['conceptclass'],
  orderfrequency: ['concept'],
  program: ['concept'],
  role: ['privilege'],
  conceptreferenceterm: ['conceptsource'],
  drug: ['concept'],
  form: ['encountertype'],
  concept: ['conceptclass', 'conceptdatatype', 'conceptreferenceterm', 'conceptmaptype', 'drug'],
  provider: ['providerattributetype', 'person', 'location', 'concept'],
};
/** What a void would take with it is listed first. */
const DEPENDANTS: Readonly<Partial<Record<RecordCategory, readonly string[]>>> = { patient: ['encounter', 'visit', 'obs'], visit: ['encounter'] };
/** A patient is a person too, and is written as both; an encounter is written with its obs. */
const WRITTEN_AS: Readonly<Partial<Record<RecordCategory, readonly string[]>>> = {
  patient: ['patient', 'person'],
  encounter: ['encounter', 'obs'],
  observation: ['obs'],
  diagnosis: ['patientdiagnoses'],
  allergy: ['patient allergy'],
};
/** What is below another record in a path, and no part of it. */
const OF_ITS_OWN: ReadonlySet<string> = new Set(['patient allergy']);

/** Every privilege that our account needs at a site for what travels there, with what for, by name. */
export function neededPrivileges({ reads, writes, isParent, readsCohorts }: SiteNeeds): ReadonlyMap<string, string> {
  const needed = new Map<string, string>();
  const need = (privilege: string | undefined, why: string): void => {
    if (privilege !== undefined && !needed.has(privilege)) needed.set(privilege, why);
  };
  for (const one of new Set([...reads, ...writes])) for (const resource of [one, ...(METADATA[one] ?? [])]) need(PRIVILEGES[resource]?.GET, `to read ${one}s`);
  for (const one of writes) {
    for (const dependant of DEPENDANTS[one] ?? []) need(PRIVILEGES[dependant]?.GET, `to see what a void of a ${one} would take with it`);
    for (const resource of WRITTEN_AS[one] ?? [one]) {
      const parts = Object.entries(PRIVILEGES).filter(([name]) => name === resource || (name.startsWith(`${resource} `) && !OF_ITS_OWN.has(name)));
      for (const [, { create, update, DELETE }] of parts) for (const privilege of [create, update, DELETE]) need(privilege, `to write ${one}s`);
    }
  }
  need('Get Global Properties', 'to read the feed on platforms from 2.6.11, and the settings below');
  if (readsCohorts) need(PRIVILEGES['cohort']?.GET, 'to read the cohorts that a catchment goes by');
  if (isParent) need('Manage Global Properties', 'to mark which engine runs a link');
  return new Map([...needed].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Of use, and not of need: what is lost without each. Who enters what is kept by webservices.rest from 3.0 on (`OF_AUTHORS`). */
export const USEFUL_PRIVILEGES = {
  'View Administration Functions': 'the platform’s version stays unknown, and the least is assumed of it',
  'Set Audit Data': 'who entered a record, and when, is lost on its way',
  'Get Users': 'who entered a record is lost on its way',
} as const;

/** Those that are of use only where a site keeps who entered what. */
export const OF_AUTHORS: ReadonlySet<string> = new Set(['Set Audit Data', 'Get Users'] satisfies (keyof typeof USEFUL_PRIVILEGES)[]);
