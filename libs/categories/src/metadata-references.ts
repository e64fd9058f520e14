import { type Aggregate, METADATA, type Metadata } from '@sync-hub/contracts';
import type { Reference } from './canonical.js';

/** The kind of metadata that a REST resource is, where it is one that can travel; `null` for all else. */
export const metadataNamed = (resource: string): Metadata | null => METADATA.find((kind) => kind === resource) ?? null;

/** The kind of record behind a reference, on whatever links it travels: a site's aliases are kept by it. */
export const kindBehind = ({ resource, aggregate }: Pick<Reference, 'resource' | 'aggregate'>): Aggregate | null => aggregate ?? metadataNamed(resource);

/** The reference as a route sees it that carries these kinds of metadata: a record to wait for, where it is of one of them. */
export function asCarried(reference: Reference, carried: ReadonlySet<Metadata>): Reference {
  const kind = metadataNamed(reference.resource);
  return kind !== null && carried.has(kind) ? { ...reference, aggregate: kind } : reference;
}

/** The reference as a record to wait for, where a person has asked for that piece of metadata; `asked` has each as `kind/uuid`. */
export function asAsked(reference: Reference, asked: ReadonlySet<string>): Reference {
  const kind = metadataNamed(reference.resource);
  return kind !== null && asked.has(`${kind}/${reference.uuid}`) ? { ...reference, aggregate: kind } : reference;
}

/** The metadata and places among references, each with its kind. */
export const metadataIn = (references: readonly Reference[]): readonly { readonly kind: Metadata | 'location'; readonly uuid: string }[] =>
  references.flatMap(({ resource, uuid }) => {
    const kind = resource === 'location' ? resource : metadataNamed(resource);
    return kind === null ? [] : [{ kind, uuid }];
  });
