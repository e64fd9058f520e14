import type { Random } from './random.js';

/** An account of the simulated server; `privileges` is `all` for a System Developer. */
export interface UserSpec {
  readonly username: string;
  readonly password: string;
  readonly uuid?: string;
  readonly privileges?: 'all' | readonly string[];
}

export interface Account {
  readonly uuid: string;
  readonly username: string;
  /** Whoever administers the server may change it. */
  password: string;
  privileges: 'all' | ReadonlySet<string>;
  failures: number;
  lockedAt: number | null;
  logins: number;
}

export interface Session {
  readonly id: string;
  account: Account | null;
}

const ALLOWED_FAILURES = 7;
const UNLOCK_AFTER_MS = 5 * 60_000;

/** Users and sessions as core keeps them (`HibernateContextDAO.authenticate`, `OpenmrsFilter`). */
export class Accounts {
  readonly #accounts: Account[];
  readonly #sessions = new Map<string, Session>();
  readonly #revoked = new Set<string>();

  constructor(
    users: readonly UserSpec[],
    private readonly random: Random,
    private readonly now: () => number,
    /** What the platform calls a privilege. */
    readonly called: (privilege: string) => string = (privilege) => privilege,
  ) {
    this.#accounts = users.map(({ username, password, uuid, privileges = 'all' }) => ({
      uuid: uuid ?? random.uuid(),
      username,
      password,
      privileges: privileges === 'all' ? 'all' : new Set(privileges),
      failures: 0,
      lockedAt: null,
      logins: 0,
    }));
  }

  all(): readonly Account[] {
    return this.#accounts;
  }

  find(uuidOrName: string): Account | undefined {
    return this.#accounts.find(({ uuid, username }) => uuid === uuidOrName || username === uuidOrName);
  }

  /** The session of that cookie; a new one where there is none. `stale` if a cookie was sent that is no longer known. */
  open(cookie: string | null): { session: Session; isNew: boolean; stale: boolean } {
    const known = cookie === null ? undefined : this.#sessions.get(cookie);
    if (known) return { session: known, isNew: false, stale: false };
    const session: Session = { id: this.random.hex(32).toUpperCase(), account: null };
    this.#sessions.set(session.id, session);
    return { session, isNew: true, stale: cookie !== null };
  }

  close(session: Session): void {
    session.account = null;
    this.#sessions.delete(session.id);
  }

  /** The eighth failure in a row locks the account, and every try while it is locked locks it anew. */
  authenticate(username: string, password: string): Account | null {
    const account = this.#accounts.find((candidate) => candidate.username === username);
    if (!account) return null;
    if (account.lockedAt !== null && this.now() - account.lockedAt <= UNLOCK_AFTER_MS) {
      account.lockedAt = this.now();
      return null;
    }
    if (account.lockedAt !== null) Object.assign(account, { lockedAt: null, failures: 0 });
    if (account.password !== password) {
      account.failures += 1;
      if (account.failures > ALLOWED_FAILURES) account.lockedAt = this.now();
      return null;
    }
    account.failures = 0;
    account.logins += 1;
    return account;
  }

  may(account: Account | null, privilege: string): boolean {
    if (!account || this.#revoked.has(privilege)) return false;
    return account.privileges === 'all' || account.privileges.has(this.called(privilege));
  }

  /** Has it every privilege there is, as a System Developer has? */
  isSystemDeveloper(account: Account): boolean {
    return account.privileges === 'all' && this.#revoked.size === 0;
  }

  /** From now on the account may do this and nothing else. */
  limit(username: string, privileges: readonly string[]): void {
    const account = this.find(username);
    if (account) account.privileges = new Set(privileges);
  }

  revoke(privilege: string): void {
    this.#revoked.add(privilege);
  }

  isRevoked(privilege: string): boolean {
    return this.#revoked.has(privilege);
  }

  grant(privilege: string): void {
    this.#revoked.delete(privilege);
  }

  lock(username: string): void {
    const account = this.find(username);
    if (account) Object.assign(account, { lockedAt: this.now(), failures: ALLOWED_FAILURES + 1 });
  }

  isLocked(username: string): boolean {
    const at = this.find(username)?.lockedAt ?? null;
    return at !== null && this.now() - at <= UNLOCK_AFTER_MS;
  }

  expireSessions(): void {
    this.#sessions.clear();
  }
}
