import { z } from 'zod';
import type { DryRunTold } from './dry-runs.js';
import { Direction, LinkId, type RecordRef, type SiteId, Uuid } from './ids.js';

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

/** A wish to have a route looked through now; `dry` only says what would come of it, and writes nothing. */
export const ManualRunWish = z.strictObject({ link: LinkId, direction: Direction, scope: ManualRunScope, dry: z.boolean().optional() });
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
  /** What it would come to; of a dry run alone. */
  readonly told?: DryRunTold;
}

/** One record of a run. `fields` are the names of those that a dry run would write or ask about, `awaits` what it would wait for, each as `aggregate/uuid`. */
export interface ManualRunRecord {
  readonly record: RecordRef;
  readonly category: string;
  readonly as: string | null;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly awaits: readonly string[];
  /** It is not asked for itself: something that is would wait for it. */
  readonly isAlong: boolean;
}

const Word = z.string().regex(/^[a-z-]{1,40}$/);
const MOST_RECORDS_AT_ONCE = 1000;

/** Which records of a run are asked for: of a category, that came to it `as`; those that were asked for themselves, or those that would be brought along. */
export const ManualRunRecordsAsked = z.strictObject({
  category: Word.optional(),
  as: Word.optional(),
  along: z.enum(['no', 'yes']).default('no'),
  limit: z.int().min(1).max(MOST_RECORDS_AT_ONCE).default(100),
});
export type ManualRunRecordsAsked = z.infer<typeof ManualRunRecordsAsked>;

/** A site for which a run waits: it is away, or rests by its windows. */
export interface ManualRunWaits {
  readonly site: SiteId;
  readonly why: 'down' | 'locked-out' | 'quarantined' | 'rests';
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
  /** It only says what would come of it: nothing is written, at a site or here. */
  readonly dry: boolean;
  /** Null where no site keeps it from going on, and once it is over. */
  readonly waitsFor: ManualRunWaits | null;
  /** All categories together, with what would be brought along; of a dry run alone. */
  readonly told?: DryRunTold;
  /** Records that something in a dry run would wait for, and that were not asked for themselves: by what would come of them. */
  readonly along?: readonly { readonly as: string; readonly records: number }[];
}

/** Why a run is not begun; `said` is a sentence for people. */
export interface ManualRunRefused {
  readonly refused: 'already-running' | 'switched-off' | 'class-off' | 'no-such-link' | 'no-such-category';
  readonly said: string;
  /** The run that is under way. */
  readonly running?: string;
}

/** A route that people may have looked through by hand, and the categories that travel on it. */
export interface ManualRunChoice {
  readonly link: LinkId;
  readonly direction: Direction;
  readonly source: SiteId;
  readonly target: SiteId;
  readonly categories: readonly string[];
}

/** Where people have routes looked through by hand. */
export interface ManualRunDesk {
  /** Those on which nothing travels, and those that are switched off, are left out. */
  choices(): Promise<readonly ManualRunChoice[]>;
  begin(wish: ManualRunWish, by: string): Promise<{ readonly begun: string; readonly said: readonly string[] } | ManualRunRefused>;
  /** False where it is over already, or there is none of that id. */
  cancel(id: string, by: string): Promise<boolean>;
  find(id: string): Promise<ManualRun | null>;
  /** Records of the run, in the order in which they are looked at. */
  records(id: string, asked: ManualRunRecordsAsked): Promise<readonly ManualRunRecord[]>;
  /** The newest first, at most so many. */
  list(limit: number): Promise<readonly ManualRun[]>;
}
