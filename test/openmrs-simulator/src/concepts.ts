import type { Row } from './database.js';
import { nameOf } from './metadata-lines.js';
import { each, type Node, type Resource, resource, type Site, text } from './resource.js';

const nameUuid = (concept: Row): string => `${concept.uuid.slice(0, 32)}NAME`;
const conceptName = (concept: Row): Record<string, unknown> => ({
  display: nameOf(concept),
  uuid: nameUuid(concept),
  name: nameOf(concept),
  locale: 'en',
  localePreferred: true,
  conceptNameType: 'FULLY_SPECIFIED',
});

/** The concept that has a name of that uuid. */
export const conceptNamed = (uuid: string, site: Site): Row | undefined => site.database.all('concept').find((concept) => nameUuid(concept) === uuid);

export function shownConceptName(uuid: string, site: Site): Node {
  const concept = uuid === '' ? undefined : conceptNamed(uuid, site);
  return concept ? { json: { uuid, display: nameOf(concept) } } : null;
}

/** Uuids of core's own datatypes, by the name that a concept's row has for them; `N/A` if it has none. */
const DATATYPES: Readonly<Record<string, string>> = {
  Numeric: '8d4a4488-c2cc-11de-8d13-0010c6dffd0f',
  Coded: '8d4a48b6-c2cc-11de-8d13-0010c6dffd0f',
  Text: '8d4a4ab4-c2cc-11de-8d13-0010c6dffd0f',
  'N/A': '8d4a4c94-c2cc-11de-8d13-0010c6dffd0f',
  Date: '8d4a505e-c2cc-11de-8d13-0010c6dffd0f',
  Time: '8d4a591e-c2cc-11de-8d13-0010c6dffd0f',
  Datetime: '8d4a5af4-c2cc-11de-8d13-0010c6dffd0f',
  Boolean: '8d4a5cca-c2cc-11de-8d13-0010c6dffd0f',
  Complex: '8d4a6242-c2cc-11de-8d13-0010c6dffd0f',
};
const CLASSES: Readonly<Record<string, string>> = {
  Test: '8d4907b2-c2cc-11de-8d13-0010c6dffd0f',
  Diagnosis: '8d4918b0-c2cc-11de-8d13-0010c6dffd0f',
  Frequency: '8e071bfe-520c-44c0-a89b-538e9129b42a',
  Finding: '8d491a9a-c2cc-11de-8d13-0010c6dffd0f',
  ConvSet: '8d492594-c2cc-11de-8d13-0010c6dffd0f',
  Misc: '8d492774-c2cc-11de-8d13-0010c6dffd0f',
};

function named(table: Readonly<Record<string, string>>, key: string, otherwise: string): (row: Row) => Node {
  return (row) => {
    const display = String(row.values[key] ?? otherwise);
    return { json: { uuid: table[display], display, links: [] } };
  };
}

const empty = (): Node => [];
const NAMED = 'uuid display name datatype conceptClass set version retired names descriptions mappings answers setMembers';
const NUMERIC = ['hiNormal', 'hiAbsolute', 'hiCritical', 'lowNormal', 'lowAbsolute', 'lowCritical', 'units', 'allowDecimal', 'displayPrecision', 'precise'];
/** Keys that only numeric concepts have. */
const numericReads = Object.fromEntries(
  NUMERIC.map((key) => [
    key,
    (row: Row): Node => (row.values['datatype'] === 'Numeric' ? (row.values[key === 'precise' ? 'allowDecimal' : key] ?? null) : undefined),
  ]),
);

/** Read only here: concepts are compared, not written. `SOURCE:CODE` finds one by its mapping. */
const concept = resource({
  name: 'concept',
  javaClass: 'org.openmrs.Concept',
  life: 'retired',
  version: '2.0',
  alsoFoundBy: 'mapping',
  privileges: { get: 'Get Concepts', add: 'Manage Concepts', edit: 'Manage Concepts', remove: 'Manage Concepts', purge: 'Purge Concepts' },
  fields: { ...text('name version'), ...each('set', { is: 'boolean' }) },
  defaults: { set: false, version: '' },
  standard: `${NAMED} attributes`,
  full: `${NAMED} auditInfo attributes ${NUMERIC.join(' ')}`,
  create: [],
  display: nameOf,
  reads: {
    name: (row) => ({ json: conceptName(row) }),
    names: (row) => ({ json: [conceptName(row)] }),
    datatype: named(DATATYPES, 'datatype', 'N/A'),
    conceptClass: named(CLASSES, 'conceptClass', 'Misc'),
    descriptions: empty,
    mappings: (row) => (row.values['mapping'] ? { json: [{ display: row.values['mapping'], uuid: `${row.uuid.slice(0, 32)}MAPS` }] } : []),
    answers: empty,
    setMembers: empty,
    attributes: empty,
    ...numericReads,
  },
});

export const conceptsTable: readonly Resource[] = [concept];
