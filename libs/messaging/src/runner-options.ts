import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { SafeDetails, SiteId, StageName, TraceId } from '@sync-hub/contracts';
import type { Bus } from './bus.js';
import type { Lease } from './claims.js';
import type { GroupLimits } from './groups.js';
import type { Logger } from './logger.js';
import type { RunnerStore, SiteHealth } from './runner-store.js';

/** What the runner works with. */
export interface RunnerPorts {
  readonly bus: Bus;
  readonly store: RunnerStore;
  readonly health: SiteHealth;
  readonly logger: Logger;
}

/** How a message left the runner's hands. */
export interface Handled {
  readonly stage: StageName;
  readonly site: SiteId;
  /** The walk that the message belongs to. */
  readonly trace: TraceId | undefined;
  /** The verdict's kind, or `put-off`, `handed-back`, `repeat`, `parked`. */
  readonly as: string;
  readonly code: string;
  /** From delivery to ack. */
  readonly ms: number;
}

export interface RunnerOptions {
  /** Names this process in claims; unlike any other's, past or present. */
  readonly processId: string;
  /** Messages of one queue that are handled at once. */
  readonly slots: number;
  /** The same for the queue of one site that asks for more, or for less. */
  readonly slotsAt: (site: SiteId) => number | undefined;
  /** Messages of one queue in hand at once; what its slots ask for unless given. */
  readonly prefetch?: number;
  readonly intake: GroupLimits;
  readonly settling: GroupLimits;
  readonly lease: Lease;
  /** A handler that takes longer has failed. */
  readonly handlerSeconds: number;
  readonly watchSitesMs: number;
  /** How long after its waiting room a message may be missing before the sweep sends it again. */
  readonly graceSeconds: number;
  /** When a message of an unknown version is looked at again: by then another release may take it. */
  readonly otherVersionSeconds: number;
  /** Waits between tries to write that a message was put off, before it is left to the sweep. */
  readonly storeRetryMs: readonly number[];
  readonly random: () => number;
  /** Told of every message that leaves the runner's hands; for meters. */
  readonly onHandled: (handled: Handled) => void;
  /** Told of every message of which a copy was laid into `<stage>.parked`. */
  readonly onParked: (stage: StageName, messageId: string, code: string, details: SafeDetails) => void;
}

const GROUP_ROWS = 50;

/** Those handled, those being committed, and the next. */
export const prefetchFor = (slots: number): number => slots + 2 * Math.min(slots, GROUP_ROWS);

/** Limits for a stage that speaks to sites (slow, few at once for each site) or one that speaks to our database (fast, many). */
export function runnerOptions(queuePer: 'site' | 'stage', given: Partial<RunnerOptions> = {}): RunnerOptions {
  const slots = given.slots ?? (queuePer === 'site' ? 8 : GROUP_ROWS);
  return {
    processId: `${hostname()}:${process.pid}:${randomUUID()}`,
    slots,
    slotsAt: () => undefined,
    intake: { rows: GROUP_ROWS, ms: 2, inFlight: 2 },
    settling: { rows: GROUP_ROWS, ms: 8, inFlight: 2 },
    lease: { seconds: 120, requestSeconds: 35 },
    handlerSeconds: 600,
    watchSitesMs: 1000,
    graceSeconds: 10,
    otherVersionSeconds: 60,
    storeRetryMs: [100, 500, 2000, 5000, 5000, 5000],
    random: Math.random,
    onHandled: () => undefined,
    onParked: () => undefined,
    ...given,
  };
}
