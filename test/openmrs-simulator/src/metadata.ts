import type { Ref, Row } from './database.js';
import { BASIC, nameOf } from './metadata-lines.js';
import { isBlank, savingBy } from './metadata-saving.js';
import { each, type Node, type Resource, resource, type Site, text, words } from './resource.js';
import { serverError } from './rest-error.js';
import type { Writer } from './writer.js';

const managed = (get: string | null, manage: string, purge: string): Resource['privileges'] => ({ get, add: manage, edit: manage, remove: manage, purge });

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
  save: savingBy({ needs: { name: 'LocationTag.error.name.required' } }),
});

const IDENTIFIER_TYPE = 'format formatDescription required checkDigit validator locationBehavior uniquenessBehavior';
const identifierType = resource({
  name: 'patientidentifiertype',
  javaClass: 'org.openmrs.PatientIdentifierType',
  life: 'retired',
  version: '2.0',
  alsoFoundBy: 'name',
  privileges: managed('Get Identifier Types', 'Manage Identifier Types', 'Purge Identifier Types'),
  fields: {
    ...text('name description format formatDescription validator locationBehavior uniquenessBehavior'),
    ...each('required checkDigit', { is: 'boolean' }),
  },
  defaults: { required: false, checkDigit: false },
  standard: `${BASIC} ${IDENTIFIER_TYPE} retired`,
  full: `${BASIC} ${IDENTIFIER_TYPE} retired auditInfo`,
  create: words(`name description ${IDENTIFIER_TYPE}`),
  required: words('name description'),
  display: nameOf,
  save: savingBy({
    needs: { name: 'error.name' },
    needsBefore1_11: { description: 'error.description' },
    unique: { by: 'name', code: 'identifierType.duplicate.name', field: 'name', evenRetired: false, always: false },
    lock: { property: 'patientIdentifierTypes.locked', always: false },
  }),
});

/** `foreignKey` is a local integer; only `concept`, in the full representation, says which one is meant. */
function conceptOfType(row: Row, site: Site): Node {
  if (row.values['format'] !== 'org.openmrs.Concept') return null;
  const found = site.database.all('concept').find(({ serial }) => serial === row.values['foreignKey']);
  return found ? { row: found, as: 'concept', always: 'full' } : null;
}

/** One without a weight sinks to the end of the list. */
function giveWeight({ site, tx }: Writer, target: Ref): void {
  if ((tx.now(target).values['sortWeight'] ?? null) !== null) return;
  const weights = site.database.all('personattributetype').flatMap(({ values }) => (typeof values['sortWeight'] === 'number' ? [values['sortWeight']] : []));
  tx.set(target, { sortWeight: Math.max(0, ...weights) + 1 });
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
  save: savingBy({
    needs: { name: 'PersonAttributeType.error.nameEmpty' },
    needsBefore1_11: { description: 'error.description' },
    needsSince1_11: { format: 'PersonAttributeType.error.formatEmpty' },
    unique: { by: 'name', code: 'PersonAttributeType.error.nameAlreadyInUse', field: 'name', evenRetired: true, always: true },
    lock: { property: 'personAttributeTypes.locked', always: false },
    before: giveWeight,
  }),
  reads: { concept: conceptOfType },
});

/** Before core 2.0 the service itself falls over a blank description. */
function requireDescription({ site, tx }: Writer, target: Ref): void {
  if (!site.profile.validatesRelationshipTypes && isBlank(tx.now(target), 'description'))
    throw serverError('Description is required', 'org.openmrs.api.impl.PersonServiceImpl:0');
}

const ENDS = 'aIsToB bIsToA';
const relationshipType = resource({
  name: 'relationshiptype',
  javaClass: 'org.openmrs.RelationshipType',
  life: 'retired',
  alsoFoundBy: 'aIsToB',
  privileges: managed('Get Relationship Types', 'Manage Relationship Types', 'Purge Relationship Types'),
  fields: { ...text(ENDS, 50), ...text('description'), ...each('weight', { is: 'number' }) },
  defaults: { weight: 0 },
  standard: `uuid display description ${ENDS} displayAIsToB displayBIsToA retired`,
  full: `uuid display description ${ENDS} displayAIsToB displayBIsToA retired weight auditInfo`,
  create: words(`${ENDS} weight description`),
  required: words(ENDS),
  display: ({ values }) => `${String(values['aIsToB'])}/${String(values['bIsToA'])}`,
  reads: { displayAIsToB: ({ values }) => values['aIsToB'] ?? '', displayBIsToA: ({ values }) => values['bIsToA'] ?? '' },
  save: savingBy({
    needs: { aIsToB: 'RelationshipType.aIsToB.required', bIsToA: 'RelationshipType.bIsToA.required' },
    needsSince1_11: { description: 'RelationshipType.description.required' },
    unique: { by: ENDS, code: 'duplicate.relationshipType', evenRetired: false, always: false },
    before: requireDescription,
  }),
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

export const metadataTable: readonly Resource[] = [locationTag, identifierType, attributeType, relationshipType, systemSetting];
