import type { Aggregate, Uuid } from '@sync-hub/contracts';
import { coversPath, fieldNames, heldAt, isEmpty, PRESENCE, settledPresence } from '@sync-hub/merge';
import { CATEGORIES } from './all-categories.js';
import type { CanonicalRecord } from './canonical.js';

/** How one piece of metadata differs between the ends of a link. */
export interface MetadataDrift {
  readonly kind: Aggregate;
  /** As the hub knows it: the parent's uuid, or the child's where the parent has none. */
  readonly uuid: Uuid;
  /** `other-uuid`: the child has one that is known by the same, under `otherUuid`. `differs`: both have it, and say different things of it. */
  readonly found: 'missing-at-parent' | 'missing-at-child' | 'other-uuid' | 'differs';
  readonly otherUuid: Uuid | null;
  /** Of `other-uuid`: by what both are known. */
  readonly by: 'name' | 'code' | 'identifier' | null;
  /** Names of the fields that differ. */
  readonly fields: readonly string[];
  /** What people call it, for a person at a terminal; never stored. */
  readonly name: string | null;
}

/** Metadata of one kind as each end of a link has it, under the uuids known everywhere: what is mapped has one uuid at both. */
export interface MetadataAtEnds {
  readonly parent: readonly CanonicalRecord[];
  readonly child: readonly CanonicalRecord[];
  /** Uuids of what records of the link have referred to: missed even where it is out of use at the end that has it. */
  readonly met: ReadonlySet<Uuid>;
  /** Of what servers keep by name, the parent's uuid by the child's (`sameByName`): what names the one names the other. */
  readonly same: ReadonlyMap<Uuid, Uuid>;
}

/** What differs between the ends: by uuid first, then by name. What is out of use at both ends differs in nothing that matters. */
export function metadataDrift({ parent, child, met, same }: MetadataAtEnds): readonly MetadataDrift[] {
  const childs = new Map(child.map((one) => [one.record.uuid, one]));
  const parents = new Set(parent.map(({ record }) => record.uuid));
  const both = parent.flatMap((one) => pairOf(one, childs.get(one.record.uuid)));
  const onlyParent = parent.filter(({ record }) => !childs.has(record.uuid));
  const onlyChild = child.filter(({ record }) => !parents.has(record.uuid));
  const named = pairsByName(onlyParent, onlyChild);
  const paired = new Set(named.flatMap(({ parent: a, child: b }) => [a, b]));
  const isMissed = (one: CanonicalRecord): boolean => !paired.has(one) && (one.presence === 'present' || met.has(one.record.uuid));
  return [
    ...[...both, ...named.filter(isKeptByName)].flatMap((pair) => differing(pair, same)),
    ...named.filter((pair) => !isKeptByName(pair)).map(({ parent: a, child: b }) => driftOf(a, 'other-uuid', { otherUuid: b.record.uuid, by: 'name' })),
    ...onlyParent.filter(isMissed).map((one) => driftOf(one, 'missing-at-child')),
    ...onlyChild.filter(isMissed).map((one) => driftOf(one, 'missing-at-parent')),
  ];
}

/** Of what servers keep by name, whatever its uuid: the parent's uuid by the child's. */
export const sameByName = ({ parent, child }: Pick<MetadataAtEnds, 'parent' | 'child'>): ReadonlyMap<Uuid, Uuid> =>
  new Map(
    pairsByName(parent, child)
      .filter(isKeptByName)
      .map(({ parent: a, child: b }) => [b.record.uuid, a.record.uuid]),
  );

interface Pair {
  readonly parent: CanonicalRecord;
  readonly child: CanonicalRecord;
}

const pairOf = (parent: CanonicalRecord, child: CanonicalRecord | undefined): readonly Pair[] => (child === undefined ? [] : [{ parent, child }]);

const isKeptByName = ({ parent }: Pair): boolean => CATEGORIES[parent.category].nameIsKey !== undefined;

/** Of one name that one at each end has, and no other there, what is in use before what is not. */
function pairsByName(parent: readonly CanonicalRecord[], child: readonly CanonicalRecord[]): readonly Pair[] {
  const childs = byName(child);
  return [...byName(parent)].flatMap(([name, one]) => {
    const other = childs.get(name) ?? null;
    return one === null || other === null ? [] : [{ parent: one, child: other }];
  });
}

/** `null` where it is not said which of several is meant. */
function byName(records: readonly CanonicalRecord[]): ReadonlyMap<string, CanonicalRecord | null> {
  const found = new Map<string, CanonicalRecord | null>();
  const inUse = records.filter(({ presence }) => presence === 'present');
  for (const group of [inUse, records.filter((one) => !inUse.includes(one) && !namesOf(inUse).has(nameKey(one)))])
    for (const one of group) {
      const key = nameKey(one);
      if (key !== null) found.set(key, found.has(key) ? null : one);
    }
  return found;
}

const namesOf = (records: readonly CanonicalRecord[]): ReadonlySet<string | null> => new Set(records.map(nameKey));
/** Whatever the case: a database takes two names that differ in nothing else for one. */
const nameKey = (one: CanonicalRecord): string | null => metadataName(one)?.toLowerCase() ?? null;

/** What people call it; `null` for a kind that has no name of its own. */
export function metadataName({ fields }: Pick<CanonicalRecord, 'fields'>): string | null {
  const { name, aIsToB, bIsToA } = fields;
  if (typeof name === 'string') return name;
  return typeof aIsToB === 'string' && typeof bIsToA === 'string' ? `${aIsToB}/${bIsToA}` : null;
}

function differing(pair: Pair, same: ReadonlyMap<Uuid, Uuid>): readonly MetadataDrift[] {
  const { parent } = pair;
  const child = underTheParentsUuids(pair.child, same);
  if (settledPresence(parent.presence) === 'voided' && settledPresence(child.presence) === 'voided') return [];
  const paths = [...new Set([...Object.keys(parent.fields), ...Object.keys(child.fields)])].filter(
    (path) => coversPath(parent.covers, path) && coversPath(child.covers, path),
  );
  const fields = fieldNames(paths.filter((path) => !isSame(heldAt(parent, path), heldAt(child, path))));
  const named = settledPresence(parent.presence) === settledPresence(child.presence) ? fields : [PRESENCE, ...fields];
  return named.length === 0 ? [] : [driftOf(parent, 'differs', { fields: named })];
}

const isSame = (a: ReturnType<typeof heldAt>, b: ReturnType<typeof heldAt>): boolean => a === b || (isEmpty(a) && isEmpty(b));

const A_UUID = /[A-Za-z0-9][A-Za-z0-9._-]*/g;

/** The child's record with what it names called as the parent calls it. */
function underTheParentsUuids(child: CanonicalRecord, same: ReadonlyMap<Uuid, Uuid>): CanonicalRecord {
  if (same.size === 0) return child;
  const called = (text: string): string => text.replace(A_UUID, (word) => same.get(word) ?? word);
  return { ...child, fields: Object.fromEntries(Object.entries(child.fields).map(([path, value]) => [called(path), value])) };
}

const driftOf = (
  one: CanonicalRecord,
  found: MetadataDrift['found'],
  { otherUuid = null, by = null, fields = [] }: Partial<Pick<MetadataDrift, 'otherUuid' | 'by' | 'fields'>> = {},
): MetadataDrift => ({ kind: one.record.aggregate, uuid: one.record.uuid, found, otherUuid, by, fields, name: metadataName(one) });
