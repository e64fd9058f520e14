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
  person: { GET: 'Get Persons', create: 'Add Persons', update: 'Edit Persons', DELETE: 'Delete Persons' },
  'person name': { create: 'Edit Persons', update: 'Edit Persons', DELETE: 'Edit Persons' },
  'person address': { create: 'Edit Persons', update: 'Edit Persons', DELETE: 'Edit Persons' },
  'person attribute': { create: 'Edit Persons', update: 'Edit Persons', DELETE: 'Edit Persons' },
  patient: { GET: 'Get Patients', create: 'Add Patients', update: 'Edit Patients', DELETE: 'Delete Patients' },
  'patient identifier': { create: 'Add Patient Identifiers', update: 'Edit Patient Identifiers', DELETE: 'Delete Patient Identifiers' },
  encounter: { GET: 'Get Encounters', create: 'Add Encounters', update: 'Edit Encounters', DELETE: 'Delete Encounters' },
  'encounter encounterprovider': { create: 'Edit Encounters', update: 'Edit Encounters', DELETE: 'Edit Encounters' },
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

/** The privilege a request takes, by our own knowledge; a server's text is not asked. */
export function privilegeFor(method: 'GET' | 'POST' | 'DELETE', path: string): { readonly privilege?: string } {
  const [resource = '', uuid, item, itemUuid] = path.split('?')[0]?.split('/') ?? [];
  const act = method === 'POST' ? ((item === undefined ? uuid : itemUuid) === undefined ? 'create' : 'update') : method;
  const privilege = PRIVILEGES[item === undefined ? resource : `${resource} ${item}`]?.[act];
  return privilege === undefined ? {} : { privilege };
}
