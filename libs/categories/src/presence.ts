import type { Presence } from '@sync-hub/merge';
import { type Body, partOf } from './category-spec.js';
import type { Category } from './define-category.js';

/** The `v=` that asks of a record whether it is deleted, and for nothing else: a hundred bytes. */
export function presenceRepresentation({ owners, deleted, keptToItself }: Pick<Category, 'owners' | 'deleted' | 'keptToItself'>): string {
  const own = deleted !== 'never' && owners.some(({ at }) => at === 'body') ? `,${deleted}` : '';
  const nested = owners.some(({ at }) => at === 'person') ? `,person:(${deleted})` : '';
  const known = (keptToItself?.by ?? []).map((key) => `,${key}`).join('');
  return `custom:(uuid${own}${nested}${known})`;
}

/** What such a body says, as `decode` would: a record is deleted where any part of it is. */
export const presenceIn = (category: Category, body: Body): Presence =>
  category.owners.some(({ owner }) => partOf(category, body, owner)?.[category.deleted] === true) ? 'voided' : 'present';
