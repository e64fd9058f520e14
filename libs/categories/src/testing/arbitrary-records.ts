import { coverName, type Fields, itemPath, type Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { absentRecord, CATEGORIES } from '../all-categories.js';
import type { CanonicalRecord, RecordCategory } from '../canonical.js';
import type { CategorySpec } from '../category-spec.js';
import { itemFieldPath, type ListSpec, listsOn, partsKey } from '../list.js';
import { mergedBy } from '../merge-rules.js';
import { addressParts } from '../person-lists.js';
import { MODERN_PLATFORM, type Platform } from '../platform.js';
import { arbitraryObs } from './arbitrary-obs.js';
import { instant, maybe, pick, SCALARS, text } from './arbitrary-scalars.js';
import { SINGLE_TYPE } from './rest-row.js';

const NAME_PARTS = ['prefix', 'givenName', 'middleName', 'familyNamePrefix', 'familyName', 'familyName2', 'familyNameSuffix', 'degree'];
/** References of FHIR: to records, to what has several kinds, and to what is nothing of ours. */
const pointer = fc.oneof(
  ...['ServiceRequest/order', 'Observation/obs', 'Practitioner/provider', 'Encounter/visit', 'Task/task', 'Location/location'].map((to) => pick(to)),
  fc.constantFrom('https://lab.example/fhir/ServiceRequest/1', 'Organization/lab-1', '#contained'),
);
const POINTERS = new Set(['subject', 'encounter', 'location', 'owner', 'focus']);

/** What records of one category have under a name that means something else to another. */
const ownOf = (category: RecordCategory, name: string): fc.Arbitrary<Scalar> | undefined =>
  category === 'task' ? ofTask(name) : (category === 'diagnosis' || category === 'order') && name === 'encounter' ? pick('encounter') : undefined;

function ofTask(name: string): fc.Arbitrary<Scalar> | undefined {
  if (name === 'subject') return fc.constant(null);
  if (POINTERS.has(name)) return maybe(pointer);
  return name.startsWith('execution') ? maybe(instant) : undefined;
}

/** What is said of no other scalar: the uuid of what it refers to, or text. */
function anyOf({ scalars, requires }: CategorySpec, name: string): fc.Arbitrary<Scalar> {
  const refersTo = scalars[name]?.refersTo;
  const value = refersTo === undefined ? text : pick(refersTo.resource);
  return requires.includes(name) ? value : maybe(value);
}

/** Items of these are uuids, and have none beside. */
const WHOLE_LISTS = /^(tags|conceptClasses|privileges|inheritedRoles|reactions)\[/;

interface Item {
  readonly key: string;
  readonly value: Scalar;
  readonly fields?: Readonly<Record<string, Scalar>>;
}

const day = instant.map((value) => value.slice(0, 10));

/** States one after another, with or without a gap between them, the last perhaps open. */
export const arbitraryStates: fc.Arbitrary<readonly Item[]> = fc
  .record({
    days: fc.uniqueArray(day, { minLength: 0, maxLength: 8 }),
    state: fc.array(pick('state'), { minLength: 4, maxLength: 4 }),
    gaps: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
    isOpen: fc.boolean(),
  })
  .map(({ days, state, gaps, isOpen }) => {
    const sorted = [...days].sort();
    const starts = sorted.filter((_, index) => index % 2 === 0);
    return starts.map((start, index) => {
      const next = starts[index + 1];
      const end = next === undefined ? (isOpen ? null : (sorted[index * 2 + 1] ?? null)) : gaps[index] === true ? (sorted[index * 2 + 1] ?? null) : next;
      return { key: `${state[index] ?? ''}|${start}`, value: true, fields: { endDate: end } };
    });
  });

const parts = (names: readonly string[]) =>
  fc
    .tuple(...names.map((name) => maybe(/Date$/.test(name) ? instant : text)))
    .map((values) => partsKey(names.map((name, index) => [name, values[index] ?? null] as const)));

const locale = fc.constantFrom('en', 'fr', 'en_GB');
const arbitraryConceptName: fc.Arbitrary<Item> = fc
  .record({ locale, type: fc.constantFrom('FULLY_SPECIFIED', 'SHORT', 'INDEX_TERM', null), name: text, value: fc.boolean() })
  .map(({ value, ...own }) => ({ key: partsKey(Object.entries(own)), value }));
function arbitraryItem(list: ListSpec, platform: Platform): fc.Arbitrary<Item> {
  switch (list.name) {
    case 'names':
      if (list.owner === 'concept') return arbitraryConceptName;
      return parts(NAME_PARTS).map((key) => ({ key, value: true }));
    case 'addresses':
      return parts(addressParts(platform)).map((key) => ({ key, value: true }));
    case 'identifiers':
      return fc
        .record({ type: pick('idtype'), identifier: text, location: maybe(pick('location')) })
        .map(({ type, identifier, location }) => ({ key: `${type}|${identifier}`, value: true, fields: { location } }));
    case 'attributes':
      return fc
        .record({ type: pick('attributetype'), value: text })
        .map(({ type, value }) => (list.owner !== 'person' && type !== SINGLE_TYPE ? { key: `${type}|${value}`, value: true } : { key: type, value }));
    case 'descriptions':
      return fc.record({ locale, description: text }).map((own) => ({ key: partsKey(Object.entries(own)), value: true }));
    case 'mappings':
      return fc.record({ key: pick('conceptreferenceterm'), value: pick('conceptmaptype') });
    case 'results':
      return pick('obs').map((key) => ({ key, value: true }));
    case 'orders':
      return fc.record({ key: pick('order'), value: fc.constantFrom('ServiceRequest', 'MedicationRequest') });
    case 'reactions':
      return fc.record({ reaction: pick('concept'), reactionNonCoded: maybe(text) }).map((own) => ({ key: partsKey(Object.entries(own)), value: true }));
    case 'basedOn':
    case 'partOf':
      return pointer.map((key) => ({ key, value: true }));
    case 'input':
    case 'output':
      return fc
        .tuple(
          pick('concept'),
          fc.oneof(
            pointer.map((value) => ['reference', value] as const),
            text.map((value) => ['text', value] as const),
            fc.integer().map((value) => ['number', value] as const),
            instant.map((value) => ['moment', value] as const),
          ),
        )
        .map(([type, value]) => ({ key: partsKey([['type', type], value]), value: true }));
    case 'members':
      return fc
        .record({ key: pick('person'), startDate: instant, endDate: maybe(instant) })
        .map(({ key, ...fields }) => (list.fields === undefined ? { key, value: true } : { key, value: true, fields }));
    case 'encounterProviders':
      return fc.tuple(pick('provider'), pick('role')).map(([provider, role]) => ({ key: `${provider}|${role}`, value: true }));
    default:
      return pick('tag').map((key) => ({ key, value: true }));
  }
}

const itemsOf = (list: ListSpec, platform: Platform): fc.Arbitrary<readonly Item[]> => {
  if ((list.unsupported?.(platform) ?? null) !== null) return fc.constant([]);
  if (list.name === 'states') return arbitraryStates;
  return fc.uniqueArray(arbitraryItem(list, platform), { selector: ({ key }) => key, minLength: list.atLeastOne === true ? 1 : 0, maxLength: 3 });
};

/** Of the scalars that stand in an object which must be there the first one, where none says anything. */
function saidSomehow({ nested = {}, requires }: CategorySpec, values: Fields): Fields {
  const empty = Object.entries(nested).filter(([key, names]) => requires.includes(key) && names.every((name) => (values[name] ?? null) === null));
  return Object.fromEntries(empty.map(([, [first = '']]) => [first, 'concept-1']));
}

/** The content of a record of this category, in normal form, as it would be told by a site of this platform. */
export function arbitraryFields(category: RecordCategory, platform: Platform = MODERN_PLATFORM): fc.Arbitrary<Fields> {
  const spec = CATEGORIES[category];
  const scalars = fc
    .record(Object.fromEntries(spec.scalarsOn(platform).map((name) => [name, ownOf(category, name) ?? SCALARS[name] ?? anyOf(spec, name)])))
    .map((values) => ({ ...values, ...saidSomehow(spec, values) }));
  const obs = category === 'encounter' || category === 'observation' ? arbitraryObs(category, platform) : fc.constant({});
  const lists = fc.tuple(
    ...listsOn(spec, platform)
      .filter(({ written }) => written.by !== 'obs')
      .map((list) => fc.tuple(fc.constant(list), itemsOf(list, platform), fc.nat())),
  );
  return fc
    .tuple(scalars, lists, obs)
    .map(
      ([values, chosen, own]) =>
        ({ ...spec.says?.fields, ...values, ...Object.assign({}, ...chosen.map(([list, items, n]) => listFields(list, items, n))), ...own }) as Fields,
    );
}

function listFields(list: ListSpec, items: readonly Item[], preferred: number): Fields {
  const paths = items.flatMap(({ key, value, fields = {} }): [string, Scalar][] => [
    [itemPath(list.name, key), value],
    ...Object.entries(fields).map(([field, own]): [string, Scalar] => [itemFieldPath(list.name, key, field), own]),
  ]);
  const mark = list.preferred === undefined ? [] : [[list.preferred.field, items[preferred % Math.max(items.length, 1)]?.key ?? null] as const];
  return Object.fromEntries([...paths, ...mark]);
}

/** A whole record, with a uuid for each of its items. */
export function arbitraryRecord(category: RecordCategory, platform: Platform = MODERN_PLATFORM): fc.Arbitrary<CanonicalRecord> {
  const spec = CATEGORIES[category];
  const covers = [
    ...spec.scalarsOn(platform),
    ...listsOn(spec, platform).flatMap((list) => [
      list.name,
      ...(list.preferred === undefined ? [] : [list.preferred.field]),
      ...(list.told?.([], platform) ?? []).map((field) => coverName(list.name, field)),
    ]),
    ...(spec.says?.covers ?? []),
  ].sort();
  const uuids = fc.infiniteStream(fc.uuid());
  return fc.tuple(arbitraryFields(category, platform), fc.uuid(), uuids).map(([fields, uuid, more]) => {
    const items = Object.keys(fields).filter((path) => path.endsWith(']') && !WHOLE_LISTS.test(path));
    const itemUuids = Object.fromEntries(items.map((path) => [path, path.startsWith('obs[') ? path.slice(4, -1) : (more.next().value as string)]));
    const root = category === 'observation' ? rootOf(fields) : uuid;
    return { ...absentRecord({ aggregate: spec.aggregate, uuid: root }), category, presence: 'present', fields, covers, itemUuids, ...mergedBy(spec) };
  });
}

/** An observation is known by the uuid of its root. */
const rootOf = (fields: Fields): string => {
  const root = Object.entries(fields).find(([path, value]) => path.endsWith(']') && !String(value).includes('"group"'));
  return root?.[0].slice(4, -1) ?? '';
};
