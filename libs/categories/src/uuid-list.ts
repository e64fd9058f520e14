import type { Metadata } from '@sync-hub/contracts';
import type { ItemContext, ListSpec } from './list.js';
import type { Platform } from './platform.js';
import { RefShape, uuidOfRef } from './read-shape.js';

/** A list of metadata of one kind: keyed by uuid, written as the whole list (webservices.rest replaces it). */
export const uuidList = (
  name: string,
  { owner, of, ...more }: { readonly owner: 'location' | Metadata; readonly of: Metadata; readonly onlyWhere?: (platform: Platform) => boolean },
): ListSpec => ({
  name,
  owner,
  shape: RefShape,
  read: (item: RefShape, { canonicalUuid }: ItemContext) => {
    const uuid = canonicalUuid(of, uuidOfRef(item));
    return { key: uuid, value: true, references: [{ resource: of, uuid, aggregate: null }] };
  },
  body: ({ key }) => ({ uuid: key }),
  written: { by: 'whole-list', of },
  names: [of],
  sameKey: 'one-item',
  ...more,
});
