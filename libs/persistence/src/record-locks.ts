import { type RecordRef, recordKey } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';

/**
 * Serialises every decision about a record until the transaction ends: changes, jobs, agreements, holds. Many at once are
 * taken in one order, so that two groups cannot wait for each other. (Not a claim: no request is made while it is held.)
 */
export async function lockRecords(tx: Tx, records: readonly RecordRef[]): Promise<void> {
  const keys = [...new Set(records.map(recordKey))];
  if (keys.length === 0) return;
  await tx.query(
    `select pg_advisory_xact_lock(key) from (select distinct hashtextextended(word, 7260) as key from unnest($1::text[]) as word order by 1) as keys`,
    [keys],
  );
}
