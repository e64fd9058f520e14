import type { MetadataDrift } from '@sync-hub/categories';
import type { CHANGE_ENDS, Direction, LinkId, Outcome, RecordRef, SiteId } from '@sync-hub/contracts';
import type { ClosedClassOverview, HeldReason, LinkWriting, RouteOverview, SiteOverview } from '@sync-hub/runtime';
import type { AuditFromOverview, AuditToOverview } from './audit-overview.js';
import type { FailingOverview } from './failing-overview.js';

export type {
  BrakeOverview,
  ClosedClassOverview,
  FeedOverview,
  HeldReason,
  PauseOverview,
  RestOverview,
  RouteCategoryOverview,
  RouteOverview,
  SiteChangesOverview,
  SiteFactsOverview,
  SiteOverview,
  SiteState,
  SiteVersions,
} from '@sync-hub/runtime';
export type * from './audit-overview.js';

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

/** A link, and what metadata its ends differ in. */
export interface LinkOverview extends LinkWriting {
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
