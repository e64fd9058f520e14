import type { AuditLine } from '@sync-hub/contracts';
import type { AuditKind } from '../audit-chain.js';
import { usec } from './audit-tables.js';

/** A line as it is asked for, its moments in whole microseconds. */
export interface StoredLine extends Omit<AuditLine, 'saidAt' | 'recordedAt'> {
  readonly said: string;
  readonly recorded: string;
}

/** What is asked for of the lines of a kind. */
export const columnsOf = (
  kind: AuditKind,
): string => `id::text as id, message_id as "messageId", type, site, link, aggregate, uuid, correlation_id as "correlationId",
  outcome, reason, details, ${usec('said_at')}::text as said, ${usec('recorded_at')}::text as recorded, ${kind === 'own' ? 'null::text' : 'origin'} as origin`;

export const lineFrom = ({ said, recorded, ...row }: StoredLine): AuditLine => ({ ...row, saidAt: momentOf(said), recordedAt: momentOf(recorded) });

/** Whole microseconds as a moment of ISO 8601 with all of them. */
function momentOf(micros: string): string {
  const millis = BigInt(micros) / 1000n;
  const rest = BigInt(micros) % 1000n;
  const [whole, over] = rest < 0n ? [millis - 1n, rest + 1000n] : [millis, rest];
  return `${new Date(Number(whole)).toISOString().slice(0, -1)}${String(over).padStart(3, '0')}Z`;
}
