import type { Row } from './database.js';
import { BASIC, managed, nameOf } from './metadata-lines.js';
import { savingBy } from './metadata-saving.js';
import type { Profile } from './profile.js';
import { each, one, type Resource, resource, type Site, text, words } from './resource.js';
import { notSupported, serverError, type Validation } from './rest-error.js';

/** `save` of a resource that is looked up, never written. */
const refuse = (): never => {
  throw notSupported();
};

const careSetting = resource({
  name: 'caresetting',
  javaClass: 'org.openmrs.CareSetting',
  life: 'retired',
  version: '1.10',
  alsoFoundBy: 'name',
  privileges: managed('Care Settings'),
  fields: text('name description careSettingType'),
  standard: `${BASIC} retired careSettingType`,
  full: `${BASIC} retired careSettingType auditInfo`,
  display: nameOf,
  save: refuse,
});

const classesOf = ({ values }: Row): readonly string[] => (Array.isArray(values['conceptClasses']) ? values['conceptClasses'] : []);

/** `OrderTypeValidator` since core 1.10. The place of a class that another type has is counted in that type, and looked for in this one. */
function checkOrderType(row: Row, errors: Validation, profile: Profile, site: Site): void {
  if (!profile.hasOrderEntry || !errors.clean) return;
  const others = site.database.all('ordertype').filter(({ uuid }) => uuid !== row.uuid);
  const parents = new Set<unknown>();
  for (
    let parent = row.values['parent'];
    typeof parent === 'string' && !parents.has(parent);
    parent = site.database.find('ordertype', parent)?.values['parent']
  )
    parents.add(parent);
  if (parents.has(row.uuid)) errors.reject('OrderType.parent.amongDescendants', 'parent');
  if (others.some((other) => nameOf(other) === nameOf(row))) errors.reject('OrderType.duplicate.name', 'name');
  const own = classesOf(row);
  for (const place of others.flatMap((other) => classesOf(other).flatMap((uuid, index) => (own.includes(uuid) ? [index] : [])))) {
    if (place >= own.length) throw serverError(`Invalid property 'conceptClasses[${place}]'`, 'org.springframework.beans.BeanWrapperImpl:0');
    errors.reject('OrderType.duplicate', `conceptClasses[${place}]`);
  }
}

const TYPE = 'javaClassName conceptClasses parent';
const orderType = resource({
  name: 'ordertype',
  javaClass: 'org.openmrs.OrderType',
  life: 'retired',
  version: '1.10',
  alsoFoundBy: 'name',
  privileges: managed('Order Types'),
  fields: { ...text('name javaClassName'), ...text('description', 1024), parent: one('ordertype'), conceptClasses: { is: 'many', of: 'conceptclass' } },
  standard: `${BASIC} retired javaClassName conceptClasses:ref parent:ref`,
  full: `${BASIC} retired ${TYPE} auditInfo`,
  create: words(`name description ${TYPE}`),
  required: words('name javaClassName'),
  display: nameOf,
  save: savingBy({ needs: { name: 'error.name' }, needsBefore1_11: { description: 'error.description' }, check: checkOrderType }),
});

const conceptOf = (row: Row, site: Site): Row | undefined => site.database.find('concept', String(row.values['concept'] ?? ''));

/** `OrderFrequencyValidator`; a webservices.rest that does not write them refuses before. */
function checkFrequency(row: Row, errors: Validation, profile: Profile, site: Site): void {
  if (!profile.writesOrderFrequencies) refuse();
  const concept = conceptOf(row, site);
  if (concept === undefined) return errors.reject('Concept.noConceptSelected', 'concept');
  if (concept.values['conceptClass'] !== 'Frequency') errors.reject('OrderFrequency.concept.shouldBeClassFrequency', 'concept');
  const shared = site.database.all('orderfrequency').some(({ uuid, values }) => uuid !== row.uuid && values['concept'] === concept.uuid);
  if (shared) errors.reject('OrderFrequency.concept.shouldNotBeShared', 'concept');
}

const orderFrequency = resource({
  name: 'orderfrequency',
  javaClass: 'org.openmrs.OrderFrequency',
  life: 'retired',
  version: '1.10',
  alsoFoundBy: 'concept',
  privileges: managed('Order Frequencies'),
  fields: { ...each('frequencyPerDay', { is: 'number' }), concept: one('concept') },
  standard: 'uuid display name frequencyPerDay retired concept:ref',
  full: 'uuid display name frequencyPerDay concept retired auditInfo',
  create: words('frequencyPerDay concept'),
  required: words('frequencyPerDay concept'),
  display: (row, site) => nameOf(conceptOf(row, site) ?? row),
  reads: { name: (row, site) => conceptOf(row, site)?.values['name'] ?? null },
  save: savingBy({ needs: {}, check: checkFrequency }),
});

/** What orders refer to. */
export const orderMetadataTable: readonly Resource[] = [careSetting, orderType, orderFrequency];
