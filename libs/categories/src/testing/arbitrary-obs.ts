import { type Fields, itemPath, type Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { itemFieldPath } from '../list.js';
import type { Platform } from '../platform.js';

const day = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => date.toISOString());
const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.trim() === text && text !== '');
const pick = (kind: string) => fc.integer({ min: 1, max: 3 }).map((n) => `${kind}-${n}`);

const VALUES: Readonly<Record<string, fc.Arbitrary<Scalar>>> = {
  numeric: fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => JSON.parse(JSON.stringify(number)) as number),
  text: word,
  coded: pick('answer'),
  drug: pick('drug'),
  location: pick('location'),
  date: day.map((iso) => iso.slice(0, 10)),
  time: day.map((iso) => iso.slice(11, 16)),
  datetime: day.map((iso) => `${iso.slice(0, 16)}Z`),
};

interface Node {
  readonly uuid: string;
  readonly kind: string;
  readonly concept: string;
  readonly value: Scalar;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly members: readonly Node[];
}

const maybe = (arbitrary: fc.Arbitrary<Scalar>) => fc.option(arbitrary, { nil: null, freq: 1 });
const instant = day.map((iso) => `${iso.slice(0, 19)}Z`);

/** Fields in normal form: none that is inherited, that the server says of itself, or that the platform lacks. */
function fieldsOf(kind: string, of: 'encounter' | 'observation', platform: Platform): fc.Arbitrary<Readonly<Record<string, Scalar>>> {
  const form = platform.hasFormFields ? { formFieldNamespace: maybe(word), formFieldPath: maybe(word) } : {};
  const status = platform.hasObsStatus ? { status: maybe(fc.constantFrom('PRELIMINARY', 'AMENDED')) } : {};
  const interpretation = platform.hasObsStatus && kind !== 'numeric' ? { interpretation: maybe(fc.constantFrom('NORMAL', 'ABNORMAL')) } : {};
  const comment = kind === 'location' ? {} : { comment: maybe(word) };
  return fc.record({
    obsDatetime: of === 'observation' ? instant : maybe(instant),
    location: maybe(pick('ward')),
    accessionNumber: maybe(word),
    valueModifier: kind === 'numeric' ? maybe(fc.constantFrom('<', '>')) : fc.constant(null),
    ...form,
    ...status,
    ...interpretation,
    ...comment,
  }) as fc.Arbitrary<Readonly<Record<string, Scalar>>>;
}

function leaf(of: 'encounter' | 'observation', platform: Platform): fc.Arbitrary<Node> {
  return fc.constantFrom(...Object.keys(VALUES)).chain((kind) =>
    fc.record({
      uuid: fc.constant(''),
      kind: fc.constant(kind),
      concept: pick(`concept-${kind}`),
      value: VALUES[kind] ?? fc.constant(null),
      fields: fieldsOf(kind, of, platform),
      members: fc.constant([]),
    }),
  );
}

function group(of: 'encounter' | 'observation', platform: Platform, member: fc.Arbitrary<Node>): fc.Arbitrary<Node> {
  return fc.record({
    uuid: fc.constant(''),
    kind: fc.constant('group'),
    concept: pick('concept-group'),
    value: fc.constant(null),
    fields: fieldsOf('group', of, platform),
    members: fc.array(member, { minLength: 1, maxLength: 2 }),
  });
}

function paths({ uuid, kind, concept, value, fields, members }: Node, parent: string | null): readonly (readonly [string, Scalar])[] {
  const heart = JSON.stringify({ concept, ...(parent === null ? {} : { group: parent }), ...(kind === 'group' ? {} : { [kind]: value }) });
  const own = Object.entries(fields).filter(([, field]) => field !== null);
  return [
    [itemPath('obs', uuid), heart],
    ...own.map(([name, field]) => [itemFieldPath('obs', uuid, name), field] as const),
    ...members.flatMap((member) => paths(member, uuid)),
  ];
}

/** The tree with a uuid for each node, none of them twice. */
const named = (node: Node, left: string[]): Node => ({ ...node, uuid: left.pop() ?? '', members: node.members.map((member) => named(member, left)) });

/** Trees of obs in normal form: several for an encounter, one for an observation. */
export function arbitraryObs(of: 'encounter' | 'observation', platform: Platform): fc.Arbitrary<Fields> {
  const single = leaf(of, platform);
  const tree = fc.oneof(single, group(of, platform, single), group(of, platform, fc.oneof(single, group(of, platform, single))));
  const trees = of === 'observation' ? fc.tuple(tree) : fc.array(tree, { maxLength: 3 });
  const uuids = fc.uniqueArray(fc.uuid(), { minLength: 40, maxLength: 40 });
  return fc.tuple(trees, uuids).map(([roots, all]) => {
    const left = [...all];
    return Object.fromEntries(roots.flatMap((root) => paths(named(root, left), null))) as Fields;
  });
}
