import { isAtLeast } from '../capabilities.js';

interface Acts {
  readonly GET?: string;
  readonly create?: string;
  readonly update?: string;
  readonly DELETE?: string;
}

/** Metadata is made, changed, retired and restored by one and the same right. */
const managed = (GET: string, manage: string): Acts => ({ GET, create: manage, update: manage, DELETE: manage });

/** What openmrs-core asks for, by resource (RestConstants and the @Authorized services behind it): what an operator must grant after a 403. */
export const PRIVILEGES: Readonly<Record<string, Acts>> = {
  location: { GET: 'Get Locations', create: 'Manage Locations', update: 'Manage Locations', DELETE: 'Manage Locations' },
  'location attribute': { create: 'Manage Locations', update: 'Manage Locations', DELETE: 'Manage Locations' },
  person: { GET: 'Get People', create: 'Add People', update: 'Edit People', DELETE: 'Delete People' },
  'person name': { create: 'Edit People', update: 'Edit People', DELETE: 'Edit People' },
  'person address': { create: 'Edit People', update: 'Edit People', DELETE: 'Edit People' },
  'person attribute': { create: 'Edit People', update: 'Edit People', DELETE: 'Edit People' },
  patient: { GET: 'Get Patients', create: 'Add Patients', update: 'Edit Patients', DELETE: 'Delete Patients' },
  'patient identifier': { create: 'Add Patient Identifiers', update: 'Edit Patient Identifiers', DELETE: 'Delete Patient Identifiers' },
  // A record of its own, though a part of the patient's path.
  'patient allergy': { GET: 'Get Allergies', create: 'Add Allergies', update: 'Edit Allergies', DELETE: 'Delete Allergies' },
  // Of fhir2 (FhirDiagnosticReportDao), which asks one of two rights for a write.
  diagnosticreport: { GET: 'Get Observations', create: 'Add Observations', update: 'Edit Observations', DELETE: 'Delete Observations' },
  // Of fhir2, whose FhirTaskDao asks for nothing beyond a login.
  task: {},
  // Of the appointments module (AppointmentsService, AppointmentServiceDefinitionService).
  appointment: { GET: 'View Appointments', create: 'Manage Appointments', update: 'Manage Appointments' },
  appointmentservicename: { GET: 'View Appointment Services' },
  encounter: { GET: 'Get Encounters', create: 'Add Encounters', update: 'Edit Encounters', DELETE: 'Delete Encounters' },
  'encounter encounterprovider': { create: 'Edit Encounters', update: 'Edit Encounters', DELETE: 'Edit Encounters' },
  cohort: { GET: 'Get Patient Cohorts', create: 'Add Cohorts', update: 'Edit Cohorts', DELETE: 'Delete Cohorts' },
  'cohort member': { GET: 'Get Patient Cohorts', create: 'Edit Cohorts', DELETE: 'Edit Cohorts' },
  'cohort membership': { GET: 'Get Patient Cohorts', create: 'Edit Cohorts', update: 'Edit Cohorts', DELETE: 'Edit Cohorts' },
  user: { GET: 'Get Users', create: 'Add Users', update: 'Edit Users', DELETE: 'Edit Users' },
  systemsetting: managed('Get Global Properties', 'Manage Global Properties'),
  relationship: { GET: 'Get Relationships', create: 'Add Relationships', update: 'Edit Relationships', DELETE: 'Delete Relationships' },
  programenrollment: {
    GET: 'Get Patient Programs',
    create: 'Add Patient Programs',
    update: 'Edit Patient Programs',
    DELETE: 'Delete Patient Programs',
  },
  'programenrollment state': { create: 'Edit Patient Programs', update: 'Edit Patient Programs' },
  'programenrollment attribute': { create: 'Edit Patient Programs', update: 'Edit Patient Programs', DELETE: 'Edit Patient Programs' },
  condition: { GET: 'Get Conditions', create: 'Edit Conditions', update: 'Edit Conditions', DELETE: 'Edit Conditions' },
  patientdiagnoses: { GET: 'Get Diagnoses', create: 'Edit Diagnoses', update: 'Edit Diagnoses', DELETE: 'Edit Diagnoses' },
  order: { GET: 'Get Orders', create: 'Add Orders', update: 'Delete Orders', DELETE: 'Delete Orders' },
  medicationdispense: {
    GET: 'Get Medication Dispense',
    create: 'Edit Medication Dispense',
    update: 'Edit Medication Dispense',
    DELETE: 'Edit Medication Dispense',
  },
  // Looked for among the programs, for which webservices.rest asks another right; core asks this one where an enrollment names one (ProgramWorkflowService.getProgramByUuid, getStateByUuid).
  programworkflowstate: { GET: 'Manage Programs' },
  obs: { GET: 'Get Observations', create: 'Add Observations', update: 'Edit Observations', DELETE: 'Delete Observations' },
  encountertype: managed('Get Encounter Types', 'Manage Encounter Types'),
  encounterrole: managed('Get Encounter Roles', 'Manage Encounter Roles'),
  provider: managed('Get Providers', 'Manage Providers'),
  'provider attribute': { create: 'Manage Providers', update: 'Manage Providers', DELETE: 'Manage Providers' },
  providerrole: { GET: 'Get Providers' },
  form: managed('Get Forms', 'Manage Forms'),
  visit: { GET: 'Get Visits', create: 'Add Visits', update: 'Edit Visits', DELETE: 'Delete Visits' },
  'visit attribute': { create: 'Edit Visits', update: 'Edit Visits', DELETE: 'Edit Visits' },
  visittype: managed('Get Visit Types', 'Manage Visit Types'),
  visitattributetype: managed('Get Visit Attribute Types', 'Manage Visit Attribute Types'),
  concept: managed('Get Concepts', 'Manage Concepts'),
  'concept name': { create: 'Manage Concepts', update: 'Manage Concepts', DELETE: 'Manage Concepts' },
  'concept description': { create: 'Manage Concepts', update: 'Manage Concepts', DELETE: 'Manage Concepts' },
  conceptmaptype: { GET: 'Get Concept Map Types' },
  patientidentifiertype: managed('Get Identifier Types', 'Manage Identifier Types'),
  personattributetype: managed('Get Person Attribute Types', 'Manage Person Attribute Types'),
  locationtag: managed('Get Locations', 'Manage Location Tags'),
  relationshiptype: managed('Get Relationship Types', 'Manage Relationship Types'),
  locationattributetype: managed('Get Location Attribute Types', 'Manage Location Attribute Types'),
  // ProviderService asks for nothing beyond a login.
  providerattributetype: {},
  programattributetype: managed('Get Patient Program Attribute Types', 'Manage Patient Program Attribute Types'),
  conceptclass: managed('Get Concept Classes', 'Manage Concept Classes'),
  // Never written: webservices.rest has no way to.
  conceptdatatype: { GET: 'Get Concept Datatypes' },
  caresetting: { GET: 'Get Care Settings' },
  ordertype: managed('Get Order Types', 'Manage Order Types'),
  orderfrequency: managed('Get Order Frequencies', 'Manage Order Frequencies'),
  program: managed('Get Programs', 'Manage Programs'),
  privilege: managed('Get Privileges', 'Manage Privileges'),
  role: managed('Get Roles', 'Manage Roles'),
  conceptreferenceterm: managed('Get Concept Reference Terms', 'Manage Concept Reference Terms'),
  drug: managed('Get Concepts', 'Manage Concepts'),
  conceptsource: managed('Get Concept Sources', 'Manage Concept Sources'),
};

