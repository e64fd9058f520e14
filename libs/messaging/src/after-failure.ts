import { NotAllowedError, type ParkedReason, RefusedError, type SafeDetails, SyncError, safeError } from '@sync-hub/contracts';
import type { Probe } from './runner-store.js';

/** A handler failed. What is known about it when deciding what comes next. */
export interface Failure {
  readonly error: unknown;
  /** Failed attempts before this one. */
  readonly attempts: number;
  /** The stage's waiting rooms after the first, second, ... failed attempt. */
  readonly retryAfterSeconds: readonly number[];
  /** What the site itself said when asked because of this error; null while it was not asked. */
  readonly probe: Probe | null;
  /** From 0 up to 1: spreads the returns of messages that failed together. */
  readonly random: number;
}

/** What comes after a failure. */
export type AfterFailure =
  /** Ask the site, then decide again: a time-out on one record does not say that a clinic is down. */
  | { readonly kind: 'ask-site' }
  /** The site is down, has locked us out, or rests. Back to its row; costs no attempt. */
  | { readonly kind: 'hand-back'; readonly seconds: number; readonly code: string }
  /** Into the waiting room; `attempts` is the new count. */
  | { readonly kind: 'put-off'; readonly attempts: number; readonly seconds: number; readonly code: string }
  /** Not again by itself. */
  | { readonly kind: 'hold'; readonly reason: ParkedReason; readonly code: string; readonly details: SafeDetails };

/** A message of a site that is down may be looked at again so soon; while the circuit is open the sweep leaves it alone. */
const SITE_DOWN_SECONDS = 5;

/** The same for one message that needs a site which rests, and not its own, whose queue is consumed. */
const SITE_RESTS_SECONDS = 60;

/** The share of a delay that is left to chance. */
const JITTER = 0.2;

/** Decides what comes after a failure, by the error's `retry` alone. Anything that is not ours to name is retried, then held as `broken`. */
export function afterFailure(failure: Failure): AfterFailure {
  const { error, probe } = failure;
  const retry = error instanceof SyncError ? error.retry : 'later';
  switch (retry) {
    case 'never':
      return { kind: 'hold', reason: reasonOf(error), ...codeAndDetails(error) };
    case 'when-site-is-back':
      if (probe === null) return { kind: 'ask-site' };
      if (probe !== 'up') return handedBack(probe, failure.random);
      return later(failure);
    case 'later':
      return later(failure);
  }
}

function handedBack(probe: Exclude<Probe, 'up'>, random: number): AfterFailure {
  const seconds = probe === 'rests' ? SITE_RESTS_SECONDS : SITE_DOWN_SECONDS;
  return { kind: 'hand-back', seconds: spread(seconds, random), code: CODES[probe] };
}

const CODES = { down: 'site-down', 'locked-out': 'locked-out', rests: 'site-rests' } as const satisfies Readonly<Record<Exclude<Probe, 'up'>, string>>;

function later({ error, attempts, retryAfterSeconds, random }: Failure): AfterFailure {
  const delay = retryAfterSeconds[attempts];
  const { code, details } = codeAndDetails(error);
  if (delay === undefined) return { kind: 'hold', reason: error instanceof SyncError ? 'gave-up' : 'broken', code, details };
  return { kind: 'put-off', attempts: attempts + 1, seconds: spread(delay, random), code };
}

/** An identifier that another patient has, whom the error names, is no refusal but a question: one person or two? */
function reasonOf(error: unknown): ParkedReason {
  if (error instanceof RefusedError && error.code === 'identifier-in-use' && 'holder' in error.details) return 'possible-duplicate';
  return error instanceof RefusedError || error instanceof NotAllowedError ? 'refused' : 'broken';
}

const codeAndDetails = (error: unknown): { code: string; details: SafeDetails } => {
  const { code, details } = safeError(error);
  return { code, details };
};

/** Never longer than the waiting room. */
const spread = (seconds: number, random: number): number => seconds * (1 - JITTER * random);
