import type { Row } from './database.js';
import { BASIC, nameOf } from './metadata-lines.js';
import { savingBy } from './metadata-saving.js';
import { each, type Node, one, type Resource, type ResourceName, resource, type Site, text, words } from './resource.js';
import { notSupported } from './rest-error.js';

const PRIVILEGES = { get: 'Get Forms', add: 'Manage Forms', edit: 'Manage Forms', remove: 'Manage Forms', purge: 'Purge Forms' };
const partsOf =
  (kind: 'formfield' | 'formresource') =>
  (row: Row, site: Site): Node =>
    site.database.ownedBy(row.uuid, kind).map((part) => ({ row: part, as: kind as ResourceName }));

const FORM = `${BASIC} encounterType version build published formFields retired`;
const form = resource({
  name: 'form',
  javaClass: 'org.openmrs.Form',
  life: 'retired',
  version: '1.9',
  privileges: PRIVILEGES,
  fields: {
    ...text('name description version'),
    ...each('build', { is: 'number' }),
    ...each('published', { is: 'boolean' }),
    encounterType: one('encountertype'),
  },
  defaults: { published: false },
  standard: `${FORM.replace('encounterType', 'encounterType:ref')} resources`,
  full: `${FORM} auditInfo resources`,
  create: words('name description version encounterType build published'),
  required: words('name version'),
  display: nameOf,
  reads: { formFields: partsOf('formfield'), resources: partsOf('formresource') },
  save: savingBy({
    needs: { name: 'error.name', version: 'error.null' },
    check: ({ values }, errors) => {
      if (!/^\d/.test(String(values['version'] ?? '0'))) errors.reject('Form.version.invalid', 'version');
    },
    lock: { property: 'forms.locked', always: false },
  }),
});

/** Fields and files stand there; how they are written is left out. */
const part = (name: 'formfield' | 'formresource', path: string, javaClass: string): Resource =>
  resource({
    name,
    javaClass,
    life: 'neither',
    version: '1.9',
    under: { parent: 'form', path },
    privileges: PRIVILEGES,
    fields: text('name valueReference'),
    standard: 'uuid display name',
    full: 'uuid display name',
    display: nameOf,
    save: () => {
      throw notSupported();
    },
  });

/** What encounters are recorded on. */
export const formsTable: readonly Resource[] = [
  form,
  part('formfield', 'formfield', 'org.openmrs.FormField'),
  part('formresource', 'resource', 'org.openmrs.FormResource'),
];
