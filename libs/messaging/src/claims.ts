import { type RecordRef, recordKey, type SiteId, TransientError } from '@sync-hub/contracts';
import type { RunnerStore } from './runner-store.js';
import type { Claim } from './stage.js';

export interface Lease {
  readonly seconds: number;
  /** The longest time one request to a site may take: no request begins when less than this is left. */
  readonly requestSeconds: number;
}

/** What must be left of a lease to commit under it. */
const COMMIT_SECONDS = 2;

/**
 * The claims of one message in hand. Each lease is counted from before it was asked for, on this process's own monotonic clock,
 * so it ends here before it ends in the database, whatever the wall clocks say.
 */
export class Claims {
  readonly #ends = new Map<string, number>();
  #revoked = false;

  constructor(
    private readonly store: Pick<RunnerStore, 'claim'>,
    readonly holder: string,
    private readonly lease: Lease,
    private readonly clockMs: () => number = () => performance.now(),
  ) {}

  /** True once there is a claim to give back. */
  get taken(): boolean {
    return this.#ends.size > 0;
  }

  /** True once the message was taken from a handler that may still be at work: its claims end with their lease. */
  get revoked(): boolean {
    return this.#revoked;
  }

  async take(site: SiteId, record: RecordRef): Promise<Claim | null> {
    if (this.#revoked) throw lostClaim();
    const from = this.clockMs();
    if (!(await this.store.claim(this.holder, site, record, this.lease.seconds))) return null;
    const key = `${site}/${recordKey(record)}`;
    this.#ends.set(key, from + this.lease.seconds * 1000);
    return { check: () => this.#check(key, this.lease.requestSeconds) };
  }

  /** Throws where a lease is too near its end to commit under it: what was decided may be stale. */
  checkAll(): void {
    for (const key of this.#ends.keys()) this.#check(key, COMMIT_SECONDS);
  }

  /** From here on every `check` throws: the message is no longer this handler's. */
  revoke(): void {
    this.#revoked = true;
  }

  #check(key: string, secondsLeft: number): void {
    const ends = this.#ends.get(key) ?? 0;
    if (this.#revoked || this.clockMs() > ends - secondsLeft * 1000) throw lostClaim();
  }
}

const lostClaim = (): TransientError => new TransientError('lost-claim', 'the claim on the record ran out');
