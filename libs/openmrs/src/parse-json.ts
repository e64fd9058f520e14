import type { RawAnswer } from './site-http.client.js';

/** The body as JSON; `undefined` where it is none, whatever its content type says. An empty body is none. */
export function parseJson({ bytes }: Pick<RawAnswer, 'bytes'>): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    return undefined;
  }
}
