import type { PayloadFor, RecordRef, SiteId, StageName } from '@sync-hub/contracts';
import type { About } from './envelope.js';
import type { Verdict } from './verdict.js';

/** The right to be the one writer (or looker) on one aggregate at one site, until the lease runs out. */
export interface Claim {
  /** Throws a `TransientError` once the lease is too near its end for another request; called before each one. */
  readonly check: () => void;
}

/** What the runner lends a stage while it handles one message. */
export interface StageContext {
  /** Aborts when the service is told to stop at once. */
  readonly signal: AbortSignal;
  /** 1 for the first try. */
  readonly attempt: number;
  readonly messageId: string;
  /** What goes along with the message. */
  readonly about: About;
  /** Told how many bytes of bodies went to sites, and came from them, for this message: what its step came to. */
  readonly bytes: { readonly sent: (bytes: number) => void; readonly received: (bytes: number) => void };
  /** Takes the claim on the aggregate at the site, or answers null where another has it. The runner gives it back when it has committed. */
  claim(site: SiteId, record: RecordRef): Promise<Claim | null>;
}

/** A function from one message to one verdict: no ack, no retry, no logging, no queue name. */
export interface StageHandler<Name extends StageName> {
  handle(payload: PayloadFor<Name>, context: StageContext): Promise<Verdict>;
}
