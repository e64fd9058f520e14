/** docs/categories.md, as the category files say it. */
import { code, table } from './markdown.mjs';

/** The platforms that are simulated and tested, each with its webservices.rest. */
const PLATFORMS = { 1.9: '2.12', 1.12: '2.24.0', 2.1: '2.20.0', 2.3: '2.29.0', 2.8: '3.4.0' };

export function categoriesDrawing({ CATEGORIES, capabilitiesOf, kinds }) {
  const categories = Object.values(CATEGORIES);
  const platforms = Object.entries(PLATFORMS).map(([version, rest]) => ({ version, can: capabilitiesOf({ platform: version, rest, mayName: () => false }) }));
  return `<!-- Drawn from libs/categories/src/*.category.ts by "npm run draw". Do not edit: change the category's file. -->

# The kinds of record

${categories.length} categories, each a class of a link that is switched on by name and direction. What follows stands in one file each, \`libs/categories/src/<name>.category.ts\`, with the sources of its facts.

${table(
  ['Category', 'What', 'REST resource', 'Feed categories', 'Flows', 'Taken out of use', 'Tells what it held then'],
  categories.map(({ name, openmrsClass, resource, feeds, flows, deleted, toldWhenDeleted }) => [
    code(name),
    code(openmrsClass),
    code(resource),
    feeds.map(code).join(', '),
    flows === 'parent-to-child' ? 'parent to child, and up only with `metadataFromChild`' : 'both ways',
    deleted,
    toldWhenDeleted ? 'yes' : 'no',
  ]),
)}

${categories.map((category) => section(category, { platforms, kinds })).join('\n')}`;
}

function section(category, { platforms, kinds }) {
  const { name, title, scalars, lists, requires, saidEmpty = [], fixed = [], deferrable = [] } = category;
  const notes = [
    ['Not created without', requires],
    ['Named in a create though empty', saidEmpty],
    ['Never changed once it is there', fixed],
    ['May be written after the record itself', deferrable],
  ].flatMap(([words, names]) => (names.length === 0 ? [] : [`${words}: ${names.map(code).join(', ')}.`]));
  const unwritten = [
    ...held(category),
    ...notWritten(category, platforms),
    ...notChanged(category, platforms),
    ...notRestored(category, platforms),
    ...stays(category),
  ];
  const fields = table(
    ['Field', 'Is', 'Refers to', 'Platforms'],
    Object.entries(scalars).map(([field, kind]) => [code(field), kindOf(kind, kinds), refersTo(kind), having(category, field, platforms)]),
  );
  const inLists = table(
    ['List', 'Written', 'Fields of an item', 'Preferred by', 'Refers to', 'Platforms'],
    lists.map(({ name: list, owner, written, unsupported, fields: own = [], preferred, refersTo: records = [], names = [], onlyWhere = () => true }) => [
      code(list),
      [writtenBy(written, owner), ...notWritten({ unsupported }, platforms)].join('. '),
      own.map(code).join(', '),
      preferred === undefined ? '' : code(preferred.field),
      [...records, ...names].map(code).join(', '),
      those(onlyWhere, platforms),
    ]),
  );
  return `## ${title} (${code(name)})\n\n${[...notes, ...unwritten].join(' ')}\n\n${fields}\n${lists.length === 0 ? '' : `\n${inLists}\n`}`;
}

/** What is never done with records of the category. */
const stays = ({ nameIsKey, staysInUse, cannotMake }) => [
  ...(cannotMake === undefined ? [] : [`**Unsupported**: making ${cannotMake.which}; nothing is sent: ${cannotMake.reason}.`]),
  ...(nameIsKey === true ? ['Looked for by name before one is made.'] : []),
  ...(staysInUse === undefined ? [] : [`**Unsupported**: taking one out of use, and bringing one back; nothing is sent: ${staysInUse}.`]),
];

/** Fields that a body holds in one object. */
const held = ({ nested = {} }) => Object.entries(nested).map(([key, names]) => `In one object, ${code(key)}, and sent whole: ${names.map(code).join(', ')}.`);

/** Where none is changed in place. */
function notChanged({ replacedWhenChanged = () => null }, platforms) {
  const reason = platforms.map(({ can }) => replacedWhenChanged(can)).find((one) => one !== null) ?? null;
  return reason === null
    ? []
    : [`**Never changed in place** on ${those((can) => replacedWhenChanged(can) !== null, platforms)}, and held as ${code('cannot-change')}: ${reason}.`];
}

/** Where one that is voided stays so. */
function notRestored({ cannotRestore = () => null }, platforms) {
  const reason = platforms.map(({ can }) => cannotRestore(can)).find((one) => one !== null) ?? null;
  return reason === null
    ? []
    : [`**Unsupported** on ${those((can) => cannotRestore(can) !== null, platforms)}: bringing a voided one back; nothing is sent: ${reason}.`];
}

/** Where a record is refused as `unsupported`, each reason once. */
function notWritten({ unsupported = () => null }, platforms) {
  const reasons = [...new Set(platforms.map(({ can }) => unsupported(can)).filter((reason) => reason !== null))];
  return reasons.map((reason) => `**Unsupported** on ${those((can) => unsupported(can) === reason, platforms)} platforms, nothing is sent: ${reason}.`);
}

const kindOf = (kind, kinds) => (kind.refersToMany === undefined ? kindOfOne(kind, kinds) : 'references in order');
const kindOfOne = (kind, kinds) =>
  kind.refersTo === undefined
    ? (Object.entries(kinds).find(([, one]) => one === kind)?.[0] ?? 'text').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : 'reference';
const refersTo = ({ refersTo: to, refersToMany = [] }) => (to === undefined ? refersToMany : [to.resource]).map(code).join(', ');

const having = ({ scalarsOn }, field, platforms) => those((can) => scalarsOn(can).includes(field), platforms);

/** The platforms of which it holds, by version. */
function those(holds, platforms) {
  const versions = platforms.filter(({ can }) => holds(can)).map(({ version }) => version);
  return versions.length === platforms.length ? 'all' : versions.join(', ');
}

function writtenBy(written, owner) {
  switch (written.by) {
    case 'item':
      return `one by one, ${code(`${owner}/<uuid>/${written.path}`)}`;
    case 'span':
      return `one by one, no two over each other, ${code(`${owner}/<uuid>/${written.path}`)}`;
    case 'whole-list':
      return `as a whole, uuids of ${code(written.of)}`;
    case 'nested':
      return `as one list, with the record${written.leaves === undefined ? '' : `; what leaves it one by one, ${code(`${owner}/<uuid>/${written.leaves.path}`)}`}`;
    case 'obs':
      return 'as obs: voided and made, never changed';
  }
}
