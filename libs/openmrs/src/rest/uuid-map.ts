import { CATEGORIES, type CanonicalRecord, kindBehind, listPathOf, sameUuid, type UuidTranslation, type Writes } from '@sync-hub/categories';
import { type Aggregate, type RecordRef, recordKey } from '@sync-hub/contracts';
import type { AliasBook } from '../alias-book.js';

/** What a write is about: what stands there, the source's version, and what is to be written. */
export interface Sides {
  readonly held: CanonicalRecord;
  readonly incoming: CanonicalRecord;
  readonly writes: Writes;
}

/** Records that a record or a write points at, itself included, and the parts of it that have uuids known everywhere: its obs. */
export function recordsIn(...records: readonly CanonicalRecord[]): readonly RecordRef[] {
  const all = records.flatMap((one) => [
    one.record,
    ...one.references.flatMap(({ uuid, orElse = [], ...kind }) =>
      [kind, ...orElse].flatMap((one) => {
        const aggregate = kindBehind(one);
        return aggregate === null ? [] : [{ aggregate, uuid }];
      }),
    ),
    ...partsOf(one),
  ]);
  return [...new Map(all.map((record) => [recordKey(record), record])).values()];
}

/** The obs of a record. */
export function partsOf({ category, fields }: CanonicalRecord): readonly RecordRef[] {
  const keyed = new Map(CATEGORIES[category].lists.flatMap(({ name, keyedBy }) => (keyedBy === undefined ? [] : [[name, keyedBy] as const])));
  if (keyed.size === 0) return [];
  return Object.keys(fields).flatMap((path) => {
    const at = listPathOf(path);
    const aggregate = at === null || at.field !== null ? undefined : keyed.get(at.list);
    return at === null || aggregate === undefined ? [] : [{ aggregate, uuid: at.key }];
  });
}

/** Looks up the site's own uuids of these records at once, so that planning stays pure. Others are taken to have none. */
export async function localUuids(aliases: AliasBook, records: readonly RecordRef[]): Promise<UuidTranslation> {
  return translation(records, await aliases.allToLocal(records));
}

/** The other way: from the site's own uuids to the ones known everywhere. */
export async function canonicalUuids(aliases: AliasBook, locals: readonly RecordRef[]): Promise<UuidTranslation> {
  return translation(locals, await aliases.allToCanonical(locals));
}

function translation(records: readonly RecordRef[], uuids: readonly string[]): UuidTranslation {
  const differing = new Map(
    records.flatMap((record, index) => (uuids[index] === undefined || uuids[index] === record.uuid ? [] : [[recordKey(record), uuids[index]] as const])),
  );
  if (differing.size === 0) return sameUuid;
  return (aggregate: Aggregate, uuid: string) => differing.get(recordKey({ aggregate, uuid })) ?? uuid;
}
