import { type Fields, isOfList, type Scalar } from '@sync-hub/merge';
import fc from 'fast-check';
import { CATEGORIES } from '../all-categories.js';
import type { CanonicalRecord, RecordCategory } from '../canonical.js';
import { listPathOf } from '../list.js';
import { arbitraryRecord } from './arbitrary-records.js';

/** A record as both ends held it, and as each has it after edits of its own. */
export interface ThreeWay {
  readonly base: CanonicalRecord;
  readonly here: CanonicalRecord;
  readonly there: CanonicalRecord;
  /** A field that both changed, each to a value of its own; null where they changed different ones. */
  readonly rival: string | null;
}

/** Numbers from 0 up to, not including, a limit; the same for the same seed. */
export class Dice {
  private state: number;

  constructor(seed: string) {
    this.state = [...seed].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x01000193), 0x811c9dc5);
  }

  below(limit: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % limit;
  }

  pick<T>(from: readonly T[]): T | undefined {
    return from[this.below(Math.max(from.length, 1))];
  }
}

/** What one edit touches: a field, or an item of a list with all its fields. */
export const unitOf = (path: string): string => {
  const at = listPathOf(path);
  return at === null ? path : `${at.list}[${at.key}]`;
};

const isItem = (path: string): boolean => path.endsWith(']');
const heldUnits = (fields: Fields): readonly string[] => [...new Set(Object.keys(fields).map(unitOf))];

/** So many of them for a category, every other one with a rival field where the category has one that people change. */
export function threeWayEdits(category: RecordCategory, count: number, seed: string): readonly ThreeWay[] {
  const dice = new Dice(`${seed} ${category}`);
  const records = fc.sample(arbitraryRecord(category), { numRuns: Math.max(12, Math.ceil(count / 4)), seed: dice.below(2 ** 31) });
  return Array.from({ length: count }, (_, index) => {
    const base = dice.pick(records) as CanonicalRecord;
    const donors = records.filter((record) => record !== base);
    return index % 2 === 0 ? disjoint(base, donors, dice) : rivals(base, donors, dice);
  });
}

function disjoint(base: CanonicalRecord, donors: readonly CanonicalRecord[], dice: Dice): ThreeWay {
  const here = editedBy(base, donors, dice, new Set());
  const touched = new Set([
    ...touchedBy(base.fields, here),
    ...Object.keys(here)
      .map(unitOf)
      .filter((unit) => !(unit in base.fields) && isOfList(unit)),
  ]);
  const there = editedBy(base, donors, dice, touched);
  return { base, here: { ...base, fields: here }, there: { ...base, fields: there }, rival: null };
}

function rivals(base: CanonicalRecord, donors: readonly CanonicalRecord[], dice: Dice): ThreeWay {
  const differing = editableScalars(base).filter((path) => new Set([base, ...donors].map(({ fields }) => fields[path])).size > 2);
  const rival = dice.pick(differing);
  if (rival === undefined) return disjoint(base, donors, dice);
  const values = [...new Set(donors.map(({ fields }) => fields[rival] ?? null))].filter((value) => value !== (base.fields[rival] ?? null));
  const mine = dice.pick(values) as Scalar;
  const yours = dice.pick(values.filter((value) => value !== mine)) as Scalar;
  const around = disjoint({ ...base }, donors, dice);
  const having = ({ fields }: CanonicalRecord, value: Scalar): CanonicalRecord => ({ ...base, fields: { ...fields, [rival]: value } });
  return { base, here: having(around.here, mine), there: having(around.there, yours), rival };
}

/** Fields by themselves that people change: no choice of an item, and nothing that a server never changes. */
function editableScalars({ category, fields }: CanonicalRecord): readonly string[] {
  const { fixed = [], says, lists } = CATEGORIES[category];
  const chosen = lists.flatMap(({ preferred }) => preferred?.field ?? []);
  return Object.keys(fields).filter((path) => !isOfList(path) && !fixed.includes(path) && !chosen.includes(path) && !(path in (says?.fields ?? {})));
}

