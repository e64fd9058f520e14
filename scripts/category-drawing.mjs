/** docs/categories.md, as the category files say it. */
import { code, table } from './markdown.mjs';

/** The platforms that are simulated and tested, each with its webservices.rest, and its fhir2 and appointments module where it has them. */
const PLATFORMS = {
  1.9: ['2.12'],
  1.12: ['2.24.0'],
  2.1: ['2.20.0'],
  2.3: ['2.29.0', '1.3.0', '2.0.2'],
  2.8: ['3.4.0', '4.2.0', '2.1.0'],
};

export function categoriesDrawing({ CATEGORIES, capabilitiesOf, kinds }) {
  const categories = Object.values(CATEGORIES);
  const platforms = Object.entries(PLATFORMS).map(([version, [rest, fhir2 = null, appointments = null]]) => ({
    version,
    can: capabilitiesOf({ platform: version, rest, fhir2, appointments, privileges: [] }),
  }));
  return `<!-- Drawn from libs/categories/src/*.category.ts by "npm run draw". Do not edit: change the category's file. -->

# The kinds of record

${categories.length} categories, each a class of a link that is switched on by name and direction. What follows stands in one file each, \`libs/categories/src/<name>.category.ts\`, with the sources of its facts.

All are merged field by field: what one end changed goes to the other, what both changed to different values is asked about. Lists are unions by the key of their items: what either end adds is there at both, and an item goes where one end that had it removed it and the other left it as it was.
The item that is preferred by a field is never one that is not there, and never two: where each end prefers another, or one end removes what the other prefers, a person is asked. Text is compared without the blanks around it, moments to the second, numbers as numbers. Where a kind has rules beside that, they stand with it as **Merging**.

${table(
  ['Category', 'What', 'REST resource', 'Feed categories', 'Flows', 'Taken out of use', 'Tells what it held then'],
  categories.map(({ name, openmrsClass, resource, under, fhirAlone, ownRest, feeds, flows, deleted, toldWhenDeleted }) => [
    code(name),
    code(openmrsClass),
    under !== undefined
      ? code(`${under.resource}/<uuid>/${under.path}`)
      : fhirAlone !== undefined
        ? `none; ${code(fhirAlone.resource)} of fhir2`
        : ownRest !== undefined
          ? `none; ${code(ownRest.postedAt)} of a module's own`
          : code(resource),
    fhirAlone !== undefined ? 'none; asked of fhir2' : feeds.map(code).join(', '),
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
    ...byFhir(category),
    ...byFhirAlone(category),
    ...byOwnRest(category),
    ...oneOfEach(category),
    ...merging(category),
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
  ...(nameIsKey !== undefined ? ['Looked for by name before one is made.'] : []),
  ...(staysInUse === undefined ? [] : [`**Unsupported**: taking one out of use, and bringing one back; nothing is sent: ${staysInUse}.`]),
];

/** What fhir2 changes, where it is asked to. */
const byFhir = ({ fhirR4 }) =>
  fhirR4 === undefined
    ? []
    : [
        `By fhir2 (R4 ${code(fhirR4.resource)}, ${fhirR4.since} and newer), where ${fhirR4.isBetter === true ? 'REST would make another of it, or where ' : ''}it is the preferred client, as far as nothing is lost: ${fhirR4.writes.map(code).join(', ')}. All else by REST.`,
      ];

/** What only fhir2 knows. */
const byFhirAlone = ({ fhirAlone }) =>
  fhirAlone === undefined
    ? []
    : [
        `Read and written by fhir2 alone (R4 ${code(fhirAlone.resource)}), under a uuid that each server gives; lists are said whole. Never emptied once they say something: ${fhirAlone.neverEmptied.map(code).join(', ')}.`,
      ];

/** What a module's own REST knows. */
const byOwnRest = ({ ownRest }) =>
  ownRest === undefined
    ? []
    : [
        `Read at ${code(ownRest.readAt('<uuid>'))} and written at ${code(ownRest.postedAt)}, under a uuid that each server gives; said whole. Never emptied once they say something: ${ownRest.neverEmptied.map(code).join(', ')}.`,
      ];

/** What a patient has one of at most. */
const oneOfEach = ({ oneOfEach: same }) => (same === undefined ? [] : ['A patient has one of each at most: looked for by what it is of before one is made.']);

/** How two of them are merged, beside field by field; what is chosen from a list stands in the table of lists. */
const merging = ({ merges = [], mergedAway }) => [
  ...merges.map(mergeRule),
  ...(mergedAway === undefined
    ? []
    : ['**Merging**: one that was merged into another is voided or brought back nowhere unasked, nor what hangs on it: a person is asked (`merged-away`).']),
];

function mergeRule(rule) {
  switch (rule.rule) {
    case 'stands':
      return `**Merging**: once it is said it stands, and is asked about (\`would-take-back\`) where one end takes it back: ${rule.facts.map((fields) => fields.map(code).join(' or ')).join(', ')}.`;
    case 'whole':
      return '**Merging**: never put together by field: what both ends changed is asked about as a whole (`not-by-field`).';
    case 'person-before-task':
      return `**Merging**: what a person wrote into ${code(rule.field)} stands before what a task of the other server did; of two that tasks wrote, the child's stands.`;
    case 'chosen':
      return `**Merging**: ${code(rule.field)} names an item of ${code(rule.list)} that is there.`;
  }
}

/** Fields that a body holds in one object. */
const held = ({ nested = {} }) => Object.entries(nested).map(([key, names]) => `In one object, ${code(key)}, and sent whole: ${names.map(code).join(', ')}.`);

/** Where none is changed in place. */
function notChanged({ replacedWhenChanged = () => null }, platforms) {
  const reason = platforms.map(({ can }) => replacedWhenChanged(can)).find((one) => one !== null) ?? null;
  return reason === null
    ? []
    : [
        `**Never changed in place** on ${those((can) => replacedWhenChanged(can) !== null, platforms)}, and held as ${code('cannot-change')} where nothing else can: ${reason}.`,
      ];
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
  kind.pointsTo !== undefined
    ? 'reference to one of several kinds'
    : kind.refersTo === undefined
      ? (Object.entries(kinds).find(([, one]) => one === kind)?.[0] ?? 'text').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
      : 'reference';
const refersTo = ({ refersTo: to, refersToMany = [], pointsTo }) =>
  (pointsTo !== undefined ? [...new Set(pointsTo.kinds.map(({ resource }) => resource))] : to === undefined ? refersToMany : [to.resource])
    .map(code)
    .join(', ');

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
