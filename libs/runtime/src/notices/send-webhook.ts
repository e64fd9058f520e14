import { TransientError } from '@sync-hub/contracts';
import { signedNow } from '../listening/index.js';

const ANSWERS_WITHIN_MS = 15_000;

/** Where a message goes, and by what it is signed. */
export interface SignedPost {
  readonly url: string;
  readonly secret: string;
  /** The same for every try: who has taken it once can tell. */
  readonly id: string;
}

/** Sends a signed message (standardwebhooks.com), and rests content with any answer of 200 to 299. Throws a TransientError with a code otherwise. */
export async function sendWebhook({ url, secret, id }: SignedPost, said: unknown, ending: AbortSignal): Promise<void> {
  const body = Buffer.from(JSON.stringify(said));
  const headers = { 'content-type': 'application/json', ...signedNow(body, secret, id) };
  const answer = await fetch(url, {
    method: 'POST',
    redirect: 'manual',
    headers,
    body: new Uint8Array(body),
    signal: AbortSignal.any([ending, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
  }).catch(() => null);
  if (answer === null) throw new TransientError('unreachable', 'nobody takes the message');
  await answer.body?.cancel();
  if (!answer.ok) throw new TransientError('answers-otherwise', 'the message is not taken', { status: answer.status });
}
