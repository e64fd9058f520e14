import type { Metadata } from '@sync-hub/contracts';
import type { CategorySpec } from './category-spec.js';
import { metadataNamed } from './metadata-references.js';

/** The kinds of metadata that records of a category may refer to. */
export function metadataReferredToBy({ scalars, lists }: Pick<CategorySpec, 'scalars' | 'lists'>): readonly Metadata[] {
  const named = [
    ...Object.values(scalars).flatMap(({ refersTo, refersToMany = [], pointsTo }) => [
      ...(refersTo === undefined ? [] : [refersTo.resource]),
      ...refersToMany,
      ...(pointsTo?.kinds ?? []).map(({ resource }) => resource),
    ]),
    ...lists.flatMap(({ names = [] }) => names),
  ];
  return [...new Set(named.flatMap((resource) => metadataNamed(resource) ?? []))];
}
