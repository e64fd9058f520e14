import type { FeedEntry, FeedPage } from './feed-page.js';

/** An entry's id and the page it was last seen on. */
export interface KnownEntry {
  readonly id: string;
  readonly page: number;
}

/**
 * How far a feed has been read. Plain data, to be stored in the transaction that stores what the entries led to.
 * Page 0 says that nothing was ever read: the feed has had no entry yet.
 */
export interface FeedPosition {
  readonly page: number;
  readonly lastEntryId: string | null;
  /** The entries read last, oldest first, at most `MEMORY` of them (more only where one page holds more). */
  readonly recent: readonly KnownEntry[];
  readonly newestPage: number;
  /** True while `recent` reaches back to the feed's first entry, so that an unknown entry before all known ones is late, not old. */
  readonly sinceStart: boolean;
  /** Pages that the server could not tell (it cannot serialise an entry of them), to be tried again. */
  readonly unreadable: readonly number[];
  readonly polls: number;
}

/** Where reading begins, as the configuration says. */
export type FeedStart = 'beginning' | 'now';

/** An entry that was not known, and the page it stood on. `late` says that entries after it were read before: the server inserted it below. */
export interface DeliveredEntry {
  readonly entry: FeedEntry;
  readonly page: number;
  readonly late: boolean;
}

/** What was noticed beside the entries. None of it holds anything of a record. */
export type FeedFinding =
  | { readonly kind: 'never-had-an-entry' }
  | { readonly kind: 'late-entries'; readonly count: number }
  | { readonly kind: 're-anchored'; readonly fromPage: number; readonly toPage: number }
  | { readonly kind: 'page-unreadable'; readonly page: number }
  | {
      readonly kind: 'generation-suspected';
      readonly why: 'feed-is-empty' | 'nothing-known' | 'known-tail-gone';
      readonly rememberedPage: number;
      readonly newestPage: number;
      readonly missing: number;
    };

/** One reading of a feed. Where a generation is suspected nothing is delivered and the position stays. */
export interface FeedReading {
  readonly entries: readonly DeliveredEntry[];
  readonly position: FeedPosition;
  readonly findings: readonly FeedFinding[];
  /** There is more to read at once: the reading stopped at its limit of pages. */
  readonly more: boolean;
}

/** Gets one page: `null` where the server is well but cannot tell this page (it is beyond the end, or not serialisable). Throws SyncErrors. */
export type FetchPage = (page: number | 'recent') => Promise<FeedPage | null>;

/** How many entries are remembered. */
export const MEMORY = 500;

/** Before the first reading from the beginning. */
export const UNREAD: FeedPosition = { page: 0, lastEntryId: null, recent: [], newestPage: 0, sinceStart: true, unreadable: [], polls: 0 };

/** A page as it was read in one crawl. */
export interface ReadPage {
  readonly page: number;
  readonly entries: readonly FeedEntry[];
}

/**
 * The entries of pages read in order, each once, that are not known: new ones, and late ones below what is known. What
 * stands before the memory is old, not late, unless its page is still owed.
 */
export function unknownEntries(position: FeedPosition, pages: readonly ReadPage[]): readonly DeliveredEntry[] {
  const known = new Set(position.recent.map(({ id }) => id));
  const horizon = Math.min(...position.recent.map(({ page }) => page));
  const owed = new Set(position.unreadable);
  const all = pages.flatMap(({ page, entries }) => entries.map((entry) => ({ page, entry })));
  const firstKnown = all.findIndex(({ entry }) => known.has(entry.id));
  const lastKnown = all.findLastIndex(({ entry }) => known.has(entry.id));
  const delivered: DeliveredEntry[] = [];
  for (const [index, { page, entry }] of all.entries()) {
    const isBeforeMemory = !position.sinceStart && !owed.has(page) && index < firstKnown && page <= horizon;
    if (known.has(entry.id) || isBeforeMemory) continue;
    known.add(entry.id);
    delivered.push({ entry, page, late: index < lastKnown });
  }
  return delivered;
}

/** The memory after a crawl, in the feed's order: pages of known entries corrected, unknown ones put where they stand, the oldest forgotten. */
export function remember(
  position: FeedPosition,
  pages: readonly ReadPage[],
  delivered: readonly DeliveredEntry[],
): Pick<FeedPosition, 'recent' | 'sinceStart'> {
  const seenOn = new Map(pages.flatMap(({ page, entries }) => entries.map(({ id }) => [id, page] as const)));
  const lateBefore = lateOnesByFollower(position, pages, delivered);
  const known = position.recent.flatMap(({ id, page }) => [...(lateBefore.get(id) ?? []), { id, page: seenOn.get(id) ?? page }]);
  const all = [...known, ...delivered.filter(({ late }) => !late).map(({ entry, page }) => ({ id: entry.id, page }))];
  const room = Math.max(MEMORY, ...pages.map(({ entries }) => entries.length));
  return { recent: all.slice(-room), sinceStart: position.sinceStart && all.length <= room };
}

/** Late entries by the known entry that follows them: there they belong, so that what was read last stays last. */
function lateOnesByFollower(
  position: FeedPosition,
  pages: readonly ReadPage[],
  delivered: readonly DeliveredEntry[],
): ReadonlyMap<string, readonly KnownEntry[]> {
  const known = new Set(position.recent.map(({ id }) => id));
  const late = new Map(delivered.filter((one) => one.late).map(({ entry, page }) => [entry.id, { id: entry.id, page }]));
  const byFollower = new Map<string, KnownEntry[]>();
  let waiting: KnownEntry[] = [];
  for (const { id } of pages.flatMap(({ entries }) => entries)) {
    const one = late.get(id);
    if (one !== undefined) waiting.push(one);
    if (one !== undefined || !known.has(id) || waiting.length === 0) continue;
    byFollower.set(id, [...(byFollower.get(id) ?? []), ...waiting]);
    waiting = [];
  }
  return byFollower;
}
