import { createHmac, randomBytes } from 'node:crypto';
import {
  accountKey,
  type BegunSession,
  type FromWhere,
  NewPassword,
  type PasswordChanged,
  type Permission,
  permissionsOf,
  type SignedIn,
  type SignInDesk,
  type SignInRefused,
  type VouchedFor,
  type VouchRefusal,
} from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Attempt, KnownAccount, StoredAccount } from '@sync-hub/persistence';
import type { AccountParts } from './account-parts.js';
import { digestOf, newSecret } from './passwords.js';
import { RightLately } from './right-lately.js';
import { accountVouchedFor } from './vouched-for.js';

type Checked = { readonly kind: 'right'; readonly account: StoredAccount; readonly attempt: Attempt } | SignInRefused;

/** A secret of ours, as a browser sends it back. */
const SECRET = /^[\w-]{43}$/;

/** Who signs in to this hub, by what is in its database. */
export class HubSignInDesk implements SignInDesk {
  /** What a stranger names may be a password that was typed in the wrong place: it is kept as nobody can guess from. */
  private readonly strangersKey = randomBytes(32);
  private readonly lately = new RightLately();

  constructor(private readonly parts: AccountParts) {}

  async signIn(name: string, password: string, from: FromWhere): Promise<{ readonly kind: 'signed-in'; readonly session: BegunSession } | SignInRefused> {
    const checked = await this.check(name, password, from);
    if (checked.kind !== 'right') return checked;
    const { account, attempt } = checked;
    const session = await this.parts.commit(async (tx) => {
      if (!(await this.parts.accounts.signedIn(tx, account))) return null;
      await this.parts.attempts.forget(tx, attempt);
      return this.begin(tx, account, from);
    });
    return session === null ? { kind: 'refused' } : { kind: 'signed-in', session };
  }

  async vouchedFor(
    person: VouchedFor,
    from: FromWhere,
  ): Promise<{ readonly kind: 'signed-in'; readonly session: BegunSession } | { readonly kind: 'refused'; readonly why: VouchRefusal }> {
    return this.parts.commit(async (tx) => {
      const found = await accountVouchedFor(tx, this.parts, person);
      if (typeof found === 'string') return { kind: 'refused', why: found };
      await this.parts.accounts.signedInBy(tx, found, person.issuer);
      return { kind: 'signed-in', session: await this.begin(tx, found, from) };
    });
  }

  async byPassword(name: string, password: string, from: FromWhere): Promise<{ readonly kind: 'known'; readonly who: SignedIn } | SignInRefused> {
    const account = await this.parts.accounts.named(name);
    if (account === null || !this.lately.knows(account, password)) {
      const checked = await this.check(name, password, from);
      if (checked.kind !== 'right') return checked;
      const isStill = await this.parts.commit(async (tx) => {
        await this.parts.attempts.forget(tx, checked.attempt);
        return this.parts.accounts.signedIn(tx, checked.account);
      });
      if (!isStill) return { kind: 'refused' };
      this.lately.add(checked.account, password);
      return this.known(checked.account);
    }
    return this.known(account);
  }

  async bySession(secret: string, how: { readonly unnoticed?: boolean } = {}): Promise<SignedIn | null> {
    const known = await this.parts.sessions.who(digestOf(secret), how);
    return known === null ? null : whoIs(known);
  }

  async byToken(token: string): Promise<SignedIn | null> {
    const known = await this.parts.tokens.who(digestOf(token));
    return known === null ? null : whoIs(known, known.scope);
  }

  async signOut(secret: string): Promise<void> {
    const known = await this.parts.sessions.who(digestOf(secret));
    await this.parts.commit(async (tx) => {
      const isEnded = await this.parts.sessions.end(tx, digestOf(secret));
      if (isEnded && known !== null) this.parts.accounts.say(tx, { outcome: 'signed-out', account: known.name, by: known.name });
    });
  }

