import type { Aggregate, RecordRef, Uuid } from '@sync-hub/contracts';

/**
 * Which records one site knows under a uuid of its own. Empty nearly everywhere: only servers that refuse our uuid on
 * create have entries, and sites for which the configuration maps metadata (`mappedAliases`). All look-ups answer the uuid they were asked for
 * where there is none.
 */
export interface AliasBook {
  toLocal(record: RecordRef): Promise<Uuid>;
  toCanonical(aggregate: Aggregate, localUuid: Uuid): Promise<Uuid>;
  /** Both for many at once, in their order: an encounter has dozens of obs. */
  allToLocal(records: readonly RecordRef[]): Promise<readonly Uuid[]>;
  allToCanonical(locals: readonly RecordRef[]): Promise<readonly Uuid[]>;
  /** Is it a person who has said what the record is called there? Then it is there, and nobody makes one. */
  isMapped(record: RecordRef): Promise<boolean>;
  /** Keeps an alias; keeping the same one again changes nothing. */
  remember(record: RecordRef, localUuid: Uuid): Promise<void>;
}
