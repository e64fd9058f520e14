import { createHash, timingSafeEqual } from 'node:crypto';
import { HttpException, Inject, Injectable, UnauthorizedException } from '@nestjs/common';
import { PERMISSIONS, type SignInDesk } from '@sync-hub/contracts';
import type { AskedBy, Caller } from './caller.js';
import { cookieIn, fromWhere } from './cookies.js';
import { isHere } from './here.js';
import type { Need } from './needs.js';

/** Injection token of the secret that opens the console on its own machine. */
export const CONSOLE_TOKEN = Symbol('ConsoleToken');

/** Injection token of who signs in; `null` where there are no accounts. */
export const SIGN_IN_DESK = Symbol('SignInDesk');

const BEARER = /^Bearer ([\w-]{1,200})$/;
const BASIC = /^Basic ([A-Za-z0-9+/]{1,800}={0,2})$/;

/** Finds out who asks. */
@Injectable()
export class Callers {
  private readonly expected: Buffer;

  constructor(
    @Inject(CONSOLE_TOKEN) token: string,
    @Inject(SIGN_IN_DESK) private readonly desk: SignInDesk | null,
  ) {
    this.expected = digestOf(token);
  }

  /** `null` where nobody says who they are. Throws what is answered with 401 where what they say is not so, and with 429 where it is not looked at yet. */
  find(request: AskedBy, need: Need): Promise<Caller | null> {
    return this.seek(request, need, {});
  }

  /** The same, and a session that nobody uses but to watch gets no longer by it. */
  findUnnoticed(request: AskedBy, need: Need): Promise<Caller | null> {
    return this.seek(request, need, { unnoticed: true });
  }

  private async seek(request: AskedBy, need: Need, how: { readonly unnoticed?: boolean }): Promise<Caller | null> {
    const { authorization } = request.headers;
    const token = BEARER.exec(authorization ?? '')?.[1];
    if (token !== undefined) return this.byToken(token, request);
    const basic = BASIC.exec(authorization ?? '')?.[1];
    if (basic !== undefined && need.basic === true) return this.byPassword(basic, request);
    if (authorization !== undefined) throw nobody();
    const secret = cookieIn('session', request);
    const who = secret === null ? null : ((await this.desk?.bySession(secret, how)) ?? null);
    return who === null || secret === null ? null : { ...who, by: 'session', secret };
  }

  private async byToken(token: string, request: AskedBy): Promise<Caller> {
    // Digests are of one length, so that their comparison takes the same time whatever was told.
    if (timingSafeEqual(digestOf(token), this.expected) && isHere(request)) return { by: 'console-token', permissions: PERMISSIONS };
    const who = await this.desk?.byToken(token);
    if (who === null || who === undefined) throw nobody();
    return { ...who, by: 'api-token' };
  }

  private async byPassword(basic: string, request: AskedBy): Promise<Caller> {
    const [, name = '', password = ''] = /^([^:]*):(.*)$/s.exec(Buffer.from(basic, 'base64').toString('utf8')) ?? [];
    const signedIn = await this.desk?.byPassword(name, password, { ...fromWhere(request), browser: null });
    if (signedIn?.kind === 'wait') throw tooOften(signedIn.seconds);
    if (signedIn?.kind !== 'known') throw nobody();
    return { ...signedIn.who, by: 'password' };
  }
}

/** Without a challenge: a browser that asked for name and password would send them along with whatever a page elsewhere asks. */
export const nobody = (): UnauthorizedException => new UnauthorizedException({ error: 'token' });

export const tooOften = (seconds: number): HttpException => new HttpException({ error: 'wait', seconds }, 429);

const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();
