import type { RecordRef } from '@sync-hub/contracts';
import type { CanonicalRecord } from './canonical.js';
import { listPathOf } from './list.js';
import { heartOf } from './obs-list.js';

/** Every concept that the record names, by its uuid: what was asked and what was answered, what was ordered or found, and of obs that are told but not carried what was asked. */
export function conceptsNamedBy({ references, fields }: Pick<CanonicalRecord, 'references' | 'fields'>): ReadonlySet<string> {
  const named = references.flatMap(({ resource, uuid }) => (resource === 'concept' ? [uuid] : []));
  const asked = Object.entries(fields).flatMap(([path, value]) => {
    const place = listPathOf(path);
    return place?.list === 'obsNotCarried' && place.field === null ? [heartOf(value).concept] : [];
  });
  return new Set([...named, ...asked]);
}

/** Every record that the record refers to, metadata aside. */
export const recordsNamedBy = ({ references }: Pick<CanonicalRecord, 'references'>): readonly RecordRef[] => [
  ...new Map(references.flatMap(({ aggregate, uuid }) => (aggregate === null ? [] : [[`${aggregate}/${uuid}`, { aggregate, uuid }] as const]))).values(),
];
