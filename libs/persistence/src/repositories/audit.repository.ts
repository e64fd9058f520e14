import type { StepDone } from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import { AUDIT_TABLES } from './audit-tables.js';

type Said = Pick<Envelope, 'messageId' | 'type' | 'site' | 'payload' | 'correlationId' | 'timestamp' | 'trace' | 'step'>;

/**
 * The audit: every message the pipeline said, references and names only. Written by record. Of two at once the inbox lets one in; what comes again after the inbox has
 * forgotten it is known by its message for a month.
 */
export class AuditRepository {
  async record(tx: Tx, envelope: Said): Promise<void> {
    tx.later(recordAll, envelope);
  }
}

/** What was said before that is not said again. A moment that the planner knows keeps it from months that it need not look into. */
const KNOWN_FOR_MS = 31 * 24 * 60 * 60_000;

/** Who writes holds a lock shared, side by side with others, until the commit: who has it alone knows that no number given so far is still to be committed. */
async function recordAll(tx: Pick<Tx, 'query'>, all: readonly Said[]): Promise<void> {
  await tx.query(`select pg_advisory_xact_lock_shared($1, $2)`, AUDIT_TABLES.own.writing);
  await tx.query(
    `insert into audit (message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at)
     select message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at
     from jsonb_to_recordset($1) as row (message_id text, type text, site text, link text, aggregate text, uuid text, correlation_id text, outcome text,
       reason text, details jsonb, said_at timestamptz)
     where (select 1 from audit where audit.message_id = row.message_id and audit.recorded_at > $2 limit 1) is null order by message_id`,
    [JSON.stringify(all.map(rowOf).sort((a, b) => (a.message_id < b.message_id ? -1 : 1))), new Date(Date.now() - KNOWN_FOR_MS)],
  );
}

/** What went along stands among the details, which are hashed, shipped and written out whole. */
function rowOf({ messageId, type, site, payload, correlationId, timestamp, trace, step }: Said) {
  const record = (payload['record'] ?? {}) as { aggregate?: string; uuid?: string };
  return {
    message_id: messageId,
    type,
    site,
    link: payload['link'] ?? null,
    aggregate: record.aggregate ?? null,
    uuid: record.uuid ?? null,
    correlation_id: correlationId,
    outcome: payload['outcome'] ?? payload['end'] ?? payload['held'] ?? null,
    reason: payload['reason'] ?? null,
    details: { ...payload, ...(trace === undefined ? {} : { trace }), ...(step === undefined ? {} : { step: measured(step) }) },
    said_at: timestamp,
  };
}

/** What was not done is not said: a row of a step that asked no site is the shorter. */
const measured = ({ attempt, tookMs, bytesRead, bytesWritten }: StepDone) => ({
  attempt,
  tookMs,
  ...(bytesRead === 0 ? {} : { bytesRead }),
  ...(bytesWritten === 0 ? {} : { bytesWritten }),
});
