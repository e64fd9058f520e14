import { Controller, Get, HttpCode, HttpException, Inject, NotFoundException, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { OidcConfiguration } from '@sync-hub/configuration';
import type { SignInDesk } from '@sync-hub/contracts';
import type { Log } from '@sync-hub/observability';
import { z } from 'zod';
import { GoToAnswer, ProviderAnswer } from '../../api/answers/account-answers.js';
import { Tells } from '../../api/tells.js';
import { jsonBody, type RawBody } from '../../conflicts/json-body.js';
import { RefusedFilter } from '../../conflicts/refused.filter.js';
import { CONSOLE_LOG } from '../../unreadable.filter.js';
import type { AskedBy } from '../caller.js';
import { SIGN_IN_DESK } from '../callers.js';
import { cookieIn, cookieTo, fromWhere, ourOrigin } from '../cookies.js';
import { Anybody } from '../needs.js';
import { isJourney, journeyOf, newJourney } from './journey.js';
import { personOf } from './person-of.js';
import { type OidcSettings, Provider } from './provider.js';
import { type SignInTrouble, troubleOf } from './sign-in-trouble.js';

/** Injection token of who else vouches for people. */
export const OIDC_SETTINGS = Symbol('OidcSettings');

const NothingBody = z.strictObject({});

/** What providers put into the address (RFC 6749, 4.1.2); whatever else they do is theirs. */
const CallbackQuery = z.looseObject({ state: z.string().optional(), code: z.string().optional(), error: z.string().optional() });

const CALLBACK = '/api/session/oidc/callback';

/** Where the page is that signs in, and says why somebody was not. */
const SIGN_IN = '/conflicts';

type Request = RawBody & AskedBy & { readonly originalUrl: string };

interface Response {
  appendHeader(name: string, value: string): unknown;
  redirect(status: number, place: string): void;
}

/**
 * Signing in by a provider (OpenID Connect): `GET /api/session/oidc` says whether there is one, `POST` where to go, and its own page leads back to `GET …/callback`, which begins a session and leads to the workbench, or
 * to what it says of why not. 404 where there is none; 503 where it cannot be gone by, and why.
 */
@Controller('/api/session/oidc')
@UseFilters(RefusedFilter)
export class OidcController {
  private readonly provider: Provider;

  constructor(
    @Inject(SIGN_IN_DESK) private readonly desk: SignInDesk,
    @Inject(OIDC_SETTINGS) private readonly settings: OidcSettings,
    @Inject(CONSOLE_LOG) private readonly log: Pick<Log, 'warn'>,
  ) {
    this.provider = new Provider(settings.secret);
  }

  @Anybody()
  @Tells({ does: 'who else vouches for people; `null` where nobody does', answer: ProviderAnswer })
  @Get()
  about(): { readonly provider: { readonly title: string } | null } {
    const settings = this.settings.current();
    return { provider: settings === undefined ? null : { title: settings.title ?? new URL(settings.issuer).hostname } };
  }

  @Anybody()
  @Tells({ does: 'begins to sign in by the provider, and says where to go', body: NothingBody, answer: GoToAnswer, refuses: { 404: 'there is no provider' } })
  @Post()
  @HttpCode(200)
  async begin(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<{ readonly goTo: string }> {
    jsonBody(NothingBody, request);
    const settings = this.demand();
    const secret = newJourney();
    try {
      const address = await this.provider.addressFor(settings, `${ourOrigin(request)}${CALLBACK}`, journeyOf(secret));
      response.appendHeader('set-cookie', cookieTo('journey', secret, request));
      return { goTo: address.href };
    } catch (error) {
      throw new HttpException({ error: this.tell(error) }, 503);
    }
  }

  /** What the provider's page leads back to. The address holds the code, which is good once, and only with what this browser keeps; it is told to nobody. */
  @Anybody()
  @Tells({
    does: 'where the provider’s page leads back to: begins a session, or does not, and leads to the workbench, which says why not',
    query: CallbackQuery,
    answer: null,
    refuses: { 404: 'there is no provider' },
  })
  @Get('callback')
  @HttpCode(302)
  async callback(@Req() request: Request, @Res() response: Response): Promise<void> {
    const settings = this.demand();
    response.appendHeader('set-cookie', cookieTo('journey', null, request));
    const trouble = await this.comeBack(settings, request, response);
    response.redirect(302, trouble === null ? SIGN_IN : `${SIGN_IN}#sign-in=${trouble}`);
  }

  /** Begins a session; or says why not. */
  private async comeBack(settings: OidcConfiguration, request: Request, response: Response): Promise<SignInTrouble | null> {
    const secret = cookieIn('journey', request);
    const cameTo = new URL(request.originalUrl, ourOrigin(request));
    if (!isJourney(secret) || cameTo.searchParams.get('state') !== journeyOf(secret).state) return 'stale';
    try {
      const person = personOf(await this.provider.claimsOf(settings, cameTo, journeyOf(secret)), settings);
      const signedIn = await this.desk.vouchedFor(person, fromWhere(request));
      if (signedIn.kind === 'refused') return signedIn.why;
      response.appendHeader('set-cookie', cookieTo('session', signedIn.session.secret, request));
      response.appendHeader('set-cookie', cookieTo('browser', signedIn.session.browser, request));
      return null;
    } catch (error) {
      return this.tell(error);
    }
  }

  private demand(): OidcConfiguration {
    const settings = this.settings.current();
    if (settings === undefined) throw new NotFoundException({ error: 'no-provider' });
    return settings;
  }

  private tell(error: unknown): SignInTrouble {
    const { trouble, cause } = troubleOf(error);
    this.log.warn('console.oidc-failed', { reason: trouble }, cause);
    return trouble;
  }
}
