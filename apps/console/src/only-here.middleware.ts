import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable, type NestMiddleware } from '@nestjs/common';
import { isOurHost } from './access/here.js';

/** Injection token of the address at which people on other machines open the console; `undefined` where none do. */
export const CONSOLE_ADDRESS = Symbol('ConsoleAddress');

const HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': "default-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
};

/** What a person does to a conflict, to a rule, to many conflicts by one, to the configuration, or to accounts; who it is is asked where it is done. */
const ACTS = [
  /^\/api\/conflicts\/[^/]+\/(?:preview|answer|assign|note|dismiss)$/,
  /^\/api\/conflicts\/rules(?:\/[^/]+\/revoke)?$/,
  /^\/api\/conflicts\/bulk(?:\/[^/]+\/(?:apply|stop))?$/,
  /^\/api\/parked\/records\/[^/]+\/(?:why|redrive|discard|park)$/,
  /^\/api\/parked\/runs(?:\/[^/]+\/(?:redrive|discard|park|stop))?$/,
  /^\/api\/configuration\/(?:check|edit|save|rollback|import)$/,
  /^\/api\/feeds\/rewind$/,
  /^\/api\/links\/[^/]+\/(?:pause|drain|resume|release)$/,
  /^\/api\/patients\/(?:stop|resume|follow|unfollow|kept|erase)$/,
  /^\/api\/runs(?:\/[^/]+\/cancel)?$/,
  /^\/api\/session(?:\/(?:end|password|oidc))?$/,
  /^\/api\/accounts(?:\/[^/]+\/(?:role|disable|enable|password|tokens)|\/tokens\/[^/]+\/revoke)?$/,
  /^\/api\/tokens(?:\/[^/]+\/revoke)?$/,
  /^\/api\/records\/(?:search|timeline)$/,
  /^\/api\/audit\/(?:search|export|verify|bodies\/[^/]+\/show)$/,
  /^\/ws\/rest\/sync2\/conflict\/resolve(?:\?|$)/,
];

/** Lets through what was asked here, or at the address that the configuration says, by reading or by an act on a conflict; puts the headers on that keep the page to itself. */
@Injectable()
export class OnlyHereMiddleware implements NestMiddleware {
  constructor(@Inject(CONSOLE_ADDRESS) private readonly address: () => string | undefined) {}

  use(request: IncomingMessage, response: ServerResponse, next: () => void): void {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    const refusal = refusalOf(request, this.address());
    if (refusal === null) next();
    else refuse(response, refusal);
  }
}

interface Refusal {
  readonly status: number;
  readonly text: string;
}

function refusalOf({ method, headers, originalUrl = '' }: IncomingMessage & { readonly originalUrl?: string }, address: string | undefined): Refusal | null {
  if (!isOurHost(headers.host) && !isAt(address, headers.host))
    return { status: 403, text: 'The console answers on 127.0.0.1 and localhost only, and at instance.console.url.' };
  if (method === 'POST' && ACTS.some((act) => act.test(originalUrl))) return null;
  return method === 'GET' || method === 'HEAD' ? null : { status: 405, text: 'Only read here.' };
}

const isAt = (address: string | undefined, host = ''): boolean => address !== undefined && new URL(address).host === host.toLowerCase();

function refuse(response: ServerResponse, { status, text }: Refusal): void {
  response.statusCode = status;
  if (status === 405) response.setHeader('allow', 'GET, HEAD');
  response.setHeader('content-type', 'text/plain; charset=utf-8');
  response.end(`${text}\n`);
}
