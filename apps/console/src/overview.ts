import type { MetadataDrift } from '@sync-hub/categories';
import type { CHANGE_ENDS, Direction, LinkId, Outcome, RecordRef, SiteId } from '@sync-hub/contracts';
import type { AuditFromOverview, AuditToOverview } from './audit-overview.js';
import type { FailingOverview } from './failing-overview.js';
import type { HeldReason, RestOverview, RouteOverview } from './overview-of-routes.js';
import type { ClosedClassOverview, SiteChangesOverview, SiteFactsOverview } from './said-of-sites.js';

export type * from './audit-overview.js';
export type * from './overview-of-routes.js';
export type * from './said-of-sites.js';

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
  /** Is it read by us? Not what a site tells by itself, nor what is followed no more. */
  readonly isAsked: boolean;
  /** The categories that it tells of. */
  readonly tellsOf: readonly string[];
  /** When it was last read to its end: every entry published before was taken over then. `null` if never. */
  readonly readToEndAt: Date | null;
  /** What it told after it was left alone, up to `until` (`null`: it has not been read to its end since), may have been entered at any moment since `from` (`null`: ever). `null` where it never was. */
  readonly behind: { readonly from: Date | null; readonly until: Date | null } | null;
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
  readonly facts: SiteFactsOverview | null;
  /** The last time that it did; `null` if never. */
  readonly changed: SiteChangesOverview | null;
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
  /** Changes of this site that are held. */
  readonly changesHeld: number;
  readonly feeds: readonly FeedOverview[];
  /** It is outside of its windows, and asked nothing; what else is said of it is as it was when it was asked last. `null` inside of them. */
  readonly rests: RestOverview | null;
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
  /** What metadata its ends differ in. */
  readonly drift: LinkDriftOverview;
}

/** What metadata the ends of a link differ in, as they were last compared. */
export interface LinkDriftOverview {
  /** `null` until they were: nothing is written on the link before. */
  readonly comparedAt: Date | null;
  /** Kinds that could not be compared, with why: `role: not-allowed`. */
  readonly notCompared: readonly string[];
  /** What records are held for first. */
  readonly drifts: readonly DriftOverview[];
}

/** One piece of metadata that the ends of a link do not have alike. */
export interface DriftOverview {
  readonly kind: string;
  readonly uuid: string;
  readonly found: MetadataDrift['found'];
  /** What the child has that is known by the same, of `other-uuid`. */
  readonly otherUuid: string | null;
  /** By what both are known, of `other-uuid`. */
  readonly by: MetadataDrift['by'];
  readonly fields: readonly string[];
  /** How many jobs are held as `unmapped` for want of it. */
  readonly heldFor: number;
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

/** A process that runs, and the configuration that it goes by. */
export interface ProcessOverview {
  readonly services: readonly string[];
  /** When it took its configuration. */
  readonly since: Date;
  /** Another process has taken another one since. */
  readonly isBehind: boolean;
  /** Why it does not take the configuration that it is given, `null` where it does; a line for each mistake, with its place. */
  readonly refused: { readonly code: string; readonly because: readonly string[] } | null;
}

/** A link that was taken out of the configuration. */
export interface LeftLinkOverview {
  readonly link: LinkId;
  readonly since: Date;
  /** Jobs that were open then, and ended as `filtered`. */
  readonly ended: number;
}

/** Everything the console shows, read at one moment. It holds ids, names, codes, counts and times, and nothing of a record's content. */
export interface Overview {
  readonly takenAt: Date;
  readonly sites: readonly SiteOverview[];
  readonly links: readonly LinkOverview[];
  readonly routes: readonly RouteOverview[];
  /** What sites take no record of, though it travels to them. */
  readonly closedClasses: readonly ClosedClassOverview[];
  /** The longest held first, at most 200. */
  readonly held: readonly HeldOverview[];
  /** All that are held, shown or not. */
  readonly heldTotal: number;
  /** The last hundred, newest first. */
  readonly ends: readonly EndOverview[];
  readonly observed: readonly ObservedOverview[];
  readonly processes: readonly ProcessOverview[];
  /** Of the last week. */
  readonly leftLinks: readonly LeftLinkOverview[];
  readonly audit: { readonly to: AuditToOverview | null; readonly from: readonly AuditFromOverview[] };
  /** The longest failing first, at most 100. */
  readonly failing: readonly FailingOverview[];
}

/** Where the console reads from. The repository of `libs/persistence` has this shape. */
export interface OverviewReader {
  read(): Promise<Overview>;
}
