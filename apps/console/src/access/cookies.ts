import type { FromWhere } from '@sync-hub/contracts';
import type { AskedBy } from './caller.js';
import { isOurHost } from './here.js';

/** `journey`: while somebody is at the page of a provider that vouches for them. */
type Cookie = 'session' | 'browser' | 'journey';

const LASTS: Readonly<Record<Cookie, string>> = { session: '', browser: `; Max-Age=${366 * 24 * 60 * 60}`, journey: `; Max-Age=${15 * 60}` };

/** Back from the provider's page, which is elsewhere, a browser takes along no other kind. */
const SENT: Readonly<Record<Cookie, string>> = { session: 'Strict', browser: 'Strict', journey: 'Lax' };

/** A browser has one jar for all ports of a machine: each console its own names in it. */
function cookieNamed(what: Cookie, { headers }: Pick<AskedBy, 'headers'>): string {
  const port = /:(\d+)$/.exec(headers['host'] ?? '')?.[1] ?? '';
  return `${isSecure({ headers }) ? '__Host-' : ''}sync-hub-${what}${port}`;
}

/** Whoever ends TLS before us says so; under another name than this machine's people come by https alone. */
const isSecure = ({ headers }: Pick<AskedBy, 'headers'>): boolean => headers['x-forwarded-proto'] === 'https' || !isOurHost(headers['host']);

export function cookieIn(what: Cookie, request: Pick<AskedBy, 'headers'>): string | null {
  const name = cookieNamed(what, request);
  const found = (request.headers['cookie'] ?? '').split(/;\s*/).find((one) => one.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}

/** No script reads it, and no page elsewhere has it sent. `null` takes it away. */
export function cookieTo(what: Cookie, secret: string | null, request: Pick<AskedBy, 'headers'>): string {
  const age = secret === null ? '; Max-Age=0' : LASTS[what];
  return `${cookieNamed(what, request)}=${secret ?? ''}; Path=/; HttpOnly; SameSite=${SENT[what]}${isSecure(request) ? '; Secure' : ''}${age}`;
}

/** Under which address the browser that asks has us: `https://sync.example.org`. */
export const ourOrigin = (request: Pick<AskedBy, 'headers'>): string => `${isSecure(request) ? 'https' : 'http'}://${request.headers['host'] ?? ''}`;

export const fromWhere = (request: Pick<AskedBy, 'headers' | 'socket'>): FromWhere => ({
  address: request.socket.remoteAddress ?? '',
  browser: cookieIn('browser', request),
});
