import type { CHANGE_ENDS, Direction, HeldState, LinkId, Outcome, PARKED_REASONS, RecordRef, Route, SiteId } from '@sync-hub/contracts';

/** What the page knows of a site: up, down (nobody answers its probe), locked out (401), quarantined (its data is not what it was), or not asked yet. */
export type SiteState = 'up' | 'down' | 'locked-out' | 'quarantined' | 'not-asked';

/** How far one feed of a site has been read. */
export interface FeedOverview {
  readonly category: string;
  /** When a page of this feed was last read without trouble, `null` if never. */
  readonly readAt: Date | null;
  /** When its newest entry that we know of was published, `null` where the feed never had an entry. */
  readonly newestEntryAt: Date | null;
  /** Entries taken over from this feed since the site's generation began. */
  readonly entriesRead: number;
  /** Code of what is wrong with the feed (a lost marker, a gap), `null` where nothing is. */
  readonly trouble: string | null;
}

/** What a site said when it was last asked what it is; `null` for what it did not say. */
export interface SiteVersions {
  readonly platform: string | null;
  /** webservices.rest */
  readonly rest: string | null;
  readonly atomfeed: string | null;
}

export interface SiteOverview {
  readonly site: SiteId;
  /** `null` until it has been asked. */
  readonly versions: SiteVersions | null;
  readonly state: SiteState;
  /** Since when it is in that state, as the probe saw it. */
  readonly since: Date | null;
  /** Code of the probe's last refusal, `null` while the site is up. */
  readonly code: string | null;
  /** Which life of the site's data this is: 1 until a restore, a clone or a swap was noticed. */
  readonly generation: number;
  /** Open changes of this site that have not been looked at, and are not held. */
  readonly changesWaiting: number;
  /** Open jobs that are to be written to this site, and are not held. */
  readonly jobsWaiting: number;
  readonly feeds: readonly FeedOverview[];
}

/** Why something is held: a held state, or for what is parked the reason it is. */
export type HeldReason = Exclude<HeldState, 'parked'> | (typeof PARKED_REASONS)[number];

/** How one kind of record does on one route. */
export interface RouteCategoryOverview {
  /** The canonical category where it is known, else the aggregate. */
  readonly category: string;
  /** Open changes at the source and open jobs of the route, those held included. */
  readonly open: number;
  /** When the oldest of them was noticed; `takenAt` minus this is the route's freshness. `null` where none is open. */
  readonly oldestAt: Date | null;
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
}

/** A job or a change that has not ended and does not go on by itself. */
export interface HeldOverview {
  readonly kind: 'job' | 'change';
  readonly id: string;
  readonly record: RecordRef;
  /** Of a change: `null`, it belongs to no link yet. */
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  /** Of a job its target, of a change the site it was noticed at. */
  readonly site: SiteId;
  readonly why: HeldReason;
  /** The error's or the verdict's constant code. */
  readonly code: string;
  /** Names of what it waits for or stumbles over: `location/8d6c…`, `identifiers`. Never a value of a record. */
  readonly names: readonly string[];
  readonly since: Date;
}

/** How a job or a change ended, for good. */
export interface EndOverview {
  readonly kind: 'job' | 'change';
  readonly record: RecordRef;
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  /** Of a job its target, of a change the site it was noticed at. */
  readonly site: SiteId;
  readonly end: Outcome | (typeof CHANGE_ENDS)[number];
  /** Names of the fields that were written. */
  readonly fields: readonly string[];
  /** Names of the fields that the target dropped or changed. */
  readonly lost: readonly string[];
  readonly at: Date;
  /** From the moment the change was noticed, or the job opened, to its end. */
  readonly seconds: number | null;
}

/** Whether a link that runs here writes: not while it is only observed, nor while its instance is read-only. */
export interface LinkOverview {
  readonly link: LinkId;
  readonly writing: 'live' | 'observe' | 'read-only';
  /** Why its brake pauses it, `null` where it does not. */
  readonly braked: BrakeOverview | null;
}

/** More was to be voided than a link's brake lets pass: nothing is written on it until a person releases it. */
export interface BrakeOverview {
  readonly since: Date;
  /** `voids-per-hour` or `percent-of-category`. */
  readonly reason: string;
  /** The kind of record whose void was one too many. */
  readonly category: string;
  readonly voids: number;
}

/** What a link that is only observed would write, of one category in one direction. */
export interface ObservedOverview {
  readonly link: LinkId;
  readonly direction: Direction;
  readonly category: string;
  readonly would: 'would-create' | 'would-change' | 'would-void' | 'would-restore';
  readonly records: number;
  /** Names of fields, those named for the most records first. */
  readonly fields: readonly { readonly name: string; readonly records: number }[];
}

/** Everything the console shows, read at one moment. It holds ids, names, codes, counts and times, and nothing of a record's content. */
export interface Overview {
  readonly takenAt: Date;
  readonly sites: readonly SiteOverview[];
  readonly links: readonly LinkOverview[];
  readonly routes: readonly RouteOverview[];
  /** The longest held first, at most 200. */
  readonly held: readonly HeldOverview[];
  /** All that are held, shown or not. */
  readonly heldTotal: number;
  /** The last hundred, newest first. */
  readonly ends: readonly EndOverview[];
  readonly observed: readonly ObservedOverview[];
}

/** Where the console reads from. The repository of `libs/persistence` has this shape. */
export interface OverviewReader {
  read(): Promise<Overview>;
}
