import type { SiteId } from '@sync-hub/contracts';
import type { Envelope, Tx } from '@sync-hub/messaging';
import { AccountRepository, ApiTokenRepository, type Database, SessionRepository, SignInAttemptRepository } from '@sync-hub/persistence';
import { Passwords } from './passwords.js';

/** What the desks of accounts stand on. */
export interface AccountParts {
  readonly accounts: AccountRepository;
  readonly sessions: SessionRepository;
  readonly attempts: SignInAttemptRepository;
  readonly tokens: ApiTokenRepository;
  readonly passwords: Passwords;
  commit<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>;
}

/** `send` puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
export const accountPartsOn = (database: Database, instance: SiteId, send: (said: readonly Envelope[]) => Promise<void>): AccountParts => ({
  accounts: new AccountRepository(database, instance),
  sessions: new SessionRepository(database),
  attempts: new SignInAttemptRepository(database),
  tokens: new ApiTokenRepository(database),
  passwords: new Passwords(),
  commit: async (work) => {
    const { result, said } = await database.transaction(work);
    await send(said);
    return result;
  },
});
