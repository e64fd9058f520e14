import type { SiteId } from '@sync-hub/contracts';

/** One message with its metadata, as it lies in the outbox and travels on the bus. Payloads hold references, never records. */
export interface Envelope {
  /** `<message>:<row>:<round>`: the same fact always has the same id. */
  readonly messageId: string;
  readonly type: string;
  readonly site: SiteId;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The change or job it belongs to. */
  readonly correlationId: string;
  readonly timestamp: Date;
  /** The W3C trace it belongs to, where tracing is on. */
  readonly traceparent?: string;
}
