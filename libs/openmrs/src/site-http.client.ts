import { ContractError, SyncError } from '@sync-hub/contracts';
import { type Dispatcher, Pool } from 'undici';
import { failureOf } from './connection-failure.js';
import { aboutOf, judgeFailure, outcomeUnknown, type Purpose, subject } from './http-answer.js';
import { InFlight } from './in-flight.js';
import type { CallOptions } from './site-client.js';
import { DEFAULTS, type SiteOptions } from './site-options.js';

/** One HTTP request. `path` comes after the base URL and starts with `/ws/`. */
export interface SiteRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly purpose: Purpose;
}

/** An answer as it came over the wire. Its bytes stay within this library. */
export interface RawAnswer {
  readonly status: number;
  readonly contentType: string | null;
  readonly bytes: Buffer;
  readonly setCookies: readonly string[];
  /** The server's clock, as its Date header tells it. */
  readonly date: Date | null;
  /** What vouches for the answer's being unchanged, where anybody does. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

/**
 * One site over HTTP: a pool of connections, a cap on requests in flight below which its answers set the pace, a deadline and a size limit on every answer.
 * Knows nothing of sessions or of what is sent; redirects are never followed. Throws SyncErrors only.
 */
export class SiteHttpClient {
  private readonly pool: Pool;
  private readonly inFlight: InFlight;
  private readonly basePath: string;
  private readonly answerTimeoutMs: number;
  private readonly maxBodyBytes: number;

  constructor(options: SiteOptions) {
    const url = new URL(options.baseUrl);
    const cap = options.maxInFlight ?? DEFAULTS.maxInFlight;
    this.basePath = url.pathname.replace(/\/+$/, '');
    this.inFlight = new InFlight(cap, options.onInFlightLimit ?? (() => undefined));
    this.answerTimeoutMs = options.answerTimeoutMs ?? DEFAULTS.answerTimeoutMs;
    this.maxBodyBytes = options.maxBodyBytes ?? DEFAULTS.maxBodyBytes;
    this.pool = new Pool(url.origin, { connections: cap, pipelining: 1, connect: { timeout: options.connectTimeoutMs ?? DEFAULTS.connectTimeoutMs } });
  }

  /** Sends one request once, when its turn has come. */
  send(request: SiteRequest, options: CallOptions): Promise<RawAnswer> {
    return this.inFlight.run(request.purpose.kind, () => this.sendNow(request, options));
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }

  private async sendNow({ method, path, headers, body, purpose }: SiteRequest, options: CallOptions): Promise<RawAnswer> {
    const { signal, beforeRequest, heard, received, sent } = options;
    beforeRequest?.();
    const deadline = AbortSignal.timeout(this.answerTimeoutMs);
    const sentAt = performance.now();
    const text = body === undefined ? null : JSON.stringify(body);
    if (text !== null) sent?.(Buffer.byteLength(text));
    let isAnswered = false;
    const exchanged = (status: number | null, answer: Buffer | null): void => {
      if (purpose.kind === 'write') options.exchanged?.({ method, path, request: text ?? '', status, answer: answer?.toString('utf8') ?? null });
    };
    const tell = (date: Date | null): void => heard?.({ isWrite: purpose.kind === 'write', path, date, tookMs: Math.round(performance.now() - sentAt) });
    try {
      const answer = await this.pool.request({
        method,
        path: `${this.basePath}${path}`,
        headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        body: text,
        signal: AbortSignal.any([signal, deadline]),
      });
      const date = dateOf(headerOf(answer.headers, 'date'));
      isAnswered = true;
      tell(date);
      const bytes = await this.bytesOf(answer, purpose);
      received?.(bytes.length);
      exchanged(answer.statusCode, bytes);
      return {
        status: answer.statusCode,
        contentType: headerOf(answer.headers, 'content-type'),
        bytes,
        setCookies: listOf(answer.headers['set-cookie']),
        date,
        etag: headerOf(answer.headers, 'etag'),
        lastModified: headerOf(answer.headers, 'last-modified'),
      };
    } catch (error) {
      if (error instanceof SyncError) throw error;
      // A write may have been done all the same.
      if (!isAnswered && purpose.kind === 'write') tell(null);
      exchanged(null, null);
      throw judgeFailure(failureOf(error, { stopped: signal.aborted, late: deadline.aborted }), purpose);
    }
  }

  /** A body that says that it is too large is not read at all. */
  private async bytesOf({ body, headers }: Dispatcher.ResponseData, purpose: Purpose): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let size = 0;
    if (Number(headerOf(headers, 'content-length') ?? 0) > this.maxBodyBytes) {
      body.on('error', () => undefined).destroy();
      throw tooLarge(purpose, this.maxBodyBytes);
    }
    for await (const chunk of body as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > this.maxBodyBytes) {
        body.destroy();
        throw tooLarge(purpose, this.maxBodyBytes);
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  }
}

type Headers = Dispatcher.ResponseData['headers'];

const headerOf = (headers: Headers, name: string): string | null => listOf(headers[name])[0] ?? null;
const listOf = (value: string | string[] | undefined): readonly string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function dateOf(header: string | null): Date | null {
  const at = new Date(header ?? '');
  return Number.isNaN(at.getTime()) ? null : at;
}

/** A read is refused. Of a write only the answer is too large: it may well have been done. */
function tooLarge(purpose: Purpose, maxBytes: number): SyncError {
  const details = { ...aboutOf(purpose), reason: 'body-too-large', maxBytes };
  return purpose.kind === 'write'
    ? outcomeUnknown(purpose, details)
    : new ContractError(`${purpose.site} answers with more than ${maxBytes} bytes to ${subject(purpose)}`, details);
}