/** What core called `View` otherwise from the first, so that it was never renamed. */
const NEVER_VIEW: ReadonlySet<string> = new Set(['Get Care Settings', 'Get Order Frequencies']);

/** A privilege as that platform calls it: before 1.11.0 the rights to read are `View Patients`, `View People` and so on (openmrs-core 1.9.13, 1.10.0 and 1.11.0, PrivilegeConstants). */
export const calledOn = (platform: string, privilege: string): string =>
  isAtLeast(platform, '1.11.0') || NEVER_VIEW.has(privilege) ? privilege : privilege.replace(/^Get /, 'View ');

/** Is it among those of an account, by the name of today or of before? */
export const hasPrivilege = (privileges: readonly string[], privilege: string): boolean =>
  privileges.includes(privilege) || privileges.includes(calledOn('0', privilege));

/** Since which platform core asks for a privilege (the tags of openmrs-core, PrivilegeConstants, and its snapshots of liquibase-core-data from 1.9 on): for all others of ours since 1.9. */
const SINCE: Readonly<Record<string, string>> = {
  'Get Care Settings': '1.10.0',
  'Get Order Frequencies': '1.10.0',
  'Manage Order Frequencies': '1.10.0',
  'Get Conditions': '2.2.0',
  'Edit Conditions': '2.2.0',
  'Get Diagnoses': '2.2.0',
  'Edit Diagnoses': '2.2.0',
  'Get Medication Dispense': '2.6.0',
  'Edit Medication Dispense': '2.6.0',
  'Get Patient Program Attribute Types': '2.2.0',
  'Manage Patient Program Attribute Types': '2.2.0',
};

/** Which module asks for a privilege and adds it, where that is none that every server has. */
const OF_MODULE: Readonly<Record<string, string>> = {
  'View Appointments': 'appointments',
  'Manage Appointments': 'appointments',
  'View Appointment Services': 'appointments',
};

/** The module that is missing for anybody to ask for the privilege; `null` where none is, or where nobody knows which modules are there. */
export function moduleMissingFor(privilege: string, modules: Readonly<Record<string, string>> | null): string | null {
  const module = OF_MODULE[privilege];
  return module === undefined || modules === null || module in modules ? null : module;
}

/** Does that platform ask for the privilege, by whatever name? */
export const isAskedOn = (platform: string, privilege: string): boolean => isAtLeast(platform, SINCE[privilege] ?? '0');

/** The privilege a request takes, by our own knowledge; a server's text is not asked. */
export function privilegeFor(method: 'GET' | 'POST' | 'DELETE', path: string): { readonly privilege?: string } {
  const [resource = '', uuid, item, itemUuid] = path.split('?')[0]?.split('/') ?? [];
  const act = method === 'POST' ? ((item === undefined ? uuid : itemUuid) === undefined ? 'create' : 'update') : method;
  const privilege = PRIVILEGES[item === undefined ? resource : `${resource} ${item}`]?.[act];
  return privilege === undefined ? {} : { privilege };
}
