import type { IncomingMessage, ServerResponse } from 'node:http';
import { Injectable, type NestMiddleware } from '@nestjs/common';

/** Names under which a browser on this machine reaches the console. Any other is a page elsewhere whose name was pointed here (DNS rebinding). */
const OUR_NAMES: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]']);

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** Is this the `Host` of a request that was meant for the console on this machine? */
export function isOurHost(host: string | undefined): boolean {
  const name = /^(\[[0-9a-f:]+\]|[^:[\]]+)(?::\d{1,5})?$/i.exec(host ?? '')?.[1];
  return name !== undefined && OUR_NAMES.has(name.toLowerCase());
}

/** What a person does to a conflict, to a rule, to many conflicts by one, or to accounts; who it is is asked where it is done. */
const ACTS = [
  /^\/api\/conflicts\/[^/]+\/(?:preview|answer|assign|note|dismiss)$/,
  /^\/api\/conflicts\/rules(?:\/[^/]+\/revoke)?$/,
  /^\/api\/conflicts\/bulk(?:\/[^/]+\/(?:apply|stop))?$/,
  /^\/api\/parked\/records\/[^/]+\/(?:why|redrive|discard|park)$/,
  /^\/api\/parked\/runs(?:\/[^/]+\/(?:redrive|discard|park|stop))?$/,
  /^\/api\/runs(?:\/[^/]+\/cancel)?$/,
  /^\/api\/session(?:\/(?:end|password))?$/,
  /^\/api\/accounts(?:\/[^/]+\/(?:role|disable|enable|password|tokens)|\/tokens\/[^/]+\/revoke)?$/,
  /^\/api\/tokens(?:\/[^/]+\/revoke)?$/,
  /^\/ws\/rest\/sync2\/conflict\/resolve(?:\?|$)/,
];

/** Lets through what was asked here, by reading or by an act on a conflict; puts the headers on that keep the page to itself. */
@Injectable()
export class OnlyHereMiddleware implements NestMiddleware {
  use(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request);
    if (refusal === null) next();
    else refuse(response, refusal);
  }
}

interface Refusal {
  readonly status: number;
  readonly text: string;
}

function refusalOf({ method, headers, originalUrl = '' }: IncomingMessage & { readonly originalUrl?: string }): Refusal | null {
  if (!isOurHost(headers.host)) return { status: 403, text: 'The console answers on 127.0.0.1 and localhost only.' };
  if (method === 'POST' && ACTS.some((act) => act.test(originalUrl))) return null;
  return method === 'GET' || method === 'HEAD' ? null : { status: 405, text: 'Only read here.' };
}

function refuse(response: ServerResponse, { status, text }: Refusal): void {
  response.statusCode = status;
  if (status === 405) response.setHeader('allow', 'GET, HEAD');
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${text}\n`);
}
