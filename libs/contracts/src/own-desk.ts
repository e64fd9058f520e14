import { z } from 'zod';
import type { HeldHelp, HeldName } from './held-desk.js';
import type { Direction, LinkId, RecordRef, SiteId } from './ids.js';

/**
 * Why a record that was entered at a site is not at the other end of a link. `conflict`: somebody is asked; `held`: something must be mended; `waiting`: for what it refers to;
 * `paused`: somebody has said that nothing is written now; `away`: one of the two ends is asked nothing now; `moving`: nothing is in its way; `unread`: it was noticed, and not looked at yet.
 */
export const OWN_BECAUSE = ['held', 'conflict', 'waiting', 'paused', 'away', 'moving', 'unread'] as const;
export type OwnBecause = (typeof OWN_BECAUSE)[number];

/** Why nothing is written on a link now though nothing is wrong. */
export const OWN_PAUSES = ['brake', 'pause', 'observe', 'read-only', 'schedule', 'source', 'target'] as const;
export type OwnPause = (typeof OWN_PAUSES)[number];

/** So many of one reason are told at once at most. */
export const MOST_OWN_OF_GROUP = 1000;

/** How many of each reason are told one by one. */
export const OwnAsked = z.strictObject({ most: z.int().min(1).max(MOST_OWN_OF_GROUP).default(50) });
export type OwnAsked = z.infer<typeof OwnAsked>;

/** A site of which people ask what has not arrived. */
export interface OwnSite {
  readonly site: SiteId;
  readonly title: string;
  /** Its own pages show a patient at an address that the configuration says. */
  readonly hasPatientPage: boolean;
}

/** A record that has not arrived. Times are ISO 8601 in UTC. */
export interface OwnRecord {
  readonly id: string;
  readonly record: RecordRef;
  readonly since: string;
  /** Whose it is, where that is known, and where the site's own pages show the patient: `null` where nobody said. */
  readonly patient: { readonly uuid: string; readonly page: string | null } | null;
  /** The conflict that is to be answered. */
  readonly conflict: string | null;
}

/** All that has not arrived for one reason. */
export interface OwnGroup {
  readonly id: string;
  readonly because: OwnBecause;
  readonly kind: 'job' | 'change';
  /** `null` of what was not looked at: it belongs to no link yet. */
  readonly link: LinkId | null;
  readonly direction: Direction | null;
  /** Where it should be; of what was not looked at, the site itself. */
  readonly site: SiteId;
  readonly category: string;
  /** As what is held is told; of what goes on by itself nothing. */
  readonly why: string | null;
  readonly code: string;
  readonly names: readonly HeldName[];
  readonly helps: HeldHelp | 'answer' | null;
  /** Why nothing is written now, of `paused`. */
  readonly pause: { readonly why: OwnPause; readonly until: string | null } | null;
  /** Which end is asked nothing, of `away`. */
  readonly away: { readonly site: SiteId; readonly state: 'down' | 'locked-out' | 'quarantined'; readonly since: string } | null;
  readonly count: number;
  readonly oldestAt: string;
  /** The oldest first; fewer than `count` where there are many. */
  readonly records: readonly OwnRecord[];
}

export interface OwnList {
  readonly site: OwnSite;
  readonly takenAt: string;
  readonly all: number;
  /** What somebody must see to first. */
  readonly groups: readonly OwnGroup[];
}

/** What is counted for completeness. */
export const COUNTED = ['patient', 'visit', 'encounter'] as const;
export type Counted = (typeof COUNTED)[number];

/** Of one kind, on one link, in one month: how many are known to be here, at the site, and there, at the other end. */
export interface CompletenessRow {
  readonly link: LinkId;
  readonly other: SiteId;
  readonly category: Counted;
  /** `2026-11`, by UTC; `null` for all of them, whatever the month, those without one included. */
  readonly month: string | null;
  readonly here: number;
  readonly there: number;
  /** At both ends. */
  readonly both: number;
}

/**
 * What the hub knows without asking: of what both ends of a link have agreed on, each end's latest known state, and what is on its way from one to the other. What neither feed ever told of is not in it.
 * A patient counts in each month in which a visit or an encounter of hers began.
 */
export interface Completeness {
  readonly site: SiteId;
  readonly countedAt: string;
  /** `null` while it is being counted. */
  readonly rows: readonly CompletenessRow[] | null;
  /** Noticed at one of the ends and not looked at yet: in no row. */
  readonly unread: number;
  /** Kept, and cannot be opened: in no row. */
  readonly sealed: number;
}

/** Where the people of a clinic see what of theirs has not arrived. Both answer `null` where no such site takes part here. */
export interface OwnDesk {
  sites(): Promise<readonly OwnSite[]>;
  list(site: SiteId, asked: OwnAsked): Promise<OwnList | null>;
  completeness(site: SiteId): Promise<Completeness | null>;
}
