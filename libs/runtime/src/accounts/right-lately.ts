import { createHmac, randomBytes } from 'node:crypto';
import type { StoredAccount } from '@sync-hub/persistence';

const KEPT_MS = 5 * 60_000;
const KEPT_AT_MOST = 200;

/** Which passwords were right lately, for clients that send theirs each time. As sums that only this process can make, and of the digest that is kept: another password, and it is known no more. */
export class RightLately {
  private readonly key = randomBytes(32);
  private readonly until = new Map<string, number>();

  knows(account: StoredAccount, password: string): boolean {
    return (this.until.get(this.sumOf(account, password)) ?? 0) > Date.now();
  }

  add(account: StoredAccount, password: string): void {
    const [oldest] = this.until.keys();
    if (this.until.size >= KEPT_AT_MOST && oldest !== undefined) this.until.delete(oldest);
    this.until.set(this.sumOf(account, password), Date.now() + KEPT_MS);
  }

  private sumOf({ id, passwordHash }: StoredAccount, password: string): string {
    return createHmac('sha256', this.key)
      .update(JSON.stringify([id, passwordHash, password]))
      .digest('base64url');
  }
}
