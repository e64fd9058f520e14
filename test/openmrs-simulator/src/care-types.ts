import { BASIC, nameOf } from './metadata-lines.js';
import { type MetadataRules, savingBy } from './metadata-saving.js';
import { type Resource, resource, text, words } from './resource.js';

/** What visits and encounters refer to by uuid; a name is taken for a uuid where webservices.rest does so. */
function type(
  given: Pick<Resource, 'name' | 'javaClass' | 'version' | 'required'> & {
    readonly get: string;
    readonly title: string;
    readonly byName: boolean;
    readonly rules: Omit<MetadataRules, 'needs'>;
  },
): Resource {
  const manage = `Manage ${given.title}`;
  return resource({
    ...given,
    life: 'retired',
    ...(given.byName ? { alsoFoundBy: 'name' } : {}),
    privileges: { get: given.get, add: manage, edit: manage, remove: manage, purge: `Purge ${given.title}` },
    fields: text('name description'),
    standard: `${BASIC} retired`,
    full: `${BASIC} retired auditInfo`,
    create: words('name description'),
    update: words('name description retired'),
    display: nameOf,
    save: savingBy({ needs: { name: 'error.name' }, ...given.rules }),
  });
}

const [NAME, BOTH] = [['name'], ['name', 'description']];
const visitType = type({
  name: 'visittype',
  javaClass: 'org.openmrs.VisitType',
  version: '1.9',
  required: NAME,
  get: 'Get Visits',
  title: 'Visit Types',
  byName: true,
  rules: {},
});
const encounterType = type({
  name: 'encountertype',
  javaClass: 'org.openmrs.EncounterType',
  version: '1.8',
  required: BOTH,
  get: 'Get Encounter Types',
  title: 'Encounter Types',
  byName: true,
  rules: {
    needsBefore1_11: { description: 'error.description' },
    unique: { by: 'name', code: 'EncounterType.error.duplicateEncounterTypeNameSpecified', field: 'name', evenRetired: false, always: false },
    lock: { property: 'EncounterType.encounterTypes.locked', always: true },
  },
});
const encounterRole = type({
  name: 'encounterrole',
  javaClass: 'org.openmrs.EncounterRole',
  version: '1.8',
  required: BOTH,
  get: 'Get Encounter Roles',
  title: 'Encounter Roles',
  byName: false,
  rules: { unique: { by: 'name', code: 'encounterRole.duplicate.name', field: 'name', evenRetired: true, always: true } },
});

export const careTypesTable: readonly Resource[] = [visitType, encounterType, encounterRole];
