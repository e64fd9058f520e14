import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../../database.js';

/** So many tries are free. */
const FREE_TRIES = 5;

/** After that each waits twice as long as the one before it, and a minute at most: a lock for ever would be one that a stranger can turn. */
const LONGEST_WAIT_SECONDS = 60;

const WAIT = `make_interval(secs => case when sign_in_attempt.tries + 1 < ${FREE_TRIES} then 0 else least(${LONGEST_WAIT_SECONDS}, power(2, least(sign_in_attempt.tries + 1 - ${FREE_TRIES}, 20))) end)`;

/** Of whom, by what is no secret; and from where. */
export interface Attempt {
  readonly whom: string;
  readonly fromWhere: string;
}

/** Who tried to sign in without having done so yet. A browser that an account has signed in by counts by itself, wherever it is: what a stranger tries keeps nobody waiting there. */
export class SignInAttemptRepository {
  constructor(private readonly database: Database) {}

  /** Counts one more before anything is looked at, so that many at once are no way around; 0, or so many seconds before the next is looked at. */
  async begin({ whom, fromWhere }: Attempt): Promise<number> {
    const [row] = await this.database.write<{ tries: number }>(
      `insert into sign_in_attempt (whom, from_where, tries) values ($1, $2, 1)
       on conflict (whom, from_where) do update set tries = sign_in_attempt.tries + 1, tried_at = now(), wait_until = now() + ${WAIT}
         where sign_in_attempt.wait_until <= now()
       returning tries`,
      [whom, fromWhere],
    );
    if (row !== undefined) return 0;
    const [waiting] = await this.database.query<{ seconds: number }>(
      `select greatest(1, ceil(extract(epoch from wait_until - now())))::int as seconds from sign_in_attempt where whom = $1 and from_where = $2`,
      [whom, fromWhere],
    );
    return waiting?.seconds ?? 1;
  }

  /** It was right. What is older than a day goes, too. */
  async forget(tx: Tx, { whom, fromWhere }: Attempt): Promise<void> {
    await tx.query(`delete from sign_in_attempt where (whom = $1 and from_where = $2) or tried_at < now() - interval '1 day'`, [whom, fromWhere]);
  }

  /** Whatever was tried from wherever: somebody at the machine itself has seen to it. */
  async forgetAllOf(tx: Tx, whom: string): Promise<void> {
    await tx.query(`delete from sign_in_attempt where whom = $1`, [whom]);
  }

  /** Has this account signed in by that browser? */
  async isKnownBrowser(accountId: string, digest: Buffer): Promise<boolean> {
    return (await this.database.query(`select from known_browser where digest = $1 and account_id = $2`, [digest, accountId])).length > 0;
  }

  /** Known from now on; what was not seen for a year goes. */
  async knowBrowser(tx: Tx, accountId: string, digest: Buffer): Promise<void> {
    await tx.query(`delete from known_browser where seen_at < now() - interval '1 year'`);
    await tx.query(`insert into known_browser (digest, account_id) values ($1, $2) on conflict (digest, account_id) do update set seen_at = now()`, [
      digest,
      accountId,
    ]);
  }
}
