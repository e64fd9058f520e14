import type { RecordRef, SiteId, StageName, StepDone } from '@sync-hub/contracts';
import type { StageQueue } from './bus.js';
import type { Envelope } from './envelope.js';
import type { Verdict } from './verdict.js';

/** How far one stage has come with one message. */
export interface Progress {
  readonly settled: boolean;
  /** Failed attempts so far. */
  readonly attempts: number;
}

export interface Settlement {
  readonly envelope: Envelope;
  readonly verdict: Exclude<Verdict, { kind: 'postpone' }>;
  /** What the step came to that led to the verdict. What is said of it says that too. */
  readonly step?: StepDone;
}

export interface Unsettled {
  readonly envelope: Envelope;
  readonly stage: StageName;
  /** When it was last put on the bus, `null` if never. */
  readonly sentAt: Date | null;
  /** When its last put-off ended, `null` if it was never put off. Later than `sentAt`: it lies in no queue and waits to be sent. */
  readonly notBefore: Date | null;
}

/** Which of the messages that were sent already are to be seen again. */
export interface Resend {
  /** Not those sent after this, unless they were put off since. */
  readonly sentBefore: Date;
  /** Not those of these queues, unless put off since they were sent: the messages still lie there. `site` null is every site of the stage. */
  readonly lyingIn: readonly StageQueue[];
}

/** What the runner needs of the database. Implemented by `libs/persistence`; the fake of the tests passes the same contract. */
export interface RunnerStore {
  /** By message id. A message without an entry is new to the stage. */
  progressOf(stage: StageName, envelopes: readonly Envelope[]): Promise<ReadonlyMap<string, Progress>>;
  /**
   * One transaction for all: record locks in a fixed order, effects, states, inbox rows, outbox rows, claims of `holders` given back. Returns what was said.
   * What this stage has settled already is passed over, effect and all. A `hold` finds its row by `correlationId`, for the payload may be unfit to read.
   * Throws if any of it fails, having changed nothing.
   */
  settle(stage: StageName, settlements: readonly Settlement[], holders: readonly string[]): Promise<readonly Envelope[]>;
  /**
   * The message failed or is handed back: not before that instant again. `attempts` is the new count; gives the claims of `holder` back,
   * or leaves them to the end of their lease where it is null (the handler may still be at work). Changes nothing that is settled.
   */
  putOff(
    stage: StageName,
    envelope: Envelope,
    putOff: { readonly attempts: number; readonly notBefore: Date; readonly code: string },
    holder: string | null,
  ): Promise<void>;
  /** Takes the lease (or renews its own), or answers false where another holder has it. `holder` is `<messageId>#<process>`. */
  claim(holder: string, site: SiteId, record: RecordRef, leaseSeconds: number): Promise<boolean>;
  /** The bus has confirmed these. */
  markSent(messageIds: readonly string[]): Promise<void>;
  /**
   * Messages that a stage of ours has not settled, whose time has come, whose site is not down, and for which nobody holds a live claim; oldest first.
   * Those are: never sent; put off since they were sent; or sent, and to be seen again as `resend` says.
   */
  unsettled(limit: number, resend: Resend): Promise<readonly Unsettled[]>;
  /** Drops outbox rows that every stage has settled, with their inbox rows; never one whose name this release does not know. Returns how many. */
  prune(limit: number): Promise<number>;
}

/** What a site said when it was asked; of one that `rests`, which is not asked, nothing. */
export type Probe = 'up' | 'down' | 'locked-out' | 'rests';

/** Why a site's queues are not to be consumed, and the code of what is handed back for it: its circuit is open, or it is outside of its windows. */
export type ClosedFor = 'site-down' | 'site-rests';

/** Asks the site itself, once for many callers. Only this probe opens and closes a circuit. A site that rests is not asked. */
export interface SiteHealth {
  confirm(site: SiteId): Promise<Probe>;
  /** Sites whose queues are not to be consumed now. */
  closed(): Promise<ReadonlyMap<SiteId, ClosedFor>>;
}
