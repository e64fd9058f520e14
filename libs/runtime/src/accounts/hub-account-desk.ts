import {
  type Account,
  type AccountActed,
  type AccountDesk,
  type ApiToken,
  type ApiTokenAdded,
  type NewAccount,
  type NewApiToken,
  permissionsOf,
  type Role,
} from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { StoredAccount, StoredApiToken } from '@sync-hub/persistence';
import type { AccountParts } from './account-parts.js';
import { digestOf, newSecret, oneTimePassword } from './passwords.js';

/** Tokens begin with it, so that scanners for secrets that got into a repository know them. */
const TOKEN_PREFIX = 'sync-hub-';

const FIRST = { name: 'admin', role: 'administrator' } as const;

/** The accounts of this hub, for people: asked by the console and the command line. */
export class HubAccountDesk implements AccountDesk {
  constructor(private readonly parts: AccountParts) {}

  /** Makes the first administrator where there is no account at all. The password is told before the account is there, to `tell` alone; where that fails, there is none. */
  async begin(tell: (first: { readonly name: string; readonly oneTimePassword: string }) => Promise<void>): Promise<boolean> {
    if ((await this.parts.accounts.list()).length > 0) return false;
    const password = oneTimePassword();
    const passwordHash = await this.parts.passwords.digest(password);
    return this.parts.commit(async (tx) => {
      if (!(await this.parts.accounts.lockEmpty(tx))) return false;
      await this.parts.accounts.add(tx, FIRST, { who: 'sync-hub', passwordHash });
      await tell({ name: FIRST.name, oneTimePassword: password });
      return true;
    });
  }

  async list(): Promise<readonly Account[]> {
    return (await this.parts.accounts.list()).map(shown);
  }

  async add(account: NewAccount, by: string): Promise<{ readonly id: string; readonly oneTimePassword: string } | null> {
    const password = oneTimePassword();
    const passwordHash = await this.parts.passwords.digest(password);
    const id = await this.parts.commit((tx) => this.parts.accounts.add(tx, account, { who: by, passwordHash }));
    return id === null ? null : { id, oneTimePassword: password };
  }

  async resetPassword(id: string, by: string): Promise<{ readonly oneTimePassword: string } | 'of-provider' | null> {
    const password = oneTimePassword();
    const hash = await this.parts.passwords.digest(password);
    const acted = await this.change(id, async (tx, account) => {
      if (account.provider !== null) return 'of-provider';
      await this.parts.accounts.setPassword(tx, account, { hash, mustChange: true, by });
      await this.parts.attempts.forgetAllOf(tx, id);
      return 'done';
    });
    if (acted === 'of-provider') return acted;
    return acted === 'done' ? { oneTimePassword: password } : null;
  }

  async setRole(id: string, role: Role, by: string): Promise<AccountActed> {
    return this.change(id, async (tx, account, isLastAdministrator) => {
      if (account.provider !== null) return 'of-provider';
      if (isLastAdministrator && role !== 'administrator') return 'last-administrator';
      await this.parts.accounts.setRole(tx, account, role, by);
      return 'done';
    });
  }

  async setDisabled(id: string, isDisabled: boolean, by: string): Promise<AccountActed> {
    return this.change(id, async (tx, account, isLastAdministrator) => {
      if (isLastAdministrator && isDisabled) return 'last-administrator';
      await this.parts.accounts.setDisabled(tx, account, isDisabled, by);
      return 'done';
    });
  }

  async tokens(accountId: string | null): Promise<readonly ApiToken[]> {
    return (await this.parts.tokens.list(accountId)).map(shownToken);
  }

  async addToken(accountId: string, token: NewApiToken, by: string): Promise<ApiTokenAdded> {
    const account = await this.parts.accounts.find(accountId);
    if (account === null) return { kind: 'not-there' };
    const beyond = token.scope.filter((one) => !permissionsOf(account.role).includes(one));
    if (beyond.length > 0) return { kind: 'beyond-role', beyond };
    const secret = `${TOKEN_PREFIX}${newSecret()}`;
    const id = await this.parts.commit(async (tx) => {
      const made = await this.parts.tokens.add(tx, token, { accountId, digest: digestOf(secret), by });
      this.parts.accounts.say(tx, { outcome: 'token-added', account: account.name, by, token: token.name });
      return made;
    });
    return { kind: 'added', id, token: secret };
  }

  async revokeToken(id: string, accountId: string | null, by: string): Promise<boolean> {
    return this.parts.commit(async (tx) => {
      const revoked = await this.parts.tokens.revoke(tx, id, { accountId, by });
      if (revoked !== null) this.parts.accounts.say(tx, { outcome: 'token-revoked', account: revoked.account, by, token: revoked.name });
      return revoked !== null;
    });
  }

  /** What changes an account ends its sessions. */
  private async change(id: string, work: (tx: Tx, account: StoredAccount, isLastAdministrator: boolean) => Promise<AccountActed>): Promise<AccountActed> {
    return this.parts.commit(async (tx) => {
      const locked = await this.parts.accounts.lock(tx, id);
      if (locked === null) return 'not-there';
      const acted = await work(tx, locked.account, locked.isLastAdministrator);
      if (acted === 'done') await this.parts.sessions.endAllOf(tx, id);
      return acted;
    });
  }
}

const shown = ({ id, name, role, disabledAt, mustChangePassword, provider, madeBy, madeAt, lastSignInAt }: StoredAccount): Account => ({
  id,
  name,
  role,
  isDisabled: disabledAt !== null,
  mustChangePassword,
  provider,
  madeBy,
  madeAt: madeAt.toISOString(),
  lastSignInAt: lastSignInAt?.toISOString() ?? null,
});

const shownToken = ({ id, account, name, scope, madeBy, madeAt, expiresAt, lastUsedAt, revokedBy, revokedAt }: StoredApiToken): ApiToken => ({
  id,
  account,
  name,
  scope,
  madeBy,
  madeAt: madeAt.toISOString(),
  expiresAt: expiresAt.toISOString(),
  lastUsedAt: lastUsedAt?.toISOString() ?? null,
  revoked: revokedBy === null || revokedAt === null ? null : { by: revokedBy, at: revokedAt.toISOString() },
});
