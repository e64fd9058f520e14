import { judgeFailure, type Purpose } from './http-answer.js';
import type { CallOptions } from './site-client.js';

/** For work that several callers wait for: it ends with none of them, and asks for nobody's claim. */
export const FOR_ALL: CallOptions = { signal: new AbortController().signal };

/** Waits for work that others wait for too, until the caller itself must stop. */
export async function shared<T>(work: Promise<T>, { signal, beforeRequest }: CallOptions, purpose: Purpose): Promise<T> {
  beforeRequest?.();
  // A signal of its own: many wait within the one of a service, and that one would warn of a leak.
  const own = AbortSignal.any([signal]);
  let forget = (): void => undefined;
  const stop = new Promise<never>((_resolve, reject) => {
    const give = () => reject(judgeFailure({ kind: 'stopped', reason: 'stopped' }, purpose));
    if (own.aborted) give();
    own.addEventListener('abort', give);
    forget = () => own.removeEventListener('abort', give);
  });
  try {
    return await Promise.race([work, stop]);
  } finally {
    forget();
  }
}