  async changePassword(secret: string, passwords: { readonly current: string; readonly next: string }, from: FromWhere): Promise<PasswordChanged> {
    const who = await this.bySession(secret);
    if (who === null) return { kind: 'refused' };
    const problem = problemOf(who.name, passwords);
    if (problem !== null) return { kind: 'invalid', problem };
    const checked = await this.check(who.name, passwords.current, from);
    if (checked.kind !== 'right') return checked;
    const hash = await this.parts.passwords.digest(passwords.next);
    const session = await this.parts.commit(async (tx) => {
      const locked = await this.parts.accounts.lock(tx, who.accountId);
      // Somebody reset it, or disabled the account, while it was being looked at.
      if (locked?.account.passwordHash !== checked.account.passwordHash || locked.account.disabledAt !== null) return null;
      await this.parts.accounts.setPassword(tx, locked.account, { hash, mustChange: false, by: who.name });
      await this.parts.attempts.forget(tx, checked.attempt);
      await this.parts.sessions.endAllOf(tx, who.accountId);
      return this.begin(tx, { ...locked.account, mustChangePassword: false }, from);
    });
    return session === null ? { kind: 'refused' } : { kind: 'changed', session };
  }

  private async begin(tx: Tx, account: StoredAccount, { browser }: FromWhere): Promise<BegunSession> {
    const secret = newSecret();
    const known = browser !== null && SECRET.test(browser) ? browser : newSecret();
    await this.parts.sessions.begin(tx, account.id, digestOf(secret));
    await this.parts.attempts.knowBrowser(tx, account.id, digestOf(known));
    return { secret, browser: known, who: whoIs(knownOf(account)) };
  }

  /** Counted before it is looked at; whether there is such an account is told by nothing, the time it takes included. */
  private async check(name: string, password: string, from: FromWhere): Promise<Checked> {
    const account = await this.parts.accounts.named(name);
    const attempt = { whom: account?.id ?? this.strangerNamed(name), fromWhere: await this.whereOf(account, from) };
    const seconds = await this.parts.attempts.begin(attempt);
    if (seconds > 0) return { kind: 'wait', seconds };
    const isRight = await this.parts.passwords.isRight(account?.passwordHash ?? null, password);
    if (isRight === null) return { kind: 'wait', seconds: 1 };
    if (isRight && account !== null && account.disabledAt === null) return { kind: 'right', account, attempt };
    await this.parts.commit(async (tx) => this.parts.accounts.say(tx, { outcome: 'sign-in-refused', account: account?.name ?? null, by: null }));
    return { kind: 'refused' };
  }

  private async whereOf(account: StoredAccount | null, { address, browser }: FromWhere): Promise<string> {
    if (account === null || browser === null) return address;
    const digest = digestOf(browser);
    return (await this.parts.attempts.isKnownBrowser(account.id, digest)) ? digest.toString('base64url') : address;
  }

  private strangerNamed(name: string): string {
    return createHmac('sha256', this.strangersKey).update(accountKey(name)).digest('base64url');
  }

  private known(account: StoredAccount): { readonly kind: 'known'; readonly who: SignedIn } | SignInRefused {
    const isClosed = account.mustChangePassword || account.disabledAt !== null;
    return isClosed ? { kind: 'refused' } : { kind: 'known', who: whoIs(knownOf(account)) };
  }
}

const knownOf = ({ id, passwordHash, ...account }: StoredAccount): KnownAccount => ({ ...account, accountId: id, hasPassword: passwordHash !== null });

function whoIs({ accountId, name, role, mustChangePassword, hasPassword }: KnownAccount, scope: readonly Permission[] | null = null): SignedIn {
  const permissions = permissionsOf(role).filter((one) => scope === null || scope.includes(one));
  return { accountId, name, role, permissions, mustChangePassword, hasPassword };
}

function problemOf(name: string, { current, next }: { readonly current: string; readonly next: string }): string | null {
  const read = NewPassword.safeParse(next);
  if (!read.success) return read.error.issues[0]?.message ?? 'is no password';
  if (next === current) return 'is another one than before';
  return next.toLowerCase().includes(accountKey(name)) && name.length > 2 ? 'does not have the name in it' : null;
}
