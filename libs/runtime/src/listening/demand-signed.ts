import { randomUUID } from 'node:crypto';
import { UnauthorizedException } from '@nestjs/common';
import { signatureOf, whyNotTrusted } from './signature.js';

/** What an HTTP request, or the answer to one, carries beside its body. */
type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A request as our ports get it: its body raw. */
export interface RawRequest {
  readonly headers: Headers;
  readonly body?: unknown;
}

/**
 * The body of a request that is signed with the secret of who sends it; `undefined` where there is nobody of that name. Throws an UnauthorizedException otherwise: whoever
 * does not know a secret learns not even whether there is such a sender.
 */
export function demandSigned({ headers, body }: RawRequest, secret: string | undefined): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  const why = secret === undefined ? 'not-signed' : whyNotTrusted(messageIn(headers, bytes), secret, new Date());
  if (why === 'not-signed') throw new UnauthorizedException('the signature does not fit');
  if (why === 'too-old') throw new UnauthorizedException('the message is older than five minutes, or the clocks differ: sign it anew');
  return bytes;
}

/** The headers of a message that is signed now: of a new one, or of the answer to the one of that id. */
export function signedNow(body: Buffer, secret: string, id = `msg_${randomUUID()}`) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatureOf({ id, timestamp, body }, secret) };
}

/** The message that these headers and this body make. */
export function messageIn(headers: Headers, body: Buffer) {
  const of = (name: string): string => {
    const value = headers[name];
    return typeof value === 'string' ? value : '';
  };
  return { id: of('webhook-id'), timestamp: of('webhook-timestamp'), signature: of('webhook-signature'), body };
}

/** Headers on a response of ours. */
export interface Answering {
  setHeader(name: string, value: string): unknown;
}

/** Signs the answer to a request, so that nobody else's is believed. */
export function signAnswer(response: Answering, { headers }: RawRequest, answer: Buffer, secret: string): void {
  for (const [name, value] of Object.entries(signedNow(answer, secret, String(headers['webhook-id'])))) response.setHeader(name, value);
}
