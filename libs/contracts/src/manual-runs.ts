import { z } from 'zod';
import { Direction, LinkId, type SiteId, Uuid } from './ids.js';

/** More would be a list that nobody has typed. */
const MOST_UUIDS = 10_000;

/** What is looked at by hand on a route: all of it, one category, records by uuid, or one patient with all that hangs on her. */
export const ManualRunScope = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('everything') }),
  z.strictObject({ what: z.literal('category'), category: z.string() }),
  z.strictObject({ what: z.literal('records'), category: z.string(), uuids: z.array(Uuid).min(1).max(MOST_UUIDS) }),
  z.strictObject({ what: z.literal('patient'), patient: Uuid }),
]);
export type ManualRunScope = z.infer<typeof ManualRunScope>;

/** A wish to have a route looked through now. */
export const ManualRunWish = z.strictObject({ link: LinkId, direction: Direction, scope: ManualRunScope });
export type ManualRunWish = z.infer<typeof ManualRunWish>;

/** `listing`: what is to be looked at is being found; `looking`: its records are on their way; the last two are over. */
export const MANUAL_RUN_STATES = ['listing', 'looking', 'ended', 'cancelled'] as const;
export type ManualRunState = (typeof MANUAL_RUN_STATES)[number];

/** What became of the records of one category: how many of each end, by the word that the audit has for it (`pushed`, `in-step`, `not-admitted`, `conflict`, ...). */
export interface ManualRunCategory {
  readonly category: string;
  readonly listed: number;
  readonly underWay: number;
  readonly ended: number;
  readonly became: readonly { readonly as: string; readonly reason: string | null; readonly records: number }[];
}

/** What could not be listed at the source of a run. */
export interface NotListed {
  readonly category: string;
  readonly patient?: Uuid;
  readonly code: string;
}

/** A run as it stands now, without a value of a record. Times are ISO 8601 in UTC. */
export interface ManualRun {
  readonly id: string;
  readonly link: LinkId;
  readonly direction: Direction;
  readonly source: SiteId;
  readonly target: SiteId;
  readonly scope: ManualRunScope;
  readonly state: ManualRunState;
  readonly askedBy: string;
  readonly askedAt: string;
  readonly endedAt: string | null;
  /** Patients whose records have yet to be listed. */
  readonly toList: number;
  /** What the source would not list: a category, or all that hangs on one patient, and the code of why. What is known of it is looked at all the same. */
  readonly notListed: readonly NotListed[];
  readonly categories: readonly ManualRunCategory[];
}

/** Why a run is not begun; `said` is a sentence for people. */
export interface ManualRunRefused {
  readonly refused: 'already-running' | 'switched-off' | 'class-off' | 'no-such-link' | 'no-such-category';
  readonly said: string;
  /** The run that is under way. */
  readonly running?: string;
}

/** Where people have routes looked through by hand. */
export interface ManualRunDesk {
  begin(wish: ManualRunWish, by: string): Promise<{ readonly begun: string; readonly said: readonly string[] } | ManualRunRefused>;
  /** False where it is over already, or there is none of that id. */
  cancel(id: string, by: string): Promise<boolean>;
  find(id: string): Promise<ManualRun | null>;
  /** The newest first, at most so many. */
  list(limit: number): Promise<readonly ManualRun[]>;
}
