import type { SiteId, StepDone, TraceId } from '@sync-hub/contracts';

/** What goes along with a message and is none of what it says: the walk that it belongs to, and what the step that said it came to. Empty for what is said beside any walk. */
export interface About {
  /** The walk of a change, from the entry that told of it to the end of its last job. */
  readonly trace?: TraceId | undefined;
  readonly step?: StepDone | undefined;
}

/** One message with its metadata, as it lies in the outbox and travels on the bus. Payloads hold references, never records. */
export interface Envelope extends About {
  /** `<message>:<row>:<round>`: the same fact always has the same id. */
  readonly messageId: string;
  readonly type: string;
  readonly site: SiteId;
  readonly payload: Readonly<Record<string, unknown>>;
  /** The change or job it belongs to. */
  readonly correlationId: string;
  readonly timestamp: Date;
}
