import { SiteId, StepDone, TraceId } from '@sync-hub/contracts';
import type { ConsumeMessage, Options } from 'amqplib';
import type { About, Envelope } from '../envelope.js';

/** What is printed on every message: who said it. */
const APP_ID = 'sync-hub';

/** RabbitMQ's own name for a timestamp finer than AMQP's seconds. */
const MILLISECONDS = 'timestamp_in_ms';

export interface Sending {
  readonly content: Buffer;
  readonly options: Options.Publish & { readonly messageId: string };
}

/** The payload alone is the body; everything about it is in AMQP's own properties. */
export function toWire(envelope: Envelope, headers: Readonly<Record<string, string | number>> = {}): Sending {
  const { messageId, type, site, payload, correlationId, timestamp } = envelope;
  return {
    content: Buffer.from(JSON.stringify(payload)),
    options: {
      messageId,
      type,
      correlationId,
      timestamp: Math.floor(timestamp.getTime() / 1000),
      appId: APP_ID,
      contentType: 'application/json',
      persistent: true,
      mandatory: true,
      headers: { site, [MILLISECONDS]: timestamp.getTime(), ...headersOf(envelope), ...headers },
    },
  };
}

/** The envelope, or null where this cannot be one of ours: no JSON object, or no usable name, id or site. */
export function fromWire({ content, properties }: Pick<ConsumeMessage, 'content' | 'properties'>): Envelope | null {
  const payload = jsonObject(content);
  const headers: Record<string, unknown> = properties.headers ?? {};
  const site = SiteId.safeParse(headers['site']);
  const { messageId, type, correlationId }: { messageId: unknown; type: unknown; correlationId: unknown } = properties;
  if (payload === null || !site.success || !isWord(messageId) || !isWord(type)) return null;
  return {
    messageId,
    type,
    site: site.data,
    payload,
    correlationId: isWord(correlationId) ? correlationId : '',
    timestamp: timestampOf(headers[MILLISECONDS], properties.timestamp),
    ...aboutIn(headers),
  };
}

/** The walk as W3C's `traceparent` (https://www.w3.org/TR/trace-context/), so that what looks at the broker can tell walks apart; the step as JSON, numbers alone. */
function headersOf({ trace, step }: About): Readonly<Record<string, string>> {
  return {
    ...(trace === undefined ? {} : { traceparent: `00-${trace}-${trace.slice(16)}-00` }),
    ...(step === undefined ? {} : { step: JSON.stringify(step) }),
  };
}

/** What is not as we write it is left out: a message is read whatever goes along with it. */
function aboutIn({ traceparent, step }: Readonly<Record<string, unknown>>): About {
  const [, named] = typeof traceparent === 'string' ? (/^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(traceparent) ?? []) : [];
  const [trace, done] = [TraceId.safeParse(named), StepDone.safeParse(typeof step === 'string' ? jsonObject(Buffer.from(step)) : null)];
  return { ...(trace.success ? { trace: trace.data } : {}), ...(done.success ? { step: done.data } : {}) };
}

function jsonObject(content: Buffer): Record<string, unknown> | null {
  try {
    const parsed: unknown = JSON.parse(content.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? (parsed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Printable ASCII of at most 255 characters, as AMQP's short strings and our tables take it. */
const isWord = (value: unknown): value is string => typeof value === 'string' && /^[\x21-\x7e]{1,255}$/.test(value);

function timestampOf(milliseconds: unknown, seconds: unknown): Date {
  if (typeof milliseconds === 'number') return new Date(milliseconds);
  return typeof seconds === 'number' ? new Date(seconds * 1000) : new Date(0);
}
