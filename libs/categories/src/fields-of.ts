import { PRESENCE } from '@sync-hub/merge';
import { CATEGORIES } from './all-categories.js';
import type { RecordCategory } from './canonical.js';

/** The names of a category's fields, as `fieldName` has them: single values, lists, the choice of a preferred item, and `presence`. */
export function fieldsOf(category: RecordCategory): readonly string[] {
  const { scalars, lists } = CATEGORIES[category];
  const preferred = lists.flatMap((list) => list.preferred?.field ?? []);
  return [...new Set([...Object.keys(scalars), ...lists.map(({ name }) => name), ...preferred, PRESENCE])].sort();
}
