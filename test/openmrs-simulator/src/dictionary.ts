import type { Row } from './database.js';
import { BASIC, managed, nameOf } from './metadata-lines.js';
import { savingBy } from './metadata-saving.js';
import type { Profile } from './profile.js';
import { workflowsOf } from './programs.js';
import { one, type Resource, resource, type Site, text, words } from './resource.js';
import { notSupported, type Validation } from './rest-error.js';

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

/** `ConceptReferenceTermValidator`: no two of one source have one code, and before core 2.7 not even where one is retired. */
function checkTerm(row: Row, errors: Validation, profile: Profile, site: Site): void {
  const source = site.database.find('conceptsource', String(row.values['conceptSource'] ?? ''));
  if (source === undefined) errors.reject('ConceptReferenceTerm.error.sourceRequired', 'conceptSource');
  const code = String(row.values['code'] ?? '').trim();
  const isTwin = (other: Row): boolean =>
    other.uuid !== row.uuid &&
    other.values['conceptSource'] === source?.uuid &&
    String(other.values['code']).toLowerCase() === code.toLowerCase() &&
    !(profile.freesCodesOfRetired && other.values['retired'] === true);
  if (errors.clean && site.database.all('conceptreferenceterm').some(isTwin)) errors.reject('ConceptReferenceTerm.duplicate.code', 'code');
}

const TERM = 'conceptSource description code version';
const conceptReferenceTerm = resource({
  name: 'conceptreferenceterm',
  javaClass: 'org.openmrs.ConceptReferenceTerm',
  life: 'retired',
  version: '1.9',
  privileges: managed('Concept Reference Terms'),
  fields: { ...text('name description code'), ...text('version', 50), conceptSource: one('conceptsource') },
  standard: `uuid display name ${TERM.replace('conceptSource', 'conceptSource:ref')} retired`,
  full: `uuid display name ${TERM} retired auditInfo`,
  create: words('code conceptSource name description version'),
  required: words('code conceptSource'),
  display: (row, site) => `${nameOf(site.database.find('conceptsource', String(row.values['conceptSource'])) ?? row)}: ${String(row.values['code'])}`,
  save: savingBy({ needs: { code: 'ConceptReferenceTerm.error.codeRequired' }, check: checkTerm }),
});

const conceptMapType = resource({
  name: 'conceptmaptype',
  javaClass: 'org.openmrs.ConceptMapType',
  life: 'retired',
  version: '1.9',
  alsoFoundBy: 'name',
  privileges: managed('Concept Map Types'),
  fields: { ...text('name description'), isHidden: { is: 'boolean' } },
  standard: `${BASIC} isHidden retired`,
  full: `${BASIC} isHidden retired auditInfo`,
  create: words('name description isHidden'),
  required: ['name'],
  display: nameOf,
});

/** Looked up, never written. */
const conceptDatatype = resource({
  name: 'conceptdatatype',
  javaClass: 'org.openmrs.ConceptDatatype',
  life: 'retired',
  alsoFoundBy: 'name',
  privileges: managed('Concept Datatypes'),
  fields: text('name description hl7Abbreviation'),
  standard: `${BASIC} hl7Abbreviation retired`,
  full: `${BASIC} hl7Abbreviation retired auditInfo`,
  display: nameOf,
  save: () => {
    throw notSupported();
  },
});

const PROGRAM = 'concept outcomesConcept allWorkflows';
const program = resource({
  name: 'program',
  javaClass: 'org.openmrs.Program',
  life: 'retired',
  alsoFoundBy: 'name',
  privileges: managed('Programs'),
  fields: { ...text('name', 100), ...text('description', 500), concept: one('concept'), outcomesConcept: one('concept') },
  standard: `uuid name retired description concept:ref allWorkflows outcomesConcept:full`,
  full: `uuid name description retired ${PROGRAM} auditInfo`,
  create: words('name description concept outcomesConcept retired'),
  required: words('name description concept'),
  display: nameOf,
  reads: { allWorkflows: workflowsOf },
  save: savingBy({
    needs: { name: 'error.name', concept: 'error.concept' },
    needsBefore1_11: { description: 'error.description.required' },
    unique: { by: 'name', code: 'general.error.nameAlreadyInUse', field: 'name', evenRetired: true, always: true },
  }),
});

/** What the dictionary of concepts is made with, and what is made of concepts. */
export const dictionaryTable: readonly Resource[] = [conceptClass, conceptSource, conceptReferenceTerm, conceptMapType, conceptDatatype, program];
