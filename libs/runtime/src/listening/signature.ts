import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a sender signs, as the headers `webhook-id`, `webhook-timestamp` and `webhook-signature` and the body carry it (standardwebhooks.com, version 1). */
export interface SignedMessage {
  readonly id: string;
  /** Seconds since 1970. */
  readonly timestamp: string;
  /** `v1,<base64>`; several, separated by spaces, while a secret is being changed. */
  readonly signature: string;
  readonly body: Buffer;
}

/** A message that is older, or of a clock that is further ahead, is not taken: whoever has overheard it could send it for ever. */
export const TOLERATED_SECONDS = 300;

/** Why a message is not taken; `null` where it is. Says nothing that would help to guess the secret. */
export function whyNotTrusted(message: SignedMessage, secret: string, now: Date): 'not-signed' | 'too-old' | null {
  if (message.id === '' || !/^\d{1,12}$/.test(message.timestamp)) return 'not-signed';
  const expected = Buffer.from(signatureOf(message, secret));
  const isSigned = message.signature.split(' ').some((one) => isSame(Buffer.from(one), expected));
  if (!isSigned) return 'not-signed';
  return Math.abs(now.getTime() / 1000 - Number(message.timestamp)) > TOLERATED_SECONDS ? 'too-old' : null;
}

/** The signature of a message: HMAC with SHA-256 over its id, its time and its body. */
export function signatureOf({ id, timestamp, body }: Omit<SignedMessage, 'signature'>, secret: string): string {
  const digest = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest('base64');
  return `v1,${digest}`;
}

/** A secret as the standard writes it, `whsec_` and base64, or any text. */
const keyOf = (secret: string): Buffer => (secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret));

const isSame = (one: Buffer, other: Buffer): boolean => one.length === other.length && timingSafeEqual(one, other);
