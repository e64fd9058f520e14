import type { Ref, Row } from './database.js';
import { BASIC, nameOf } from './metadata-lines.js';
import { savingBy } from './metadata-saving.js';
import { hasTooMany, live } from './parts.js';
import type { Profile } from './profile.js';
import { type Node, one, type Resource, resource, type Site, text, words } from './resource.js';
import { serverError, type Validation } from './rest-error.js';
import type { Writer } from './writer.js';

/** Name of a provider: its person's, else its own column, which REST does not show. */
export function providerName(row: Row, site: Site): string {
  const person = site.database.find('person', String(row.values['person']));
  const name = person ? live(site.database, person, 'personname')[0] : undefined;
  return name
    ? words('givenName middleName familyName')
        .flatMap((key) => name.values[key] || [])
        .join(' ')
    : nameOf(row);
}

/** `ProviderValidator`: before core 1.11 no two have one identifier, though one may be empty. */
function checkProvider(row: Row, errors: Validation, profile: Profile, site: Site): void {
  const { person, identifier } = row.values;
  if ((person ?? null) === null && nameOf(row).trim() === '') errors.reject('Provider.error.personOrName.required', 'name');
  const others = site.database.all('provider').filter(({ uuid }) => uuid !== row.uuid);
  const isTaken = (identifier ?? null) !== null && others.some(({ values }) => values['identifier'] === identifier);
  if (!profile.typesSince1_11 && isTaken) errors.reject('Provider.error.duplicateIdentifier', 'identifier');
  if (hasTooMany(site.database, row, 'providerattribute')) errors.reject('attribute.error.maxOccurs', 'activeAttributes');
}

const saveProvider = savingBy({ needs: {}, check: checkProvider });

/** Those that are posted with the provider become the whole set. */
function setAttributes(writer: Writer, target: Ref, posted: unknown): void {
  const attributes = writer.all('providerattribute', posted);
  for (const old of writer.site.database.ownedBy(target.uuid, 'providerattribute'))
    if (!attributes.some(({ uuid }) => uuid === old.uuid)) writer.tx.remove(old);
  for (const attribute of attributes) writer.tx.adopt(attribute, target.uuid);
  writer.tx.touch(target);
}

const PRIVILEGES = { get: 'Get Providers', add: 'Manage Providers', edit: 'Manage Providers', remove: 'Manage Providers', purge: 'Purge Providers' };
const liveAttributes = (row: Row, site: Site): Node =>
  live(site.database, row, 'providerattribute').map((part) => ({ row: part, as: 'providerattribute' as const }));

const provider = resource({
  name: 'provider',
  javaClass: 'org.openmrs.Provider',
  life: 'retired',
  version: '1.9',
  privileges: PRIVILEGES,
  fields: { person: one('person'), ...text('identifier name'), providerRole: one('providerrole') },
  standard: 'uuid display person:ref identifier attributes:ref retired providerRole:ref',
  full: 'uuid display person identifier attributes retired auditInfo providerRole',
  create: words('person identifier attributes retired providerRole'),
  required: words('person identifier'),
  parts: ['providerattribute'],
  display: (row, site) => (row.values['identifier'] ? `${String(row.values['identifier'])} - ${providerName(row, site)}` : providerName(row, site)),
  reads: { attributes: liveAttributes },
  sets: { attributes: setAttributes },
  save: saveProvider,
});

const attribute = resource({
  name: 'providerattribute',
  javaClass: 'org.openmrs.ProviderAttribute',
  life: 'voided',
  version: '1.9',
  under: { parent: 'provider', path: 'attribute' },
  privileges: PRIVILEGES,
  fields: { ...text('value', 65535), attributeType: one('providerattributetype') },
  standard: 'display uuid attributeType:ref value voided',
  full: 'display uuid attributeType:ref value voided auditInfo',
  create: words('attributeType value'),
  required: words('attributeType value'),
  display: ({ values }, site) =>
    `${String(site.database.find('providerattributetype', String(values['attributeType']))?.values['name'] ?? '')}: ${String(values['value'] ?? '')}`,
  save: (writer, target) => {
    const owner = writer.tx.now({ kind: 'provider', uuid: writer.tx.now(target).owner ?? '' });
    if (writer.isNew(target)) writer.tx.touch(owner);
    saveProvider(writer, owner);
  },
  purges: () => {
    throw serverError('Cannot purge ProviderAttribute', 'java.lang.UnsupportedOperationException:0');
  },
});

const role = resource({
  name: 'providerrole',
  javaClass: 'org.openmrs.ProviderRole',
  life: 'retired',
  version: '2.8',
  privileges: PRIVILEGES,
  fields: text('name description'),
  standard: `${BASIC}`,
  full: `${BASIC} auditInfo`,
  create: words('name description'),
  required: words('name description'),
  display: nameOf,
  save: savingBy({ needs: { name: 'error.name' } }),
});

/** Who cares for patients, with what is said of them. */
export const providersTable: readonly Resource[] = [provider, attribute, role];
