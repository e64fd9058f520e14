import type { FeedEntry, FeedPage } from './feed-page.js';

/** An entry's id and the page it was last seen on; 0 once it was found deleted. */
export interface KnownEntry {
  readonly id: string;
  readonly page: number;
}

/**
 * How far a feed has been read. Plain data, to be stored in the transaction that stores what the entries led to.
 * Page 0 says that nothing was ever read: the feed has had no entry yet.
 */
export interface FeedPosition {
  /** The page read last. */
  readonly page: number;
  readonly lastEntryId: string | null;
  /** The entries read last, in the feed's order, at most `MEMORY` of them. */
  readonly known: readonly KnownEntry[];
  /** The newest page that was seen or told of. */
  readonly newestPage: number;
  /** True while `known` reaches back to the feed's first entry, so that an unknown entry before all known ones is late, not old. */
  readonly sinceStart: boolean;
  /** Pages passed over because the server could not tell them (it cannot serialise an entry of theirs), to be tried again. */
  readonly unreadable: readonly number[];
  readonly polls: number;
}

/** Where reading begins, as the configuration says. */
export type FeedStart = 'beginning' | 'now';

/** An entry that was not known, and the page it stood on. `late` says that entries after it were read before. */
export interface DeliveredEntry {
  readonly entry: FeedEntry;
  readonly page: number;
  readonly late: boolean;
}

/** What was noticed beside the entries, the gravest first. None of it holds anything of a record. */
export type FeedFinding =
  | {
      readonly kind: 'generation-suspected';
      readonly why: 'feed-is-empty' | 'nothing-known' | 'known-tail-gone';
      readonly rememberedPage: number;
      readonly newestPage: number;
      /** How many of the remembered entries are gone. */
      readonly missing: number;
    }
  | { readonly kind: 'page-unreadable'; readonly page: number }
  | { readonly kind: 're-anchored'; readonly fromPage: number; readonly toPage: number }
  | { readonly kind: 'moved-while-reading'; readonly page: number }
  | { readonly kind: 'late-entries'; readonly count: number }
  | { readonly kind: 'never-had-an-entry' };

/** One reading of a feed. Where a generation is suspected nothing is delivered and the position stays. */
export interface FeedReading {
  readonly entries: readonly DeliveredEntry[];
  readonly position: FeedPosition;
  readonly findings: readonly FeedFinding[];
  /** There is more to read at once. */
  readonly more: boolean;
}

/**
 * Gets one page. `null`, or any SyncError but those of a login, says that this page cannot be had; whether the page or the
 * server is to blame is found out by asking for the newest one.
 */
export type FetchPage = (page: number | 'recent') => Promise<FeedPage | null>;

/** How many entries are remembered: with pages of five, a hundred pages. */
export const MEMORY = 500;

/** Before the first reading. */
export const UNREAD: FeedPosition = { page: 0, lastEntryId: null, known: [], newestPage: 0, sinceStart: true, unreadable: [], polls: 0 };

/** A page under its number, as it was read. */
export interface ReadPage {
  readonly page: number;
  readonly entries: readonly FeedEntry[];
}
