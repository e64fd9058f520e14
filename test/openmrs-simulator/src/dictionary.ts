import type { Row } from './database.js';
import { savingBy } from './metadata-saving.js';
import { type Resource, resource, text, words } from './resource.js';

const nameOf = (row: Row): string => String(row.values['name'] ?? '');
const BASIC = 'uuid display name description';
const managed = (title: string): Resource['privileges'] => ({
  get: `Get ${title}`,
  add: `Manage ${title}`,
  edit: `Manage ${title}`,
  remove: `Manage ${title}`,
  purge: `Purge ${title}`,
});

const conceptClass = resource({
  name: 'conceptclass',
  javaClass: 'org.openmrs.ConceptClass',
  life: 'retired',
  alsoFoundBy: 'name',
  privileges: managed('Concept Classes'),
  fields: text('name description'),
  standard: `${BASIC} retired`,
  full: `${BASIC} retired auditInfo`,
  create: words('name description'),
  required: ['name'],
  display: nameOf,
  save: savingBy({
    needs: { name: 'error.name' },
    needsBefore1_11: { description: 'error.description' },
    unique: { by: 'name', code: 'conceptclass.duplicate.name', field: 'name', evenRetired: false, always: false },
  }),
});

const SOURCE = 'hl7Code uniqueId';
const conceptSource = resource({
  name: 'conceptsource',
  javaClass: 'org.openmrs.ConceptSource',
  life: 'retired',
  version: '2.1',
  alsoFoundBy: 'name',
  privileges: managed('Concept Sources'),
  fields: { ...text('name hl7Code', 50), ...text('description uniqueId', 1024) },
  standard: `${BASIC} ${SOURCE} retired`,
  full: `${BASIC} ${SOURCE} retired auditInfo`,
  create: words(`name description ${SOURCE}`),
  required: words('name description'),
  display: nameOf,
  save: savingBy({ needs: {}, needsSince1_11: { name: 'error.name' }, needsSince2_0: { description: 'error.null' } }),
});

/** What the dictionary of concepts is made with. */
export const dictionaryTable: readonly Resource[] = [conceptClass, conceptSource];
