import type { SITE_STATES, SiteId } from '@sync-hub/contracts';
import type { RestOverview } from './overview-of-routes.js';
import type { SiteChangesOverview, SiteFactsOverview } from './said-of-sites.js';

/** What the page knows of a site. */
export type SiteState = (typeof SITE_STATES)[number];

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
