import { AccountChanged, accountKey, type NewAccount, type Role, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../../database.js';

/** An account as it is kept. */
export interface StoredAccount {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** `null` of whom a provider vouches for. */
  readonly passwordHash: string | null;
  readonly provider: string | null;
  readonly mustChangePassword: boolean;
  readonly disabledAt: Date | null;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly lastSignInAt: Date | null;
}

type Row = StoredAccount & Record<string, unknown>;

const COLUMNS = `id, name, role, password_hash as "passwordHash", (select issuer from account_identity where account_id = account.id) as provider, must_change_password as "mustChangePassword", disabled_at as "disabledAt",
  made_by as "madeBy", made_at as "madeAt", last_sign_in_at as "lastSignInAt"`;

/** What a provider knows somebody by. */
export interface Identity {
  readonly issuer: string;
  readonly subject: string;
}

/** Of `say`: everything but where it happens. */
export type AccountSaid = Omit<AccountChanged, 'site' | 'round'>;

/** Accounts. What changes one is said, for the audit, under the instance's own id. */
export class AccountRepository {
  constructor(
    private readonly database: Database,
    private readonly instance: SiteId,
  ) {}

  /** By name. */
  async list(): Promise<readonly StoredAccount[]> {
    return this.database.query<Row>(`select ${COLUMNS} from account order by name_key`);
  }

  async named(name: string): Promise<StoredAccount | null> {
    const [row] = await this.database.query<Row>(`select ${COLUMNS} from account where name_key = $1`, [accountKey(name)]);
    return row ?? null;
  }

  async find(id: string): Promise<StoredAccount | null> {
    const [row] = await this.database.query<Row>(`select ${COLUMNS} from account where id = $1`, [id]);
    return row ?? null;
  }

  /** Keeps everybody else from changing who there is, until the commit. True where there is no account yet. */
  async lockEmpty(tx: Tx): Promise<boolean> {
    await tx.query(`lock table account in share row exclusive mode`);
    const [row] = await tx.query<{ none: boolean }>(`select not exists (select from account) as none`);
    return row?.none === true;
  }

  /** Its id; `null` where there is one of that name. */
  async add(tx: Tx, { name, role }: NewAccount, by: { readonly who: string; readonly passwordHash: string }): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `insert into account (id, name, name_key, role, password_hash, made_by) values ($1, $2, $3, $4, $5, $6) on conflict (name_key) do nothing returning id`,
      [newId(), name.trim(), accountKey(name), role, by.passwordHash, by.who],
    );
    if (row === undefined) return null;
    this.say(tx, { outcome: 'account-added', account: name.trim(), by: by.who, role });
    return row.id;
  }

  /** Somebody whom a provider vouches for; `null` where the name is taken. After `lockIdentity`. */
  async addVouchedFor(tx: Tx, { issuer, subject }: Identity, { name, role }: NewAccount): Promise<StoredAccount | null> {
    const [row] = await tx.query<Row>(
      `insert into account (id, name, name_key, role, must_change_password, made_by) values ($1, $2, $3, $4, false, $5) on conflict (name_key) do nothing
       returning ${COLUMNS}`,
      [newId(), name, accountKey(name), role, issuer],
    );
    if (row === undefined) return null;
    await tx.query(`insert into account_identity (issuer, subject, account_id) values ($1, $2, $3)`, [issuer, subject, row.id]);
    this.say(tx, { outcome: 'account-added', account: name, by: issuer, role, provider: issuer });
    return { ...row, provider: issuer };
  }

  /** Whose account it is, and nobody else changes one until the commit; `null` where there is none yet. */
  async lockIdentity(tx: Tx, { issuer, subject }: Identity): Promise<StoredAccount | null> {
    await tx.query(`lock table account in share row exclusive mode`);
    const [row] = await tx.query<Row>(
      `select ${COLUMNS} from account where id = (select account_id from account_identity where issuer = $1 and subject = $2)`,
      [issuer, subject],
    );
    return row ?? null;
  }

  /** The account as it was, and nobody else changes one until the commit: so that two do not take away the last two administrators at once. Whom a provider vouches for is none of these: it may be gone, or think otherwise. */
  async lock(tx: Tx, id: string): Promise<{ readonly account: StoredAccount; readonly isLastAdministrator: boolean } | null> {
    await tx.query(`lock table account in share row exclusive mode`);
    const [account] = await tx.query<Row>(`select ${COLUMNS} from account where id = $1`, [id]);
    if (account === undefined) return null;
    const [others] = await tx.query<{ none: boolean }>(
      `select not exists (select from account where id <> $1 and role = 'administrator' and disabled_at is null and password_hash is not null) as none`,
      [id],
    );
    return {
      account,
      isLastAdministrator: account.role === 'administrator' && account.disabledAt === null && account.passwordHash !== null && others?.none === true,
    };
  }

  async setRole(tx: Tx, { id, name }: StoredAccount, role: Role, by: string): Promise<void> {
    await tx.query(`update account set role = $2 where id = $1`, [id, role]);
    this.say(tx, { outcome: 'role-changed', account: name, by, role });
  }

  async setDisabled(tx: Tx, { id, name }: StoredAccount, isDisabled: boolean, by: string): Promise<void> {
    await tx.query(`update account set disabled_at = case when $2 then coalesce(disabled_at, now()) end where id = $1`, [id, isDisabled]);
    this.say(tx, { outcome: isDisabled ? 'account-disabled' : 'account-enabled', account: name, by });
  }

  /** With `mustChange` it opens nothing but the page on which it is changed. */
  async setPassword(
    tx: Tx,
    { id, name }: StoredAccount,
    password: { readonly hash: string; readonly mustChange: boolean; readonly by: string },
  ): Promise<void> {
    await tx.query(`update account set password_hash = $2, must_change_password = $3 where id = $1`, [id, password.hash, password.mustChange]);
    this.say(tx, { outcome: password.mustChange ? 'password-reset' : 'password-changed', account: name, by: password.by });
  }

  /** False where the password or whether it is disabled is not what was looked at: then nothing is written. */
  async signedIn(tx: Tx, { id, name, passwordHash }: StoredAccount): Promise<boolean> {
    const [row] = await tx.query<{ id: string }>(
      `update account set last_sign_in_at = now() where id = $1 and password_hash = $2 and disabled_at is null returning id`,
      [id, passwordHash],
    );
    if (row !== undefined) this.say(tx, { outcome: 'signed-in', account: name, by: name });
    return row !== undefined;
  }

  async signedInBy(tx: Tx, { id, name }: StoredAccount, provider: string): Promise<void> {
    await tx.query(`update account set last_sign_in_at = now() where id = $1`, [id]);
    this.say(tx, { outcome: 'signed-in', account: name, by: name, provider });
  }

  say(tx: Tx, said: AccountSaid): void {
    tx.say(AccountChanged, newId(), { site: this.instance, round: 1, ...said });
  }
}
