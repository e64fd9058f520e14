import type { Envelope, Tx } from '@sync-hub/messaging';

/** The audit: every message the pipeline said, references and names only. Written by record. */
export class AuditRepository {
  async record(tx: Tx, envelope: Pick<Envelope, 'messageId' | 'type' | 'site' | 'payload' | 'correlationId' | 'timestamp'>): Promise<void> {
    const { payload } = envelope;
    const record = (payload['record'] ?? {}) as { aggregate?: string; uuid?: string };
    await tx.query(
      `insert into audit (message_id, type, site, link, aggregate, uuid, correlation_id, outcome, reason, details, said_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (message_id) do nothing`,
      [
        envelope.messageId,
        envelope.type,
        envelope.site,
        payload['link'] ?? null,
        record.aggregate ?? null,
        record.uuid ?? null,
        envelope.correlationId,
        payload['outcome'] ?? payload['end'] ?? payload['held'] ?? null,
        payload['reason'] ?? null,
        JSON.stringify(payload),
        envelope.timestamp,
      ],
    );
  }
}
