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
