import { type RecordRef, recordKey } from '@sync-hub/contracts';
import type { AliasBook } from '../alias-book.js';

/** Aliases in memory. */
export class MemoryAliasBook implements AliasBook {
  readonly local = new Map<string, string>();
  readonly canonical = new Map<string, string>();

  async toLocal(record: RecordRef): Promise<string> {
    return this.local.get(recordKey(record)) ?? record.uuid;
  }

  async toCanonical(aggregate: RecordRef['aggregate'], localUuid: string): Promise<string> {
    return this.canonical.get(recordKey({ aggregate, uuid: localUuid })) ?? localUuid;
  }

  async allToLocal(records: readonly RecordRef[]): Promise<readonly string[]> {
    return Promise.all(records.map((record) => this.toLocal(record)));
  }

  async allToCanonical(locals: readonly RecordRef[]): Promise<readonly string[]> {
    return Promise.all(locals.map(({ aggregate, uuid }) => this.toCanonical(aggregate, uuid)));
  }

  async isMapped(): Promise<boolean> {
    return false;
  }

  async remember(record: RecordRef, localUuid: string): Promise<void> {
    this.local.set(recordKey(record), localUuid);
    this.canonical.set(recordKey({ aggregate: record.aggregate, uuid: localUuid }), record.uuid);
  }
}
