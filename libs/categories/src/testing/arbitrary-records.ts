import { coverName, type Fields, itemPath, type Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { absentRecord, CATEGORIES } from '../all-categories.js';
import type { CanonicalRecord, RecordCategory } from '../canonical.js';
import type { CategorySpec } from '../category-spec.js';
import { itemFieldPath, type ListSpec, listsOn, partsKey } from '../list.js';
import { addressParts } from '../person-lists.js';
import { MODERN_PLATFORM, type Platform } from '../platform.js';
import { arbitraryObs } from './arbitrary-obs.js';
import { SINGLE_TYPE } from './rest-row.js';

const NAME_PARTS = ['prefix', 'givenName', 'middleName', 'familyNamePrefix', 'familyName', 'familyName2', 'familyNameSuffix', 'degree'];
const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
  .map((value) => value.trim())
  .filter((value) => value !== '');
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null, freq: 2 });
const instant = fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }).map((date) => `${date.toISOString().slice(0, 19)}Z`);
const amount = fc.double({ min: 0, max: 90, noNaN: true, noDefaultInfinity: true });
const pick = (kind: string) => fc.integer({ min: 1, max: 4 }).map((n) => `${kind}-${n}`);

/** A few things in order, of these kinds. */
const maybeInOrder = (...kinds: readonly string[]) =>
  fc
    .uniqueArray(fc.oneof(...kinds.map((kind) => pick(kind).map((uuid) => `${kind}/${uuid}`))), { maxLength: 4 })
    .map((all) => (all.length === 0 ? null : JSON.stringify(all)));

const SCALARS: Readonly<Record<string, fc.Arbitrary<Scalar>>> = {
  gender: fc.constantFrom('M', 'F', 'O', 'U'),
  birthdate: maybe(instant.map((value) => value.slice(0, 10))),
  birthtime: maybe(instant.map((value) => value.slice(11, 19))),
  birthdateEstimated: fc.boolean(),
  dead: fc.boolean(),
  deathDate: maybe(instant),
  deathdateEstimated: fc.boolean(),
  causeOfDeath: maybe(pick('concept')),
  name: text,
  parentLocation: maybe(pick('location')),
  patient: pick('person'),
  visitType: pick('visittype'),
  location: maybe(pick('location')),
  indication: maybe(pick('concept')),
  startDatetime: instant,
  stopDatetime: maybe(instant),
  encounterType: pick('encountertype'),
  encounterDatetime: instant,
  visit: maybe(pick('visit')),
  form: maybe(pick('form')),
  person: pick('person'),
  encounter: fc.constant(null),
  personA: pick('person'),
  personB: pick('relative'),
  relationshipType: pick('relationshiptype'),
  program: pick('program'),
  dateEnrolled: instant,
  dateCompleted: maybe(instant),
  outcome: maybe(pick('concept')),
  coded: maybe(pick('concept')),
  specificName: maybe(pick('name')),
  ...Object.fromEntries(['dose', 'quantity', 'numRefills', 'duration', 'numberOfRepeats'].map((name) => [name, maybe(fc.integer({ min: 0, max: 90 }))])),
  ...Object.fromEntries(['asNeeded', 'dispenseAsWritten', 'wasSubstituted'].map((name) => [name, fc.boolean()])),
  ...Object.fromEntries(['dateActivated', 'autoExpireDate', 'scheduledDate', 'datePrepared', 'dateHandedOver'].map((name) => [name, instant])),
  ...Object.fromEntries(['orderer', 'careSetting', 'orderType'].map((name) => [name, pick(name)])),
  rank: fc.integer({ min: 0, max: 9 }),
  onsetDate: maybe(instant),
  startDate: maybe(instant),
  endDate: maybe(instant),
  aIsToB: text,
  bIsToA: text,
  weight: fc.integer({ min: 0, max: 90 }),
  sortWeight: amount,
  searchable: fc.boolean(),
  required: fc.boolean(),
  checkDigit: fc.boolean(),
  concept: pick('concept'),
  outcomesConcept: maybe(pick('concept')),
  conceptSource: pick('conceptsource'),
  dosageForm: maybe(pick('concept')),
  route: maybe(pick('concept')),
  combination: fc.boolean(),
  doseStrength: maybe(amount),
  minimumDailyDose: maybe(amount),
  maximumDailyDose: maybe(amount),
  build: maybe(fc.nat({ max: 99 })),
  published: fc.boolean(),
  datatype: pick('conceptdatatype'),
  conceptClass: pick('conceptclass'),
  set: fc.boolean(),
  ...Object.fromEntries(
    ['hiNormal', 'hiAbsolute', 'hiCritical', 'lowNormal', 'lowAbsolute', 'lowCritical', 'displayPrecision'].map((name) => [name, maybe(amount)]),
  ),
  allowDecimal: maybe(fc.boolean()),
  answers: maybeInOrder('concept', 'drug'),
  setMembers: maybeInOrder('concept'),
  providerRole: maybe(pick('providerrole')),
  parent: maybe(pick('ordertype')),
  frequencyPerDay: maybe(amount),
  minOccurs: fc.integer({ min: 0, max: 3 }),
  maxOccurs: maybe(fc.integer({ min: 3, max: 9 })),
};

/** What records of one category have under a name that means something else to another. */
const ownOf = (category: RecordCategory, name: string): fc.Arbitrary<Scalar> | undefined =>
  (category === 'diagnosis' || category === 'order') && name === 'encounter' ? pick('encounter') : undefined;

/** What is said of no other scalar: the uuid of what it refers to, or text. */
function anyOf({ scalars, requires }: CategorySpec, name: string): fc.Arbitrary<Scalar> {
  const refersTo = scalars[name]?.refersTo;
  const value = refersTo === undefined ? text : pick(refersTo.resource);
  return requires.includes(name) ? value : maybe(value);
}

/** Items of these are uuids, and have none beside. */
const WHOLE_LISTS = /^(tags|conceptClasses|privileges|inheritedRoles)\[/;

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
    return { ...absentRecord({ aggregate: spec.aggregate, uuid: root }), category, presence: 'present', fields, covers, itemUuids };
  });
}

/** An observation is known by the uuid of its root. */
const rootOf = (fields: Fields): string => {
  const root = Object.entries(fields).find(([path, value]) => path.endsWith(']') && !String(value).includes('"group"'));
  return root?.[0].slice(4, -1) ?? '';
};
