import { metadataNamed, type Reference, SERVICE_BY_NAME, SERVICE_TYPE_BY_NAME } from '@sync-hub/categories';
import type { Aggregate, Uuid } from '@sync-hub/contracts';
import type { SiteCapabilities } from '../capabilities.js';
import type { CallOptions } from '../site-client.js';
import { servicesByName } from './own-rest.js';
import { readPresence } from './read-presence.js';
import type { RestSite } from './read-record.js';
import type { RestBody } from './rest-resources.js';
import { rolesByName } from './roles-by-name.js';

const RECORD_RESOURCES: Readonly<Record<string, Aggregate>> = {
  location: 'location',
  person: 'person',
  patient: 'person',
  visit: 'visit',
  encounter: 'encounter',
  obs: 'obs',
  order: 'order',
};

/** Records that their own category asks for, by whatever client and under whatever it knows them. */
const ASKED_FOR_BY_CATEGORY: Readonly<Record<string, Aggregate>> = {
  relationship: 'relationship',
  programenrollment: 'programenrollment',
  condition: 'condition',
  patientdiagnoses: 'diagnosis',
  medicationdispense: 'medicationdispense',
  allergy: 'allergy',
  diagnosticreport: 'diagnosticreport',
  cohort: 'cohort',
  user: 'user',
  task: 'task',
  appointment: 'appointment',
};

/** Is it a record that is made and voided every day, so that what was there may not be any more? */
export const isRecordResource = (resource: string): boolean => RECORD_RESOURCES[resource] !== undefined || ASKED_FOR_BY_CATEGORY[resource] !== undefined;

/** What refers to these is left out of what a site of another platform is sent, so that nothing is missing there. */
const HELD_WHERE: Readonly<Record<string, (platform: SiteCapabilities) => boolean>> = {
  appointmentservicename: ({ hasAppointments }) => hasAppointments,
  appointmentservicetypename: ({ hasAppointments }) => hasAppointments,
  programattributetype: ({ hasProgramAttributes }) => hasProgramAttributes,
  providerrole: ({ hasProviderRoles }) => hasProviderRoles,
  programworkflowstate: ({ takesStates }) => takesStates,
};

/** Has the site what is referred to, under exactly that uuid or the one that it has given it, and not voided? */
export async function hasReference(site: RestSite, { resource, uuid }: Pick<Reference, 'resource' | 'uuid'>, options: CallOptions): Promise<boolean> {
  const isHeld = HELD_WHERE[resource];
  if (isHeld !== undefined && !isHeld(await site.capabilities(options))) return true;
  if (resource === 'rolename') return (await rolesByName(site, options)).has(uuid.toLowerCase());
  if (resource === SERVICE_BY_NAME || resource === SERVICE_TYPE_BY_NAME) return (await servicesByName(site, options))(resource, uuid) !== null;
  if (resource === 'programworkflowstate') return hasState(site, uuid, options);
  const asked = ASKED_FOR_BY_CATEGORY[resource];
  if (asked !== undefined) return (await readPresence(site, { aggregate: asked, uuid }, options)) === 'present';
  const kind = RECORD_RESOURCES[resource] ?? metadataNamed(resource);
  const local = kind === null ? uuid : await site.aliases.toLocal({ aggregate: kind, uuid });
  const asks = !isRecordResource(resource) || resource === 'location' ? 'uuid' : 'uuid,voided';
  const body = await site.rest.get(`${resource}/${encodeURIComponent(local)}?v=custom:(${asks})`, { what: resource }, options);
  // Some resources are found by name too, so that another record may answer. A voided patient or visit takes nothing new.
  return body?.['uuid'] === local && body['voided'] !== true;
}

/** A state of a program has no path without its workflow's uuid (webservices.rest ProgramWorkflowStateResource1_8): it is looked for in all programs. */
async function hasState({ rest }: RestSite, uuid: Uuid, options: CallOptions): Promise<boolean> {
  const programs = await rest.listAll('program?includeAll=true&v=custom:(uuid,allWorkflows:(uuid,states:(uuid)))', 'programs', options);
  return programs
    .flatMap(listed('allWorkflows'))
    .flatMap(listed('states'))
    .some((state) => state['uuid'] === uuid);
}

const listed =
  (list: string) =>
  (body: RestBody): readonly RestBody[] =>
    Array.isArray(body[list]) ? (body[list] as RestBody[]) : [];
