import { type CanonicalRecord, sameUuid, type UuidTranslation } from '@sync-hub/categories';
import { type Aggregate, type RecordRef, recordKey } from '@sync-hub/contracts';
import type { AliasBook } from '../alias-book.js';

/** Records that a record or a write points at, itself included. */
export function recordsIn(...records: readonly CanonicalRecord[]): readonly RecordRef[] {
  const all = records.flatMap(({ record, references }) => [
    record,
    ...references.flatMap(({ aggregate, uuid }) => (aggregate === null ? [] : [{ aggregate, uuid }])),
  ]);
  return [...new Map(all.map((record) => [recordKey(record), record])).values()];
}

/** Looks up the site's own uuids of these records at once, so that planning stays pure. Others are taken to have none. */
export async function localUuids(aliases: AliasBook, records: readonly RecordRef[]): Promise<UuidTranslation> {
  return translation(await Promise.all(records.map(async (record) => [recordKey(record), await aliases.toLocal(record)] as const)));
}

/** The other way: from the site's own uuids to the ones known everywhere. */
export async function canonicalUuids(aliases: AliasBook, locals: readonly RecordRef[]): Promise<UuidTranslation> {
  return translation(await Promise.all(locals.map(async (local) => [recordKey(local), await aliases.toCanonical(local.aggregate, local.uuid)] as const)));
}

function translation(pairs: readonly (readonly [string, string])[]): UuidTranslation {
  const differing = new Map(pairs.filter(([key, uuid]) => !key.endsWith(`/${uuid}`)));
  if (differing.size === 0) return sameUuid;
  return (aggregate: Aggregate, uuid: string) => differing.get(recordKey({ aggregate, uuid })) ?? uuid;
}
