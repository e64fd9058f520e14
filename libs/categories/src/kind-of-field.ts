import { CATEGORIES } from './all-categories.js';
import type { RecordCategory } from './canonical.js';
import { listPathOf } from './list.js';
import { calendarDate, flag, instant, number, type ScalarKind } from './scalars.js';

/** What a place of a record holds. `chosen`: the key of an item of a list. `item`: an item whose key says all, and `valued` one that has a value. */
export type KindOfField = 'text' | 'number' | 'boolean' | 'date' | 'instant' | 'reference' | 'chosen' | 'item' | 'valued' | 'observed' | 'field-of-item';

const OF_SCALARS: readonly (readonly [ScalarKind, KindOfField])[] = [
  [flag, 'boolean'],
  [number, 'number'],
  [instant, 'instant'],
  [calendarDate, 'date'],
];

/** What a path of this category's records holds; `null` where its records have no such place. */
export function kindOfField(category: RecordCategory, path: string): KindOfField | null {
  const spec = CATEGORIES[category];
  const inList = listPathOf(path);
  if (inList !== null) {
    const list = spec.lists.find(({ name }) => name === inList.list);
    if (list === undefined) return null;
    if (inList.field !== null) return list.fields?.includes(inList.field) === true ? 'field-of-item' : null;
    return list.written.by === 'obs' ? 'observed' : list.name === 'attributes' ? 'valued' : 'item';
  }
  const scalar = spec.scalars[path];
  if (scalar !== undefined) return kindOfScalar(scalar);
  if (path in (spec.says?.fields ?? {})) return 'boolean';
  return spec.lists.some(({ preferred }) => preferred?.field === path) ? 'chosen' : null;
}

function kindOfScalar(scalar: ScalarKind): KindOfField {
  if (scalar.refersTo !== undefined || scalar.refersToMany !== undefined || scalar.pointsTo !== undefined) return 'reference';
  return OF_SCALARS.find(([kind]) => kind === scalar)?.[1] ?? 'text';
}

/** Is this, exactly, how the canonical record holds such a value of the scalar? `null`, which is no value, is one of every scalar. */
export function isNormal(category: RecordCategory, name: string, value: unknown): boolean {
  const scalar = CATEGORIES[category].scalars[name];
  if (scalar === undefined) return false;
  if (value === null) return true;
  if (scalar === calendarDate && !isDay(value)) return false;
  const told = scalar.encode(value as string | number | boolean);
  return scalar.shape.safeParse(told).success && scalar.normalise(told) === value;
}

const isDay = (value: unknown): boolean =>
  typeof value === 'string' && !Number.isNaN(Date.parse(`${value}T00:00:00Z`)) && new Date(`${value}T00:00:00Z`).toISOString().startsWith(value);
