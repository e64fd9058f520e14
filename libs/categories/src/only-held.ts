import type { Uuid } from '@sync-hub/contracts';
import { CATEGORIES } from './all-categories.js';
import type { CanonicalRecord, Reference } from './canonical.js';
import type { Labels } from './labels.js';
import { listPathOf } from './list.js';

/** The patients in the list of a record of whom a link sees only those that its child holds; nobody in any other record. */
export function patientsListedIn({ category, fields }: Pick<CanonicalRecord, 'category' | 'fields'>): readonly Uuid[] {
  const { onlyHeld } = CATEGORIES[category];
  if (onlyHeld === undefined) return [];
  return Object.keys(fields).flatMap((path) => {
    const at = listPathOf(path);
    return at?.list === onlyHeld && at.field === null ? [at.key] : [];
  });
}

/** The record without those of its listed patients of whom `isHeld` is not true, as if nobody had listed them. */
export function onlyHeldIn(record: CanonicalRecord, isHeld: (patient: Uuid) => boolean): CanonicalRecord {
  const { onlyHeld } = CATEGORIES[record.category];
  if (onlyHeld === undefined) return record;
  const isSeen = (path: string): boolean => {
    const at = listPathOf(path.replace(/#\d+$/, ''));
    return at?.list !== onlyHeld || isHeld(at.key);
  };
  const seen = <Value>(all: Readonly<Record<string, Value>>): Record<string, Value> => Object.fromEntries(Object.entries(all).filter(([path]) => isSeen(path)));
  return {
    ...record,
    fields: seen(record.fields),
    itemUuids: seen(record.itemUuids),
    references: record.references.filter(({ path }) => isSeen(path)),
    ...(record.labels === undefined
      ? {}
      : {
          labels: without(
            record.labels,
            record.references.filter(({ path }) => !isSeen(path)),
          ),
        }),
  };
}

/** The names of all but these. */
function without(labels: Labels, references: readonly Reference[]): Labels {
  const unseen = new Set(references.map(({ uuid }) => uuid));
  return Object.fromEntries(Object.entries(labels).filter(([uuid]) => !unseen.has(uuid)));
}
