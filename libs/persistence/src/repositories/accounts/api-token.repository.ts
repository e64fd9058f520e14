import type { NewApiToken, Permission } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../../database.js';
import { KNOWN_ACCOUNT, type KnownAccount } from './session.repository.js';

/** A token as it is kept; its account by name. */
export interface StoredApiToken {
  readonly id: string;
  readonly account: string;
  readonly name: string;
  readonly scope: readonly Permission[];
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly expiresAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokedAt: Date | null;
}

/** Tokens that programs ask with, by the digests of their secrets. */
export class ApiTokenRepository {
  constructor(private readonly database: Database) {}

  /** Those of one account, or all; the newest first. */
  async list(accountId: string | null): Promise<readonly StoredApiToken[]> {
    return this.database.query<StoredApiToken & Record<string, unknown>>(
      `select api_token.id, account.name as account, api_token.name, scope, api_token.made_by as "madeBy", api_token.made_at as "madeAt", expires_at as "expiresAt",
         last_used_at as "lastUsedAt", revoked_by as "revokedBy", revoked_at as "revokedAt"
       from api_token join account on account.id = account_id where $1::uuid is null or account_id = $1 order by api_token.made_at desc, api_token.id`,
      [accountId],
    );
  }

  async add(tx: Tx, { name, scope, days }: NewApiToken, of: { readonly accountId: string; readonly digest: Buffer; readonly by: string }): Promise<string> {
    const id = newId();
    await tx.query(
      `insert into api_token (id, account_id, name, digest, scope, made_by, expires_at) values ($1, $2, $3, $4, $5, $6, now() + make_interval(days => $7))`,
      [id, of.accountId, name, of.digest, scope, of.by, days],
    );
    return id;
  }

  /** What it is called and whose it was; `null` where no such token is in force. */
  async revoke(
    tx: Tx,
    id: string,
    of: { readonly accountId: string | null; readonly by: string },
  ): Promise<{ readonly name: string; readonly account: string } | null> {
    const [row] = await tx.query<{ name: string; account: string }>(
      `update api_token set revoked_by = $3, revoked_at = now() from account
       where account.id = account_id and api_token.id = $1 and ($2::uuid is null or account_id = $2) and revoked_at is null
       returning api_token.name, account.name as account`,
      [id, of.accountId, of.by],
    );
    return row ?? null;
  }

  /** Whose it is, and what it is for; `null` where it is past its time, revoked, or of an account that is disabled. */
  async who(digest: Buffer): Promise<(KnownAccount & { readonly scope: readonly Permission[] }) | null> {
    const [row] = await this.database.query<KnownAccount & { scope: readonly Permission[]; isStale: boolean }>(
      `select ${KNOWN_ACCOUNT}, scope, coalesce(last_used_at < now() - interval '1 minute', true) as "isStale" from api_token join account on account.id = account_id
       where digest = $1 and expires_at > now() and revoked_at is null and disabled_at is null`,
      [digest],
    );
    if (row === undefined) return null;
    const { isStale, ...known } = row;
    if (isStale) await this.database.write(`update api_token set last_used_at = now() where digest = $1`, [digest]);
    return known;
  }
}
