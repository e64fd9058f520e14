/** How long one kind of request takes, smoothed, and how long it took at its best. */
interface Latency {
  readonly nowMs: number;
  readonly bestMs: number;
}

/** How many requests a site is given at once, and what that is judged by. Plain values: every answer makes a new one. */
export interface Pace {
  /** From 1 up to `cap`. */
  readonly limit: number;
  readonly cap: number;
  /** Before it first backs off it grows with every answer, afterwards with every full round of them. */
  readonly isFirstClimb: boolean;
  /** Good answers since it last grew. */
  readonly good: number;
  /** Requests sent before this one were under way when it last backed off, and say nothing new. */
  readonly heedFrom: number;
  readonly latency: Readonly<Partial<Record<'read' | 'write', Latency>>>;
}

/** One request that came to an end. */
export interface Answered {
  readonly kind: 'read' | 'write';
  /** Its number, in the order in which requests leave. */
  readonly sent: number;
  /** The number that the next request gets. */
  readonly next: number;
  /** 429, 503, 504 or a time-out: the site has too much to do. */
  readonly isBusy: boolean;
  readonly ms: number;
  /** Were as many under way as may be? Only then does a good answer say that more would do. */
  readonly isFull: boolean;
}

/** What the slowest servers in the field were seen to bear: api reference, "a real Tomcat with MySQL deadlocks well below 60". */
const FIRST_LIMIT = 6;
/** How much of each answer the smoothed latency takes over. */
const SMOOTHING = 0.1;
/** The best latency is slowly forgotten, so that a server which has become slower for good is not held at one request for ever. */
const FORGETTING = 1.002;
const SLOW_FACTOR = 4;
/** Below this nobody is kept waiting, however much faster it once was. */
const SLOW_AT_LEAST_MS = 500;

/** The pace at which a site is first spoken to. `cap` is a whole number from 1. */
export const firstPace = (cap: number): Pace => ({ limit: Math.min(cap, FIRST_LIMIT), cap, isFirstClimb: true, good: 0, heedFrom: 0, latency: {} });

/**
 * The pace after one more answer: half of it where the site was busy, three quarters where it has become slow, one more where a
 * full round went well. Never below 1 nor above the cap; and it backs off once for all that was under way together.
 */
export function afterAnswer(pace: Pace, answered: Answered): Pace {
  if (answered.isBusy) return backOff(pace, answered, Math.floor(pace.limit / 2));
  const latency = smoothed(pace.latency[answered.kind], answered.ms);
  const measured: Pace = { ...pace, latency: { ...pace.latency, [answered.kind]: latency } };
  if (isSlow(latency)) return backOff(measured, answered, Math.floor((pace.limit * 3) / 4));
  return answered.isFull ? grow(measured) : measured;
}

function backOff(pace: Pace, { sent, next }: Answered, to: number): Pace {
  if (sent < pace.heedFrom) return pace;
  return { ...pace, limit: Math.max(1, to), isFirstClimb: false, good: 0, heedFrom: next };
}

function grow(pace: Pace): Pace {
  const good = pace.good + 1;
  const isRoundFull = pace.isFirstClimb || good >= pace.limit;
  return isRoundFull ? { ...pace, limit: Math.min(pace.cap, pace.limit + 1), good: 0 } : { ...pace, good };
}

function smoothed(before: Latency | undefined, ms: number): Latency {
  if (before === undefined) return { nowMs: ms, bestMs: ms };
  const nowMs = before.nowMs + (ms - before.nowMs) * SMOOTHING;
  return { nowMs, bestMs: Math.min(nowMs, before.bestMs * FORGETTING) };
}

const isSlow = ({ nowMs, bestMs }: Latency): boolean => nowMs > bestMs * SLOW_FACTOR && nowMs > bestMs + SLOW_AT_LEAST_MS;
