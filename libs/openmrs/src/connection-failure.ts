import type { Failure } from './http-answer.js';

/** Error codes of Node and undici that can only come before the request has left us. */
const UNSENT: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknown host',
  EAI_AGAIN: 'unknown host',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'connecting timed out',
  UND_ERR_CLOSED: 'closed by us',
  UND_ERR_DESTROYED: 'closed by us',
};

const TIMED_OUT = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'ETIMEDOUT']);

/** What kind of failure an exception of the HTTP library is, by its constant code; its text is never looked at. */
export function failureOf(error: unknown, { stopped, late }: { readonly stopped: boolean; readonly late: boolean }): Failure {
  if (stopped) return { kind: 'stopped', reason: 'stopped' };
  if (late) return { kind: 'cut', reason: 'timed out' };
  const code = codeOf(error);
  const unsent = UNSENT[code];
  if (unsent !== undefined) return { kind: 'unsent', reason: unsent };
  if (/CERT|TLS|SSL|SELF_SIGNED/.test(code)) return { kind: 'unsent', reason: 'certificate' };
  return { kind: 'cut', reason: TIMED_OUT.has(code) ? 'timed out' : 'connection lost' };
}

function codeOf(error: unknown): string {
  const { code, errors } = (error ?? {}) as { code?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  return Array.isArray(errors) && errors.length > 0 ? codeOf(errors[0]) : '';
}
