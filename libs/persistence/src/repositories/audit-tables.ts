import type { AuditKind } from '../audit-chain.js';

/** The table of each kind, the lock that who writes into it holds shared until the commit, and what else is hashed of its rows. */
export const AUDIT_TABLES = {
  own: { table: 'audit', writing: [7260, 104], more: '' },
  received: { table: 'received_audit', writing: [7260, 105], more: `, origin, ${usec('received_at')}::text` },
} as const satisfies Record<AuditKind, { readonly table: string; readonly writing: readonly [number, number]; readonly more: string }>;

/** A moment as whole microseconds, which reads the same in every time zone. */
export function usec(column: string): string {
  return `(extract(epoch from ${column}) * 1000000)::bigint`;
}

/** All that a row says, as one text: jsonb orders the keys of an object, and has each once. */
export const contentOfRow = (kind: AuditKind): string =>
  `jsonb_build_array(id::text, message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, ${usec('said_at')}::text, ${usec('recorded_at')}::text${AUDIT_TABLES[kind].more})::text`;
