import { z } from 'zod';
import type { HeldAct, HeldCounts, HeldElsewhere, HeldFarAct } from './held-elsewhere.js';
import { type Direction, LinkId, type RecordRef, SiteId } from './ids.js';
import { PARKED_REASONS } from './outcomes.js';

/** Why something is held that is no conflict: it waits for a reference, or is parked for one of the reasons. */
export const HELD_WHYS = ['waiting', ...PARKED_REASONS] as const;
export type HeldWhy = (typeof HELD_WHYS)[number];

/** What is held is asked for; all of it but what is only observed, where nothing is said. */
export const HeldFilter = z.strictObject({
  link: LinkId.optional(),
  /** Of a job its target, of a change the site that it was noticed at. */
  site: SiteId.optional(),
  category: z.string().max(60).optional(),
  why: z.enum(HELD_WHYS).optional(),
  code: z.string().max(100).optional(),
  /** Which instance runs the link, by its id: this one, or one that reports here. All of them, where nothing is said. */
  origin: z.string().max(100).optional(),
  /** All that is held for just the same. */
  group: z
    .string()
    .regex(/^[0-9a-f]{32}$/, 'a group is 32 digits, as the list has it')
    .optional(),
});
export type HeldFilter = z.infer<typeof HeldFilter>;

/** So many are told at once at most. */
export const MOST_HELD_AT_ONCE = 200;

export const HeldPage = HeldFilter.extend({ offset: z.int().min(0).default(0), limit: z.int().min(1).max(MOST_HELD_AT_ONCE).default(50) });
export type HeldPage = z.infer<typeof HeldPage>;

/** What is missing or stumbled over: `patientidentifiertype/8d79…`, a field, a privilege; and what the source calls it, where it does. Never a value of a record. */
export interface HeldName {
  readonly name: string;
  readonly label: string | null;
}

/** The one thing that helps, as far as codes tell. */
export const HELD_HELPS = [
  'add-metadata',
  'pull-metadata',
  'wait',
  'mend-record',
  'mend-identifier',
  'grant-privilege',
  'update-site',
  'redrive',
  'stop-one-end',
  'report',
  'go-live',
  'let-go-on',
] as const;
export type HeldHelp = (typeof HELD_HELPS)[number];

/** Who stopped the patient whom something is of, and when. */
export interface HeldStopped {
  readonly by: string;
  readonly since: string;
}

/** All that is held for one cause. Times are ISO 8601 in UTC. */
export interface HeldGroup {
  readonly id: string;
  /** A change could not be looked at, and belongs to no link yet. */
  readonly kind: 'job' | 'change';
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  /** `null` of a change. */
  readonly source: SiteId | null;
  readonly site: SiteId;
  readonly category: string;
  readonly why: HeldWhy;
  readonly code: string;
  readonly names: readonly HeldName[];
  readonly count: number;
  readonly oldestAt: string;
  readonly helps: HeldHelp;
  /** Of a patient who is stopped: by whom, and since when. Such a group is one, whatever links and kinds of record are in it: `link`, `direction` and `source` are `null` then, and `site` is one of those that it goes to. */
  readonly stopped?: HeldStopped;
  /** The instance that runs the link, where that is another one. */
  readonly origin?: string;
}

/** A site that is asked nothing now: what waits for it is no error, and goes on by itself once it is there. */
export interface SiteAway {
  readonly site: SiteId;
  readonly state: 'down' | 'locked-out' | 'quarantined';
  readonly since: string;
  readonly waiting: number;
  /** The instance that finds it so, where that is another one. */
  readonly origin?: string;
}

export interface HeldList {
  /** The largest first, at most 200. */
  readonly groups: readonly HeldGroup[];
  readonly away: readonly SiteAway[];
  readonly elsewhere: readonly HeldElsewhere[];
  /** On its way to other instances, and what became of it within a day; the newest first. */
  readonly asked: readonly HeldFarAct[];
  readonly counts: {
    readonly all: number;
    readonly groups: number;
    readonly by: Readonly<Record<'link' | 'site' | 'category' | 'why' | 'origin', readonly { readonly name: string; readonly count: number }[]>>;
  };
}

