import type { Role } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../../database.js';

/** A session ends so long after anything was asked in it, and so long after it began. */
const IDLE = `interval '2 hours'`;
const LONGEST = `interval '12 hours'`;

/** When somebody was last seen is written once a minute at most. */
const SEEN_EVERY = `interval '1 minute'`;

const IN_FORCE = `seen_at > now() - ${IDLE} and begun_at > now() - ${LONGEST}`;

/** Who a secret stands for. */
export interface KnownAccount {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly mustChangePassword: boolean;
  readonly hasPassword: boolean;
}

export const KNOWN_ACCOUNT = `account.id as "accountId", account.name, account.role, account.must_change_password as "mustChangePassword",
  account.password_hash is not null as "hasPassword"`;

/** Sessions, by the digests of their secrets. */
export class SessionRepository {
  constructor(private readonly database: Database) {}

  async begin(tx: Tx, accountId: string, digest: Buffer): Promise<void> {
    await tx.query(`delete from account_session where not (${IN_FORCE})`);
    await tx.query(`insert into account_session (digest, account_id) values ($1, $2)`, [digest, accountId]);
  }

  /** Whose it is; `null` where it has ended, or the account is disabled. The session goes on for it, but `unnoticed`. */
  async who(digest: Buffer, { unnoticed = false }: { readonly unnoticed?: boolean } = {}): Promise<KnownAccount | null> {
    const [row] = await this.database.query<KnownAccount & { isStale: boolean }>(
      `select ${KNOWN_ACCOUNT}, seen_at < now() - ${SEEN_EVERY} as "isStale" from account_session join account on account.id = account_id
       where digest = $1 and disabled_at is null and ${IN_FORCE}`,
      [digest],
    );
    if (row === undefined) return null;
    const { isStale, ...known } = row;
    if (isStale && !unnoticed) await this.database.write(`update account_session set seen_at = now() where digest = $1`, [digest]);
    return known;
  }

  /** False where there was none. */
  async end(tx: Tx, digest: Buffer): Promise<boolean> {
    return (await tx.query(`delete from account_session where digest = $1 returning digest`, [digest])).length > 0;
  }

  async endAllOf(tx: Tx, accountId: string): Promise<void> {
    await tx.query(`delete from account_session where account_id = $1`, [accountId]);
  }
}
