import type { RecordRef, SiteId, StageName } from '@sync-hub/contracts';
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
}

export interface Unsettled {
  readonly envelope: Envelope;
  readonly stage: StageName;
  /** When it was last put on the bus, `null` if never. */
  readonly sentAt: Date | null;
}

/** What the runner needs of the database. Implemented by `libs/persistence`; the fake of the tests passes the same contract. */
export interface RunnerStore {
  /** By message id. A message without an entry is new to the stage. */
  progressOf(stage: StageName, envelopes: readonly Envelope[]): Promise<ReadonlyMap<string, Progress>>;
  /** One transaction for all: record locks in a fixed order, effects, states, inbox rows, outbox rows, claims of `holder` given back. Returns what was said. Throws if any of it fails, having changed nothing. */
  settle(stage: StageName, settlements: readonly Settlement[], holders: readonly string[]): Promise<readonly Envelope[]>;
  /** The message failed or is handed back: not before that instant again. `attempts` is the new count; gives the claims back. */
  putOff(stage: StageName, envelope: Envelope, putOff: { readonly attempts: number; readonly notBefore: Date; readonly code: string }, holder: string): Promise<void>;
  /** Takes the lease, or answers null where another holder has it. `holder` is one message in one process. */
  claim(holder: string, site: SiteId, record: RecordRef, leaseSeconds: number): Promise<boolean>;
  /** The bus has confirmed these. */
  markSent(messageIds: readonly string[]): Promise<void>;
  /** Messages that a stage of ours has not settled, whose time has come, and whose site is not down; oldest first. */
  unsettled(limit: number): Promise<readonly Unsettled[]>;
  /** Drops outbox rows that every stage has settled, with their inbox rows. Returns how many. */
  prune(limit: number): Promise<number>;
}

/** Asks the site itself, once for many callers. Only this probe opens and closes a circuit. */
export interface SiteHealth {
  confirm(site: SiteId): Promise<'up' | 'down' | 'locked-out'>;
  /** Sites whose queues are not to be consumed now. */
  closed(): Promise<ReadonlySet<SiteId>>;
}
