import { BadRequestException, Controller, Get, HttpCode, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { BegunSession, Permission, Role, SignInDesk } from '@sync-hub/contracts';
import { z } from 'zod';
import { SessionAnswer } from '../api/answers/account-answers.js';
import { Tells } from '../api/tells.js';
import { invalid, jsonBody, type RawBody } from '../conflicts/json-body.js';
import { RefusedFilter } from '../conflicts/refused.filter.js';
import type { AskedBy, Caller } from './caller.js';
import { nobody, SIGN_IN_DESK, tooOften } from './callers.js';
import { cookieTo, fromWhere } from './cookies.js';
import { Anybody, Own } from './needs.js';
import { pageToken } from './same-origin.js';

const typed = z.string('is text').min(1, 'is not empty').max(200, 'is 200 characters at most');

const SignInBody = z.strictObject({ name: typed, password: typed });
const PasswordBody = z.strictObject({ current: typed, next: z.string('is text').max(2000) });
const NothingBody = z.strictObject({});

const WAIT = { 429: 'too many were wrong; nothing was looked at, and will not be for so many `seconds`' } as const;

type Request = RawBody & AskedBy;

interface Response {
  appendHeader(name: string, value: string): unknown;
}

/** Who is signed in; `pageToken` goes with whatever they write, in the header `x-page-token`. */
export interface Session {
  readonly name: string;
  readonly role: Role;
  readonly permissions: readonly Permission[];
  readonly mustChangePassword: boolean;
  /** False of whom a provider vouches for. */
  readonly hasPassword: boolean;
  readonly pageToken: string;
}

/**
 * Signing in and out: `POST /api/session` with name and password, `GET` says who is signed in, `POST …/end` ends it, `POST …/password` changes the password and begins another session. 401 where name or password is
 * wrong, which of them is not said; 429 and for how many seconds, where too many were.
 */
@Controller('/api/session')
@UseFilters(RefusedFilter)
export class SessionController {
  constructor(@Inject(SIGN_IN_DESK) private readonly desk: SignInDesk) {}

  @Anybody()
  @Tells({
    does: 'signs in; the session is in a cookie, and `pageToken` goes with whatever is written',
    body: SignInBody,
    answer: SessionAnswer,
    refuses: { 401: 'name or password is wrong', ...WAIT },
  })
  @Post()
  @HttpCode(200)
  async signIn(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Session> {
    const { name, password } = jsonBody(SignInBody, request);
    const signedIn = await this.desk.signIn(name, password, fromWhere(request));
    if (signedIn.kind === 'wait') throw tooOften(signedIn.seconds);
    if (signedIn.kind === 'refused') throw nobody();
    return begun(signedIn.session, request, response);
  }

  @Own({ withOldPassword: true })
  @Tells({ does: 'who is signed in, and what they may', answer: SessionAnswer })
  @Get()
  who(@Req() request: Request): Session {
    const session = sessionOf(request);
    return shown(session, session.secret);
  }

  @Own({ withOldPassword: true })
  @Tells({ does: 'signs out', body: NothingBody, answer: null })
  @Post('end')
  @HttpCode(204)
  async signOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    jsonBody(NothingBody, request);
    await this.desk.signOut(sessionOf(request).secret);
    response.appendHeader('set-cookie', cookieTo('session', null, request));
  }

  @Own({ withOldPassword: true })
  @Tells({
    does: 'changes one’s password, ends all one’s sessions, and begins another',
    body: PasswordBody,
    answer: SessionAnswer,
    refuses: { 400: 'the present one is wrong (`wrong-password`), or what was sent is not so; `problems` says where', ...WAIT },
  })
  @Post('password')
  @HttpCode(200)
  async changePassword(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<Session> {
    const changed = await this.desk.changePassword(sessionOf(request).secret, jsonBody(PasswordBody, request), fromWhere(request));
    switch (changed.kind) {
      case 'changed':
        return begun(changed.session, request, response);
      case 'invalid':
        throw invalid([{ path: 'next', problem: changed.problem }]);
      case 'wait':
        throw tooOften(changed.seconds);
      case 'refused':
        throw new BadRequestException({ error: 'wrong-password' });
    }
  }
}

function sessionOf({ caller }: AskedBy): Caller & { readonly by: 'session' } {
  if (caller?.by !== 'session') throw nobody();
  return caller;
}

const shown = ({ name, role, permissions, mustChangePassword, hasPassword }: Omit<Session, 'pageToken'>, secret: string): Session => ({
  name,
  role,
  permissions,
  mustChangePassword,
  hasPassword,
  pageToken: pageToken(secret),
});

function begun({ secret, browser, who }: BegunSession, request: Request, response: Response): Session {
  response.appendHeader('set-cookie', cookieTo('session', secret, request));
  response.appendHeader('set-cookie', cookieTo('browser', browser, request));
  return shown(who, secret);
}
