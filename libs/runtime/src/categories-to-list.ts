import { CARE_CATEGORIES, CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import { classesOn, type LinkConfiguration } from '@sync-hub/configuration';
import { type Aggregate, METADATA, type Metadata, type Route } from '@sync-hub/contracts';
import type { CategoryToList, OpenManualRun } from '@sync-hub/persistence';

/** What a run begins with, by what was asked for and what travels on its route. */
export interface ToList {
  /** Listed as they are known, in the order in which they are looked at. */
  readonly known: readonly CategoryToList[];
  /** Kinds of which the source lists all. */
  readonly atSource: readonly Metadata[];
  /** Is the history of every patient listed whom the child holds? */
  readonly histories: boolean;
}

/** Categories that travel on the route, what others refer to first. A person and a patient are one kind of record, and stand as patients where those travel. */
export function categoriesToList(link: LinkConfiguration, direction: Route['direction']): readonly CategoryToList[] {
  const on = classesOn(link, direction);
  const ordered = [...METADATA.filter((kind) => on.includes(kind)), ...ORDER.filter((category) => on.includes(category))];
  return ordered.map((category, place) => ({ category, aggregate: CATEGORIES[category].aggregate, place }));
}

/** Everything but metadata: places and people first, then what hangs on them. */
const ORDER: readonly RecordCategory[] = [
  'location',
  'patient',
  'person',
  ...(Object.keys(CATEGORIES) as RecordCategory[]).filter((category) => !isMetadata(category) && !['location', 'patient', 'person'].includes(category)),
];

/** What is listed at first for what was asked for. */
export function toList({ scope, route }: Pick<OpenManualRun, 'scope' | 'route'>, link: LinkConfiguration): ToList {
  const all = categoriesToList(link, route.direction);
  const known = scope.what === 'everything' ? all : scope.what === 'category' ? all.filter(({ category }) => category === scope.category) : [];
  return {
    known,
    atSource: known.map(({ category }) => category).filter(isMetadata),
    histories: known.some(({ category }) => (CARE_CATEGORIES as readonly string[]).includes(category)),
  };
}

/** The category that stands for records of that kind on the route; null where none of it travels. */
export const categoryFor = (categories: readonly CategoryToList[], aggregate: Aggregate): CategoryToList | null =>
  categories.find((one) => one.aggregate === aggregate) ?? null;

function isMetadata(category: string): category is Metadata {
  return METADATA.some((kind) => kind === category);
}