const touchedBy = (before: Fields, after: Fields): readonly string[] =>
  [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((path) => before[path] !== after[path]).map(unitOf);

/** One to three edits of what nobody else has touched. */
function editedBy(base: CanonicalRecord, donors: readonly CanonicalRecord[], dice: Dice, taken: ReadonlySet<string>): Fields {
  const fields: Record<string, Scalar> = { ...base.fields };
  for (let left = 1 + dice.below(3), tries = 0; left > 0 && tries < 30; tries += 1) {
    const donor = dice.pick(donors);
    if (donor !== undefined && editOnce(base, fields, donor, dice, taken)) left -= 1;
  }
  return fields;
}

function editOnce(base: CanonicalRecord, fields: Record<string, Scalar>, donor: CanonicalRecord, dice: Dice, taken: ReadonlySet<string>): boolean {
  const isFree = (unit: string): boolean => !taken.has(unit);
  switch (dice.pick(['scalar', 'scalar', 'scalar', 'add', 'remove', 'part', 'prefer'])) {
    case 'scalar':
      return put(fields, dice.pick(editableScalars(base).filter(isFree)), donor.fields, dice);
    case 'part':
      return changePart(fields, dice, isFree);
    case 'add':
      return addItem(base, fields, donor.fields, dice, isFree);
    case 'remove':
      return removeItem(base, fields, dice, isFree);
    default:
      return prefer(base, fields, dice, isFree);
  }
}

/** A death is taken back once in fifty times that somebody would: it is asked about, and people seldom rise. */
function put(fields: Record<string, Scalar>, path: string | undefined, from: Fields, dice: Dice): boolean {
  if (path === undefined || !(path in from) || from[path] === fields[path]) return false;
  const takesBack = /^(dead|deathDate|causeOfDeath)/.test(path) && (from[path] === null || from[path] === false);
  if (takesBack && dice.below(50) > 0) return false;
  fields[path] = from[path] ?? null;
  return true;
}

/** A field of an item, or what an item says: of an obs, which is replaced, in another one under a uuid of its own. */
function changePart(fields: Record<string, Scalar>, dice: Dice, isFree: (unit: string) => boolean): boolean {
  const path = dice.pick(Object.keys(fields).filter((one) => isOfList(one) && isFree(unitOf(one))));
  if (path === undefined) return false;
  if (path.startsWith('obs[')) return replaceObs(fields, unitOf(path), dice);
  const others = Object.entries(fields).filter(
    ([one, value]) => listPathOf(one)?.list === listPathOf(path)?.list && isItem(one) === isItem(path) && value !== fields[path],
  );
  const value = dice.pick(others)?.[1] ?? (typeof fields[path] === 'string' ? `${String(fields[path])} once more` : undefined);
  if (value === undefined) return false;
  fields[path] = value;
  return true;
}

function replaceObs(fields: Record<string, Scalar>, item: string, dice: Dice): boolean {
  const heart = JSON.parse(String(fields[item])) as Record<string, unknown>;
  const kind = Object.keys(heart).find((part) => part !== 'concept' && part !== 'group');
  if (kind === undefined || hasMembers(fields, item)) return false;
  const successor = `obs[${dice.below(2 ** 31)}-anew]`;
  for (const path of Object.keys(fields).filter((one) => unitOf(one) === item)) {
    if (path !== item) fields[path.replace(item, successor)] = fields[path] ?? null;
    delete fields[path];
  }
  fields[successor] = JSON.stringify({
    ...heart,
    [kind]: typeof heart[kind] === 'number' ? dice.below(1000) + 0.5 : `${String(heart[kind])}-${dice.below(1000)}`,
  });
  return true;
}

const hasMembers = (fields: Fields, item: string): boolean =>
  item.startsWith('obs[') && Object.values(fields).some((value) => String(value).includes(`"group":"${listPathOf(item)?.key ?? ''}"`));

/** An obs of another record is in no group of this one's: of those only what stands by itself is added. */
function addItem(base: CanonicalRecord, fields: Record<string, Scalar>, from: Fields, dice: Dice, isFree: (unit: string) => boolean): boolean {
  const isAlone = (unit: string): boolean => !unit.startsWith('obs[') || !(hasMembers(from, unit) || String(from[unit]).includes('"group"'));
  const item = dice.pick(heldUnits(from).filter((unit) => isItem(unit) && !(unit in fields) && !(unit in base.fields) && isFree(unit) && isAlone(unit)));
  if (item === undefined || base.category === 'observation') return false;
  for (const [path, value] of Object.entries(from)) if (unitOf(path) === item) fields[path] = value;
  return true;
}

/** As servers keep it: where the preferred one goes, another is preferred, and the last name or identifier stays. */
function removeItem(base: CanonicalRecord, fields: Record<string, Scalar>, dice: Dice, isFree: (unit: string) => boolean): boolean {
  const item = dice.pick(heldUnits(fields).filter((unit) => isItem(unit) && unit in base.fields && isFree(unit) && !hasMembers(fields, unit)));
  const at = item === undefined ? null : listPathOf(item);
  if (item === undefined || at === null || base.category === 'observation') return false;
  const { preferred, atLeastOne = false } = CATEGORIES[base.category].lists.find(({ name }) => name === at.list) ?? {};
  const left = heldUnits(fields).flatMap((unit) => (unit !== item && listPathOf(unit)?.list === at.list ? [listPathOf(unit)?.key ?? ''] : []));
  const isPreferred = preferred !== undefined && fields[preferred.field] === at.key;
  if ((atLeastOne && left.length === 0) || (isPreferred && !isFree(preferred.field))) return false;
  for (const path of Object.keys(fields).filter((one) => unitOf(one) === item)) delete fields[path];
  if (isPreferred) fields[preferred.field] = left[0] ?? null;
  return true;
}

function prefer(base: CanonicalRecord, fields: Record<string, Scalar>, dice: Dice, isFree: (unit: string) => boolean): boolean {
  const list = dice.pick(CATEGORIES[base.category].lists.filter(({ preferred }) => preferred !== undefined));
  if (list?.preferred === undefined || !isFree(list.preferred.field)) return false;
  const keys = heldUnits(fields).flatMap((unit) => (listPathOf(unit)?.list === list.name ? [listPathOf(unit)?.key ?? ''] : []));
  const key = dice.pick(keys.filter((one) => one !== fields[list.preferred?.field ?? '']));
  if (key === undefined) return false;
  fields[list.preferred.field] = key;
  return true;
}
