import { ContractError, LockedOutError } from '@sync-hub/contracts';
import { aboutOf, judgeAnswer, outcomeUnknown, type Purpose } from './http-answer.js';
import { parseJson } from './parse-json.js';
import { FOR_ALL, shared } from './shared-work.js';
import type { CallOptions } from './site-client.js';
import type { RawAnswer, SiteHttpClient, SiteRequest } from './site-http.client.js';
import { DEFAULTS, type SiteOptions } from './site-options.js';

/** What `GET session` tells of us. */
export interface SessionInfo {
  readonly authenticated: boolean;
  readonly userUuid: string | null;
  readonly privileges: readonly string[];
  readonly superUser: boolean;
}

const SESSION_PATH = '/ws/rest/v1/session';

/**
 * One session per site and user. Basic is sent on login only, because a login writes to the user's row; the cookie is never
 * mixed with it, because an old session beats a new Basic header. A refused login is not tried again for `unlockWaitMs`.
 */
export class SiteSession {
  private cookie: string | null = null;
  private login: Promise<string> | null = null;
  private refusedAt: number | null = null;

  constructor(
    private readonly http: SiteHttpClient,
    private readonly options: SiteOptions,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Sends a request within the session. A read answered with 401 or 403 is tried once more in a fresh session. A write never
   * is: a server may do it and answer 401 all the same when the cookie was stale (webservices.rest AuthorizationFilter).
   */
  async send(request: SiteRequest, options: CallOptions): Promise<RawAnswer> {
    const cookie = await this.cookieFor(options);
    const answer = await this.sendWith(cookie, request, options);
    if (answer.status !== 401 && answer.status !== 403) return answer;
    if (request.purpose.kind === 'write') {
      if (answer.status === 403 && (await this.isAlive(cookie, options))) return answer;
      this.drop(cookie);
      throw outcomeUnknown(request.purpose, { ...aboutOf(request.purpose), status: answer.status });
    }
    this.drop(cookie);
    return this.sendWith(await this.cookieFor(options), request, options);
  }

  /** What the server says of our session, which is opened if there is none. */
  async info(options: CallOptions): Promise<{ readonly info: SessionInfo; readonly date: Date | null }> {
    const answer = await this.send({ method: 'GET', path: SESSION_PATH, purpose: this.purpose }, options);
    const info = this.read(answer);
    if (info.authenticated) return { info, date: answer.date };
    this.cookie = null;
    const again = await this.send({ method: 'GET', path: SESSION_PATH, purpose: this.purpose }, options);
    return { info: this.read(again), date: again.date };
  }

  private get purpose(): Purpose {
    return { kind: 'read', what: 'session', site: this.options.id };
  }

  private sendWith(cookie: string, request: SiteRequest, options: CallOptions): Promise<RawAnswer> {
    return this.http.send({ ...request, headers: { accept: 'application/json', ...request.headers, cookie } }, options);
  }

  private drop(cookie: string): void {
    if (this.cookie === cookie) this.cookie = null;
  }

  private async isAlive(cookie: string, options: CallOptions): Promise<boolean> {
    const answer = await this.sendWith(cookie, { method: 'GET', path: SESSION_PATH, purpose: this.purpose }, options);
    return answer.status === 200 && this.read(answer).authenticated;
  }

  private async cookieFor(options: CallOptions): Promise<string> {
    if (this.cookie !== null) return this.cookie;
    this.login ??= this.logIn(FOR_ALL).finally(() => {
      this.login = null;
    });
    return shared(this.login, options, this.purpose);
  }

  private async logIn(options: CallOptions): Promise<string> {
    if (this.refusedAt !== null && this.now() - this.refusedAt < (this.options.unlockWaitMs ?? DEFAULTS.unlockWaitMs))
      throw this.lockedOut('the last login was refused');
    const { username, password, id } = this.options;
    const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
    const answer = await this.http.send(
      { method: 'GET', path: SESSION_PATH, headers: { accept: 'application/json', authorization }, purpose: this.purpose },
      options,
    );
    if (answer.status === 401 || (answer.status === 200 && !this.read(answer).authenticated)) {
      this.refusedAt = this.now();
      throw this.lockedOut('the login is refused');
    }
    this.read(answer);
    const cookie = answer.setCookies.map((line) => /^JSESSIONID=[^;]+/.exec(line)?.[0]).find((found) => found !== undefined);
    if (cookie === undefined) throw new ContractError(`${id} opens no session: its answer sets no JSESSIONID`, aboutOf(this.purpose));
    this.refusedAt = null;
    this.cookie = cookie;
    return cookie;
  }

  private lockedOut(why: string): LockedOutError {
    return new LockedOutError(`${this.options.id} does not let us in: ${why}`, aboutOf(this.purpose));
  }

  private read(answer: RawAnswer): SessionInfo {
    const json = parseJson(answer);
    const judgement = judgeAnswer({ status: answer.status, json }, this.purpose);
    if (judgement.verdict === 'error') throw judgement.error;
    const body = objectOf(json);
    const user = objectOf(body['user']);
    const named = (list: unknown) => (Array.isArray(list) ? list.map((one) => objectOf(one)).map((one) => String(one['display'] ?? one['name'] ?? '')) : []);
    return {
      authenticated: body['authenticated'] === true,
      userUuid: typeof user['uuid'] === 'string' ? user['uuid'] : null,
      privileges: named(user['privileges']),
      superUser: named(user['roles']).includes('System Developer'),
    };
  }
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> => (value !== null && typeof value === 'object' ? (value as Record<string, unknown>) : {});
