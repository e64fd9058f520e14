import { Uuid } from '@sync-hub/contracts';
import type { Scalar } from '@sync-hub/merge';
import { z } from 'zod';
import type { ScalarKind } from './scalars.js';

const ItemShape = z.union([z.looseObject({ uuid: Uuid, links: z.array(z.looseObject({ uri: z.string().nullish() })).nullish() }), Uuid], {
  error: 'a uuid, or an object with one',
});

/** One of several things in order: its REST resource and uuid. */
interface Named {
  readonly resource: string;
  readonly uuid: string;
}

/**
 * Things in an order that people have given them, as one value: `["concept/…","drug/…"]`. What each is, its own link says; one without a link is of the first
 * resource. One value, because a part of a list in order has no place of its own, and because a server takes the list as a whole.
 */
export const orderedReferences = (...resources: readonly [string, ...string[]]): ScalarKind => ({
  shape: z.array(ItemShape).nullish(),
  normalise: (value) => textOfNamed(Array.isArray(value) ? value.map((item) => namedBy(item as z.infer<typeof ItemShape>, resources)) : []),
  encode: (value) => value,
  refersToMany: resources,
});

function namedBy(item: z.infer<typeof ItemShape>, [first, ...others]: readonly [string, ...string[]]): Named {
  if (typeof item === 'string') return { resource: first, uuid: item };
  const linked = item.links?.map(({ uri }) => /\/ws\/rest\/v1\/([a-z]+)\//.exec(uri ?? '')?.[1]).find((found) => found !== undefined);
  return { resource: others.find((resource) => resource === linked) ?? first, uuid: item.uuid };
}

/** The things that such a value names, in order. */
export const namedIn = (value: Scalar | undefined): readonly Named[] =>
  typeof value !== 'string'
    ? []
    : (JSON.parse(value) as readonly string[]).map((one) => {
        const [resource = '', uuid = ''] = one.split('/');
        return { resource, uuid };
      });

/** The value that names them; none where there is nothing. */
export const textOfNamed = (named: readonly Named[]): string | null =>
  named.length === 0 ? null : JSON.stringify(named.map(({ resource, uuid }) => `${resource}/${uuid}`));
