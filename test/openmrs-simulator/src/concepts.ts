import { NUMERIC_KEYS, saveConcept, setAnswers, setMappings, setMembers, setNames } from './concept-saving.js';
import type { Ref, Row } from './database.js';
import { nameOf } from './metadata-lines.js';
import { each, type Node, one, type Resource, type ResourceName, resource, type Shown, type Site, text, words } from './resource.js';
import { conversion } from './rest-error.js';
import type { Writer } from './writer.js';

/** The concept that has a live name of that uuid. */
export const conceptNamed = (uuid: string, site: Site): Row | undefined => {
  const name = site.database.find('conceptname', uuid);
  return name === undefined ? undefined : site.database.find('concept', name.owner ?? '');
};

export function shownConceptName(uuid: string, site: Site): Node {
  const name = uuid === '' ? undefined : site.database.find('conceptname', uuid);
  return name ? { json: { uuid, display: nameOf(name) } } : null;
}

/** Uuids of core's own datatypes, by the name that a concept's row has for them; `N/A` if it has none. */
export const DATATYPES: Readonly<Record<string, string>> = {
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
export const CLASSES: Readonly<Record<string, string>> = {
  Test: '8d4907b2-c2cc-11de-8d13-0010c6dffd0f',
  Diagnosis: '8d4918b0-c2cc-11de-8d13-0010c6dffd0f',
  Frequency: '8e071bfe-520c-44c0-a89b-538e9129b42a',
  Finding: '8d491a9a-c2cc-11de-8d13-0010c6dffd0f',
  ConvSet: '8d492594-c2cc-11de-8d13-0010c6dffd0f',
  Misc: '8d492774-c2cc-11de-8d13-0010c6dffd0f',
};

interface Table {
  readonly of: Readonly<Record<string, string>>;
  readonly kind: 'conceptdatatype' | 'conceptclass';
  readonly otherwise: string;
}
const DATATYPE: Table = { of: DATATYPES, kind: 'conceptdatatype', otherwise: 'N/A' };
const CLASS: Table = { of: CLASSES, kind: 'conceptclass', otherwise: 'Misc' };

/** A concept's row has for them core's own names, or the uuid of what somebody has made. */
function named({ of, kind, otherwise }: Table, key: string): (row: Row, site: Site) => Node {
  return (row, site) => {
    const told = String(row.values[key] ?? otherwise);
    const made = site.database.find(kind, told);
    return made === undefined ? { json: { uuid: of[told], display: told, links: [] } } : { row: made, as: kind, always: 'ref' };
  };
}

function setNamed({ of, kind }: Table, key: string): (writer: Writer, target: Ref, posted: unknown) => void {
  return (writer, target, posted) => {
    const own = Object.entries(of).find(([, uuid]) => uuid === posted)?.[0];
    const made = writer.resolve(kind, posted);
    if (own === undefined && made === null) throw conversion('null');
    writer.tx.set(target, { [key]: own ?? made?.uuid ?? null });
  };
}

const partsOf =
  (kind: 'conceptname' | 'conceptdescription' | 'conceptmap') =>
  (row: Row, site: Site): Node =>
    site.database
      .ownedBy(row.uuid, kind)
      .filter(({ values }) => values['voided'] !== true)
      .map((part) => ({ row: part, as: kind as ResourceName }));

const listed =
  (key: 'answers' | 'setMembers') =>
  (row: Row, site: Site): Node =>
    (Array.isArray(row.values[key]) ? (row.values[key] as readonly string[]) : []).flatMap((uuid): Shown[] => {
      const [concept, drug] = [site.database.find('concept', uuid), site.database.find('drug', uuid)];
      if (drug !== undefined) return [{ row: drug, as: 'drug' }];
      const isLeftOut = key === 'answers' && concept?.values['retired'] === true;
      return concept === undefined || isLeftOut ? [] : [{ row: concept, as: 'concept' }];
    });

const preferred = (row: Row, site: Site): Node => {
  const names = site.database.ownedBy(row.uuid, 'conceptname').filter(({ values }) => values['voided'] !== true);
  const name = names.find(({ values }) => values['localePreferred'] === true) ?? names[0];
  return name === undefined ? null : { row: name, as: 'conceptname' };
};

const NAMED = 'uuid display name datatype conceptClass set version retired names descriptions mappings answers setMembers';
/** Keys that only numeric concepts have. */
const numericReads = Object.fromEntries(
  [...NUMERIC_KEYS, 'precise'].map((key) => [
    key,
    (row: Row): Node => (row.values['datatype'] === 'Numeric' ? (row.values[key === 'precise' ? 'allowDecimal' : key] ?? null) : undefined),
  ]),
);

const PRIVILEGES = { get: 'Get Concepts', add: 'Manage Concepts', edit: 'Manage Concepts', remove: 'Manage Concepts', purge: 'Purge Concepts' };

/** `SOURCE:CODE` finds one by its mapping. */
const concept = resource({
  name: 'concept',
  javaClass: 'org.openmrs.Concept',
  life: 'retired',
  version: '2.0',
  alsoFoundBy: 'mapping',
  privileges: PRIVILEGES,
  fields: {
    ...text('name version datatype conceptClass units'),
    ...each('set allowDecimal', { is: 'boolean' }),
    ...each('hiNormal hiAbsolute hiCritical lowNormal lowAbsolute lowCritical displayPrecision', { is: 'number' }),
  },
  defaults: { set: false, version: '' },
  standard: `${NAMED} attributes`,
  full: `${NAMED} auditInfo attributes ${NUMERIC_KEYS.join(' ')} precise`,
  create: words(`names datatype conceptClass descriptions set version mappings answers setMembers ${NUMERIC_KEYS.join(' ')}`),
  required: words('names datatype conceptClass'),
  parts: ['conceptname', 'conceptdescription', 'conceptmap'],
  display: nameOf,
  reads: {
    name: preferred,
    names: partsOf('conceptname'),
    datatype: named(DATATYPE, 'datatype'),
    conceptClass: named(CLASS, 'conceptClass'),
    descriptions: partsOf('conceptdescription'),
    mappings: partsOf('conceptmap'),
    answers: listed('answers'),
    setMembers: listed('setMembers'),
    attributes: () => [],
    ...numericReads,
  },
  sets: {
    names: setNames,
    datatype: setNamed(DATATYPE, 'datatype'),
    conceptClass: setNamed(CLASS, 'conceptClass'),
    mappings: setMappings,
    answers: setAnswers,
    setMembers,
    descriptions: (writer, target, posted) => {
      for (const part of writer.all('conceptdescription', posted)) writer.tx.adopt(part, target.uuid);
    },
  },
  save: saveConcept,
});

/** The whole concept is saved with any part of it. */
function saveOwner(writer: Writer, part: Ref): void {
  const owner = { kind: 'concept' as const, uuid: writer.tx.now(part).owner ?? '' };
  writer.tx.touch(owner);
  saveConcept(writer, owner);
}

const NAME = 'name locale localePreferred conceptNameType';
const conceptName = resource({
  name: 'conceptname',
  javaClass: 'org.openmrs.ConceptName',
  life: 'voided',
  version: '1.9',
  under: { parent: 'concept', path: 'name' },
  privileges: PRIVILEGES,
  fields: {
    ...text('name locale'),
    localePreferred: { is: 'boolean' },
    conceptNameType: { is: 'choice', from: ['FULLY_SPECIFIED', 'SHORT', 'INDEX_TERM'] },
  },
  defaults: { localePreferred: false },
  standard: `display uuid ${NAME}`,
  full: `display uuid ${NAME} auditInfo`,
  create: words(NAME),
  required: words('name locale'),
  display: nameOf,
  save: saveOwner,
});

const description = resource({
  name: 'conceptdescription',
  javaClass: 'org.openmrs.ConceptDescription',
  life: 'neither',
  version: '1.9',
  under: { parent: 'concept', path: 'description' },
  privileges: PRIVILEGES,
  fields: { ...text('description', 65535), ...text('locale') },
  standard: 'display uuid description locale',
  full: 'uuid description locale auditInfo',
  create: words('description locale'),
  required: words('description locale'),
  display: ({ values }) => String(values['description'] ?? ''),
  save: saveOwner,
  purges: (writer, row) => {
    writer.tx.remove(row);
    const owner = { kind: 'concept' as const, uuid: row.owner ?? '' };
    writer.tx.touch(owner);
    saveConcept(writer, owner);
  },
});

const map = resource({
  name: 'conceptmap',
  javaClass: 'org.openmrs.ConceptMap',
  life: 'neither',
  version: '1.9',
  under: { parent: 'concept', path: 'mapping' },
  privileges: PRIVILEGES,
  fields: { conceptReferenceTerm: one('conceptreferenceterm'), conceptMapType: one('conceptmaptype') },
  standard: 'display uuid conceptReferenceTerm:ref conceptMapType:ref',
  full: 'display uuid conceptReferenceTerm conceptMapType auditInfo',
  create: words('conceptReferenceTerm conceptMapType'),
  required: words('conceptReferenceTerm conceptMapType'),
  display: (row, site) => String(site.database.find('conceptreferenceterm', String(row.values['conceptReferenceTerm']))?.values['code'] ?? ''),
  save: saveOwner,
  // Out of memory, and not saved.
  purges: () => undefined,
});

export const conceptsTable: readonly Resource[] = [concept, conceptName, description, map];
