import type { Row } from './database.js';
import { each, type Node, type Resource, resource, type Site, text, words } from './resource.js';

const nameOf = (row: Row): string => String(row.values['name'] ?? '');
const managed = (get: string | null, manage: string, purge: string): Resource['privileges'] => ({ get, add: manage, edit: manage, remove: manage, purge });
const BASIC = 'uuid display name description';

const locationTag = resource({
  name: 'locationtag',
  javaClass: 'org.openmrs.LocationTag',
  life: 'retired',
  privileges: managed('Get Locations', 'Manage Location Tags', 'Purge Location Tags'),
  fields: text('name description'),
  standard: `${BASIC} retired`,
  full: `${BASIC} retired auditInfo`,
  create: words('name description retired retireReason'),
  required: ['name'],
  display: nameOf,
});

const DATATYPE = 'minOccurs maxOccurs datatypeClassname';
const locationAttributeType = resource({
  name: 'locationattributetype',
  javaClass: 'org.openmrs.LocationAttributeType',
  life: 'retired',
  version: '1.9',
  privileges: managed(null, 'Manage Location Attribute Types', 'Purge Location Attribute Types'),
  fields: {
    ...text('name description datatypeClassname datatypeConfig preferredHandlerClassname handlerConfig'),
    ...each('minOccurs maxOccurs', { is: 'number' }),
  },
  defaults: { minOccurs: 0 },
  standard: `${BASIC} ${DATATYPE} preferredHandlerClassname retired`,
  full: `${BASIC} ${DATATYPE} datatypeConfig preferredHandlerClassname handlerConfig retired auditInfo`,
  create: words(`name description ${DATATYPE} datatypeConfig preferredHandlerClassname handlerConfig`),
  required: words('name datatypeClassname'),
  display: nameOf,
});

const IDENTIFIER_TYPE = 'format formatDescription required validator locationBehavior uniquenessBehavior';
const identifierType = resource({
  name: 'patientidentifiertype',
  javaClass: 'org.openmrs.PatientIdentifierType',
  life: 'retired',
  version: '2.0',
  alsoFoundBy: 'name',
  privileges: managed('Get Identifier Types', 'Manage Identifier Types', 'Purge Identifier Types'),
  fields: { ...text('name description format formatDescription validator locationBehavior uniquenessBehavior'), ...each('required', { is: 'boolean' }) },
  defaults: { required: false },
  standard: `${BASIC} ${IDENTIFIER_TYPE} retired`,
  full: `${BASIC} ${IDENTIFIER_TYPE} retired auditInfo`,
  create: words(`name description ${IDENTIFIER_TYPE}`),
  required: words('name description'),
  display: nameOf,
});

/** `foreignKey` is a local integer; only `concept`, in the full representation, says which one is meant. */
function conceptOfType(row: Row, site: Site): Node {
  if (row.values['format'] !== 'org.openmrs.Concept') return null;
  const found = site.database.all('concept').find(({ serial }) => serial === row.values['foreignKey']);
  return found ? { row: found, as: 'concept', always: 'full' } : null;
}

const ATTRIBUTE_TYPE = 'format foreignKey sortWeight searchable editPrivilege';
const attributeType = resource({
  name: 'personattributetype',
  javaClass: 'org.openmrs.PersonAttributeType',
  life: 'retired',
  privileges: managed('Get Person Attribute Types', 'Manage Person Attribute Types', 'Purge Person Attribute Types'),
  fields: { ...text('name description format editPrivilege'), ...each('foreignKey sortWeight', { is: 'number' }), ...each('searchable', { is: 'boolean' }) },
  defaults: { searchable: false },
  standard: `${BASIC} ${ATTRIBUTE_TYPE} retired`,
  full: `${BASIC} ${ATTRIBUTE_TYPE} retired concept auditInfo`,
  create: words(`name description ${ATTRIBUTE_TYPE}`),
  required: words('name description'),
  display: nameOf,
  reads: { concept: conceptOfType },
});

const DATATYPED = 'datatypeClassname datatypeConfig preferredHandlerClassname handlerConfig';
const systemSetting = resource({
  name: 'systemsetting',
  javaClass: 'org.openmrs.GlobalProperty',
  life: 'neither',
  version: '1.9',
  alsoFoundBy: 'property',
  listable: true,
  privileges: managed('Get Global Properties', 'Manage Global Properties', 'Purge Global Properties'),
  fields: text(`property value description ${DATATYPED}`, 65535),
  standard: 'uuid property value description display',
  full: `uuid property value description display ${DATATYPED}`,
  create: words(`property description ${DATATYPED} value`),
  required: ['property'],
  update: words(`description ${DATATYPED} value`),
  display: (row) => `${String(row.values['property'])} = ${String(row.values['value'] ?? '')}`,
});

export const metadataTable: readonly Resource[] = [locationTag, locationAttributeType, identifierType, attributeType, systemSetting];
