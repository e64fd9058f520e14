import type { HeldState, PARKED_REASONS, Route } from '@sync-hub/contracts';

/** Nothing is wrong, and it goes on by itself. */
export interface RestOverview {
  /** `null` where that is more than a fortnight away. */
  readonly until: Date | null;
}

/** Why something is held: a held state, or for what is parked the reason it is. */
export type HeldReason = Exclude<HeldState, 'parked'> | (typeof PARKED_REASONS)[number];

/** How one kind of record does on one route. */
export interface RouteCategoryOverview {
  /** The canonical category where it is known, else the aggregate. */
  readonly category: string;
  /** Open changes at the source and open jobs of the route, those held included. */
  readonly open: number;
  /** When the oldest of them was noticed, `null` where none is open. */
  readonly oldestAt: Date | null;
  /** When the oldest of those was noticed that go on by themselves, `null` where none does. */
  readonly movingSince: Date | null;
  /** Held jobs, counted by why. A reason without jobs may be missing. */
  readonly held: Readonly<Partial<Record<HeldReason, number>>>;
}

export interface RouteOverview {
  readonly route: Route;
  /** Open jobs that go on by themselves. */
  readonly openJobs: number;
  /** Held jobs, counted by why. A reason without jobs may be missing. */
  readonly held: Readonly<Partial<Record<HeldReason, number>>>;
  /** Per kind of record, changes of the source that have not reached the mapper included. */
  readonly categories: readonly RouteCategoryOverview[];
  /** When a job of the route last ended as `pushed` or `in-step`, `null` if never. */
  readonly lastGoodAt: Date | null;
  /** Why nothing arrives now: its schedule, or one of its ends rests. `null` where nothing rests. */
  readonly rests: (RestOverview & { readonly why: 'schedule' | 'source' | 'target' }) | null;
  /** So old may be what is not at its target yet. */
  readonly freshWithinSeconds: number;
  /** The categories that travel on it. */
  readonly carries: readonly string[];
  /** How fast its jobs ended lately, `null` where none did. */
  readonly pace: PaceOverview | null;
  /** ... and the changes of its source. */
  readonly looksPace: PaceOverview | null;
  /** A person has paused it, or lets it run dry; `null` where nobody has. */
  readonly pause: PauseOverview | null;
}

/** What ended lately: how many, within how many seconds from the first to the last, and how long ago the last was. */
export interface PaceOverview {
  readonly ended: number;
  readonly seconds: number;
  readonly lastAgoSeconds: number;
}

/** `pause`: nothing is written. `drain`: what was noticed before `since` is, and nothing else. */
export interface PauseOverview {
  readonly how: 'pause' | 'drain';
  readonly since: Date;
  readonly by: string;
}
