import { type AuditFilter, AuditSearched } from '@sync-hub/contracts';
import { newId } from '@sync-hub/persistence';
import type { AuditExportParts } from './audit-exports.js';

/** Has it in the audit that somebody searched it: by which kinds of filter, and by no value of one. */
export async function saySearched({ database, configuration, send }: AuditExportParts, filter: AuditFilter, lines: number, by: string): Promise<void> {
  const filters = Object.entries(filter).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const searched = { site: configuration().instance.id, round: 1, outcome: 'searched', filters: filters.sort(), lines, by } as const;
  const { said } = await database.transaction(async (tx) => tx.say(AuditSearched, newId(), searched));
  await send(said);
}
