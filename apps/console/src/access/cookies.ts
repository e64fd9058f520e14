import type { FromWhere } from '@sync-hub/contracts';
import type { AskedBy } from './caller.js';
import { isOurHost } from './here.js';

const YEAR_SECONDS = 366 * 24 * 60 * 60;

/** A browser has one jar for all ports of a machine: each console its own names in it. */
function cookieNamed(what: 'session' | 'browser', { headers }: Pick<AskedBy, 'headers'>): string {
  const port = /:(\d+)$/.exec(headers['host'] ?? '')?.[1] ?? '';
  return `${isSecure({ headers }) ? '__Host-' : ''}sync-hub-${what}${port}`;
}

/** Whoever ends TLS before us says so; under another name than this machine's people come by https alone. */
const isSecure = ({ headers }: Pick<AskedBy, 'headers'>): boolean => headers['x-forwarded-proto'] === 'https' || !isOurHost(headers['host']);

export function cookieIn(what: 'session' | 'browser', request: Pick<AskedBy, 'headers'>): string | null {
  const name = cookieNamed(what, request);
  const found = (request.headers['cookie'] ?? '').split(/;\s*/).find((one) => one.startsWith(`${name}=`));
  return found === undefined ? null : found.slice(name.length + 1);
}

/** No script reads it, and no page elsewhere has it sent. `null` takes it away. */
export function cookieTo(what: 'session' | 'browser', secret: string | null, request: Pick<AskedBy, 'headers'>): string {
  const age = secret === null ? '; Max-Age=0' : what === 'browser' ? `; Max-Age=${YEAR_SECONDS}` : '';
  return `${cookieNamed(what, request)}=${secret ?? ''}; Path=/; HttpOnly; SameSite=Strict${isSecure(request) ? '; Secure' : ''}${age}`;
}

export const fromWhere = (request: Pick<AskedBy, 'headers' | 'socket'>): FromWhere => ({
  address: request.socket.remoteAddress ?? '',
  browser: cookieIn('browser', request),
});
