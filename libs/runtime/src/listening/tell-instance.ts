import { ContractError, TransientError } from '@sync-hub/contracts';
import { messageIn, signedNow } from './demand-signed.js';
import { whyNotTrusted } from './signature.js';

/** Another instance that we tell something, at an address of its own for what is told, and the secret that both know. */
export interface OtherInstance {
  readonly address: string;
  readonly secret: string;
  /** `application/json` unless it is something else. */
  readonly contentType?: string;
}

const ANSWERS_WITHIN_MS = 30_000;
/** No answer is longer than what is told of: reports have 1 MB at most. */
const LONGEST_ANSWER_BYTES = 1024 * 1024;

/** What other statuses than 200 mean, for whoever has to mend it. */
const STATUS_CODES: Readonly<Record<number, string>> = { 400: 'report-refused', 401: 'not-trusted', 404: 'nobody-receives', 413: 'report-too-long' };

/**
 * Tells another instance something, and answers with what it says. Only what is signed with the secret, in answer to this very body, is believed: a proxy's page, or whoever stands
 * between, takes nothing off our hands. Throws a SyncError with a code otherwise.
 */
export async function tellInstance({ address, secret, contentType = 'application/json' }: OtherInstance, body: Buffer, ending: AbortSignal): Promise<Buffer> {
  const signed = signedNow(body, secret);
  const { status, headers, bytes } = await post(
    address,
    body,
    { 'content-type': contentType, ...signed },
    AbortSignal.any([ending, AbortSignal.timeout(ANSWERS_WITHIN_MS)]),
  );
  if (status !== 200) throw new TransientError(STATUS_CODES[status] ?? 'answers-otherwise', 'the other instance does not take what it is told', { status });
  const answer = messageIn(headers, bytes);
  if (answer.id !== signed['webhook-id'] || whyNotTrusted(answer, secret, new Date()) !== null)
    throw new TransientError('answer-not-signed', 'what answers is not the instance that we report to', { status });
  return bytes;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

async function post(address: string, body: Buffer, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Answered> {
  try {
    const answer = await fetch(address, { method: 'POST', redirect: 'error', headers, body: new Uint8Array(body), signal });
    return { status: answer.status, headers: Object.fromEntries(answer.headers), bytes: await bytesOf(answer) };
  } catch (error) {
    if (error instanceof ContractError) throw error;
    throw new TransientError('unreachable', 'the instance that we report to cannot be reached', causeOf(error));
  }
}

async function bytesOf(answer: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body ?? []) {
    chunks.push(chunk);
    length += chunk.byteLength;
    if (length > LONGEST_ANSWER_BYTES) throw new ContractError('the answer to a report is longer than any can be');
  }
  return Buffer.concat(chunks);
}

/** Node's own code of what stopped a request (ECONNREFUSED, CERT_HAS_EXPIRED). */
function causeOf(error: unknown): { readonly errno?: string } {
  const code = (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  return typeof code === 'string' && /^[A-Z0-9_]{3,60}$/.test(code) ? { errno: code } : {};
}