/** One that is held. */
export interface HeldRecord extends Omit<HeldGroup, 'id' | 'count' | 'oldestAt'> {
  readonly id: string;
  readonly group: string;
  readonly record: RecordRef;
  readonly since: string;
  readonly openedAt: string;
}

export interface HeldNote {
  readonly at: string;
  readonly by: string;
  readonly what: HeldAct;
  /** In the person's own words. */
  readonly reason: string | null;
}

export interface HeldDetail {
  readonly held: HeldRecord;
  readonly notes: readonly HeldNote[];
  /** A write of it was sent, and nobody has seen what became of it. */
  readonly isWriteUnknown: boolean;
  /** It is being looked at now. */
  readonly isMoving: boolean;
}

/** What became of acting on one: `asked` where another instance does it once it has fetched it, `not-taken` where that instance lets nobody act from here, `moving` where it is being looked at or worked on at this moment, `conflict` where its conflict must be answered first, `gone` where it is held no more, or is none that this may be done to. */
export type HeldOutcome = 'done' | 'asked' | 'not-taken' | 'moving' | 'conflict' | 'gone';

/** What a person does to it, and why: a reason is demanded of who discards or parks. */
export interface HeldDeed {
  readonly what: HeldAct;
  readonly by: string;
  readonly reason?: string;
}

/** What would come of it if it was looked at now, by a look that writes nothing. */
export const HELD_PROSPECTS = [
  'would-write',
  'would-be-refused',
  'would-end-equal',
  'would-not-be-admitted',
  'would-ask',
  'would-wait',
  'would-be-held',
  'rests',
  'site-away',
  'cannot-be-read',
  'is-moving',
  'not-here',
  'elsewhere',
  'not-asked',
] as const;
export type HeldProspect = (typeof HELD_PROSPECTS)[number];

/** What a dry run found. */
export interface HeldWhyNow {
  /** Would it go on? `later`: by itself, when something else has happened. `unknown` where nobody here can ask the sites. */
  readonly works: 'yes' | 'no' | 'later' | 'unknown';
  readonly prospect: HeldProspect;
  /** The site that it depends on, where it does on one. */
  readonly site: SiteId | null;
  /** Why it would be held, of `would-be-held`. */
  readonly why: string | null;
  readonly code: string | null;
  /** Fields that would be written, or asked about; what is missing; a privilege. */
  readonly names: readonly HeldName[];
  /** Has either end changed since it was held? `null` where that is not known. */
  readonly hasChanged: boolean | null;
}

/** Who watches: told how many were gone through; once `signal` says so no further one is begun. */
export interface HeldWatched {
  readonly progress: (done: number, of: number) => void;
  readonly signal?: AbortSignal;
}

/** What a person looked at, as it was then: what came since is none of it. */
export interface HeldPlan {
  readonly counts: HeldCounts;
  act(deed: HeldDeed, watched: HeldWatched): Promise<HeldCounts>;
}

/** A plan, or the carrying out of one: how far it is, and what it came to. */
export interface HeldRun {
  readonly id: string;
  readonly does: 'plan' | HeldAct;
  readonly by: string | null;
  readonly asked: HeldFilter;
  readonly state: 'running' | 'done' | 'stopped' | 'failed';
  readonly done: number;
  readonly of: number;
  readonly counts: HeldCounts | null;
}

/** What the console and the command line ask of what is held. */
export interface HeldDesk {
  list(filter: HeldFilter): Promise<HeldList>;
  records(page: HeldPage): Promise<readonly HeldRecord[]>;
  /** `null` where nothing of that id is held. */
  find(id: string): Promise<HeldDetail | null>;
  /** Reads both ends now and writes at neither; `null` where nothing of that id is held. */
  why(id: string): Promise<HeldWhyNow | null>;
  act(id: string, deed: HeldDeed): Promise<HeldOutcome>;
  plan(filter: HeldFilter, watched: HeldWatched): Promise<HeldPlan>;
}
