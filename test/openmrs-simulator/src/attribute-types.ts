import type { Row } from './database.js';
import { BASIC } from './metadata-lines.js';
import { isBlank, type MetadataRules, savingBy } from './metadata-saving.js';
import type { Profile } from './profile.js';
import { each, type Resource, resource, text, words } from './resource.js';
import type { Validation } from './rest-error.js';

const DATATYPE = 'minOccurs maxOccurs datatypeClassname';
const CORE_DATATYPES = 'org.openmrs.customdatatype.datatype.';

/** `BaseAttributeTypeValidator`. A Java class that this server does not have cannot be made; core's own are everywhere. */
function checkAttributeType(row: Row, errors: Validation, profile: Profile): void {
  const { minOccurs = null, maxOccurs = null, datatypeClassname, preferredHandlerClassname } = row.values;
  const [datatype, handler] = [String(datatypeClassname ?? ''), String(preferredHandlerClassname ?? '')];
  if (minOccurs === null) errors.reject('error.null', 'minOccurs');
  if (Number(minOccurs) < 0) errors.reject('AttributeType.minOccursShouldNotBeLessThanZero', 'minOccurs');
  if (maxOccurs !== null && Number(maxOccurs) < 1) errors.reject('AttributeType.maxOccursShouldNotBeLessThanOne', 'maxOccurs');
  else if (maxOccurs !== null && Number(maxOccurs) < Number(minOccurs)) errors.reject('AttributeType.maxOccursShouldNotBeLessThanMinOccurs', 'maxOccurs');
  if (datatype.trim() === '') errors.reject('error.null', 'datatypeClassname');
  else if (!datatype.startsWith(CORE_DATATYPES)) errors.reject('AttributeType.datatypeConfig.invalid', 'datatypeConfig');
  else if (profile.typesSince1_11 && datatype.endsWith('.RegexValidatedTextDatatype') && isBlank(row, 'datatypeConfig'))
    errors.reject('error.null', 'datatypeConfig');
  if (handler !== '' && !handler.startsWith('org.openmrs.')) errors.reject('AttributeType.handlerConfig.invalid', 'handlerConfig');
}

interface AttributeTypeLine extends Pick<Resource, 'name' | 'javaClass'> {
  readonly version?: string;
  readonly get: string | null;
  readonly manage: string;
  readonly rules: MetadataRules;
}

const attributeType = ({ name, javaClass, version = '1.9', get, manage, rules }: AttributeTypeLine): Resource =>
  resource({
    name,
    javaClass,
    version,
    life: 'retired',
    privileges: { get, add: `Manage ${manage}`, edit: `Manage ${manage}`, remove: `Manage ${manage}`, purge: `Purge ${manage}` },
    fields: {
      ...text('name description datatypeClassname preferredHandlerClassname'),
      ...text('datatypeConfig handlerConfig', 65535),
      ...each('minOccurs maxOccurs', { is: 'number' }),
    },
    defaults: { minOccurs: 0 },
    standard: `${BASIC} ${DATATYPE} preferredHandlerClassname retired`,
    full: `${BASIC} ${DATATYPE} datatypeConfig preferredHandlerClassname handlerConfig retired auditInfo`,
    create: words(`name description ${DATATYPE} datatypeConfig preferredHandlerClassname handlerConfig`),
    required: words('name datatypeClassname'),
    display: (row) => String(row.values['name'] ?? ''),
    save: savingBy(rules),
  });

const checked = { needs: { name: 'error.name' }, check: checkAttributeType };

/** Of visits, places, providers and enrolments. */
export const attributeTypesTable: readonly Resource[] = [
  attributeType({
    name: 'visitattributetype',
    javaClass: 'org.openmrs.VisitAttributeType',
    get: 'Get Visit Attribute Types',
    manage: 'Visit Attribute Types',
    rules: checked,
  }),
  attributeType({
    name: 'locationattributetype',
    javaClass: 'org.openmrs.LocationAttributeType',
    get: null,
    manage: 'Location Attribute Types',
    rules: { ...checked, unique: { by: 'name', code: 'LocationAttributeType.error.nameAlreadyInUse', field: 'name', evenRetired: true, always: false } },
  }),
  attributeType({
    name: 'providerattributetype',
    javaClass: 'org.openmrs.ProviderAttributeType',
    get: null,
    manage: 'Provider Attribute Types',
    rules: {
      ...checked,
      unique: {
        by: 'name',
        code: 'ProviderAttributeType.error.nameAlreadyInUse',
        field: 'name',
        evenRetired: false,
        always: ({ uniqueProviderAttributeTypes }) => uniqueProviderAttributeTypes,
      },
    },
  }),
  // Core has no validator of these; what has no name falls at the database.
  attributeType({
    name: 'programattributetype',
    javaClass: 'org.openmrs.ProgramAttributeType',
    version: '1.9',
    get: 'Get Patient Program Attribute Types',
    manage: 'Patient Program Attribute Types',
    rules: { needs: {} },
  }),
];
