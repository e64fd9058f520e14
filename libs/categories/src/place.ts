import type { Fields } from '@sync-hub/merge';
import type { CategorySpec } from './category-spec.js';
import type { UuidTranslation } from './platform.js';

type Placed = Pick<CategorySpec, 'resource' | 'under'>;

/** The path at which a site has its records of a kind: its resource, or what is below the record of that uuid there. */
export const pathBelow = ({ resource, under }: Placed, owner: string): string => (under === undefined ? resource : `${under.resource}/${owner}/${under.path}`);

/** The same for a record that says what it is below, in these `fields`. */
export function pathFor(spec: Placed, fields: Fields, localUuid: UuidTranslation): string {
  const owner = spec.under === undefined ? null : (fields[spec.under.by] ?? null);
  return pathBelow(spec, typeof owner === 'string' ? localUuid('person', owner) : '');
}
