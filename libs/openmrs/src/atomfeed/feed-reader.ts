import { SyncError, TransientError } from '@sync-hub/contracts';
import type { FeedPage } from './feed-page.js';
import {
  type FeedFinding,
  type FeedPosition,
  type FeedReading,
  type FeedStart,
  type FetchPage,
  type ReadPage,
  remember,
  UNREAD,
  unknownEntries,
} from './feed-position.js';

/** What a reading starts from, and its limits. */
export interface ReadFeedOptions {
  /** As the reading before left it; `null` before the first one. */
  readonly position: FeedPosition | null;
  /** Where the first reading begins: with the feed's first entry, or behind its newest one. */
  readonly startAt: FeedStart;
  readonly fetchPage: FetchPage;
  /** Pages read in one go; what is left is told by `more`. */
  readonly maxPages?: number;
  /** Every so many polls the two pages before the position are read again, for entries that came late. */
  readonly rereadEvery?: number;
  /** Pages looked at for any known entry once the position is lost. */
  readonly maxSearchPages?: number;
}

const DEFAULTS = { maxPages: 20, rereadEvery: 10, maxSearchPages: 200 } as const;
type Limits = Required<Pick<ReadFeedOptions, keyof typeof DEFAULTS>>;

/**
 * Reads what is new in a feed. Pure but for `fetchPage`: the same answers give the same reading, and nothing moves but by
 * the position it returns. An idle poll costs one GET. A feed is never trusted: rows may be deleted, inserted late or cut
 * into other pages, so that entries are known by their ids and page numbers are hints.
 */
export async function readFeed(options: ReadFeedOptions): Promise<FeedReading> {
  const limits: Limits = { ...DEFAULTS, ...options };
  const { fetchPage, startAt } = options;
  if (options.position === null && startAt === 'now') return startNow(fetchPage);
  const position = options.position ?? UNREAD;
  if (position.page === 0) return startAtBeginning(position, fetchPage, limits);
  const first = await fetchPage(position.page);
  if (first !== null && holdsKnown(position, first)) return readOn(position, { page: position.page, first }, fetchPage, limits, []);
  return reanchor(position, first, fetchPage, limits);
}

/** Remembers the entries of the newest page as read, and delivers none. */
async function startNow(fetchPage: FetchPage): Promise<FeedReading> {
  const recent = await fetchRecent(fetchPage);
  if (recent.page === 0) return { entries: [], position: { ...UNREAD, polls: 1 }, findings: [{ kind: 'never-had-an-entry' }], more: false };
  const pages: ReadPage[] = [{ page: recent.page, entries: recent.first.entries }];
  const known = recent.first.entries.map(({ id }) => ({ id, page: recent.page }));
  return { entries: [], position: { ...moved(UNREAD, pages), recent: known, sinceStart: false, newestPage: recent.page }, findings: [], more: false };
}

async function startAtBeginning(position: FeedPosition, fetchPage: FetchPage, limits: Limits): Promise<FeedReading> {
  const recent = await fetchRecent(fetchPage);
  if (recent.page === 0) return { entries: [], position: { ...position, polls: position.polls + 1 }, findings: [{ kind: 'never-had-an-entry' }], more: false };
  const first = recent.page === 1 ? recent.first : await fetchPage(1);
  return readOn(position, { page: 1, first }, fetchPage, limits, []);
}

interface From {
  readonly page: number;
  readonly first: FeedPage | null;
}

/** Reads forward from a page to the newest one, then, now and then, the pages before it again. */
async function readOn(position: FeedPosition, from: From, fetchPage: FetchPage, limits: Limits, findings: readonly FeedFinding[]): Promise<FeedReading> {
  const crawl = await crawlForward(from, fetchPage, limits.maxPages);
  const crossed = crawl.pages.length > 1;
  const again = crossed || (position.polls + 1) % limits.rereadEvery === 0 ? await readAgain(position, from.page, fetchPage) : [];
  const pages = [...again, ...crawl.pages];
  const entries = unknownEntries(position, pages);
  const missing = tailMissing(position, pages);
  if (missing > 1 && !crawl.more && crawl.unreadable.length === 0 && position.unreadable.length === 0) {
    return suspected(position, 'known-tail-gone', crawl.pages.at(-1)?.page ?? from.page, missing);
  }
  const late = entries.filter((entry) => entry.late).length;
  const readAgainNow = new Set(pages.map(({ page }) => page));
  return {
    entries,
    position: {
      ...moved(position, crawl.pages),
      ...remember(position, pages, entries),
      unreadable: [...new Set([...position.unreadable.filter((page) => !readAgainNow.has(page)), ...crawl.unreadable])],
    },
    findings: [
      ...findings,
      ...crawl.unreadable.filter((page) => !position.unreadable.includes(page)).map((page): FeedFinding => ({ kind: 'page-unreadable', page })),
      ...(late > 0 ? [{ kind: 'late-entries' as const, count: late }] : []),
    ],
    more: crawl.more,
  };
}

interface Crawl {
  readonly pages: readonly ReadPage[];
  readonly unreadable: readonly number[];
  readonly more: boolean;
}

/** Follows page numbers while there is a next one. A page that cannot be told is passed over where the feed is known to go on behind it. */
async function crawlForward({ page, first }: From, fetchPage: FetchPage, maxPages: number): Promise<Crawl> {
  const pages: ReadPage[] = [];
  const unreadable: number[] = [];
  let number = page;
  let current = first;
  for (let fetched = 1; ; fetched += 1) {
    if (current !== null) pages.push({ page: number, entries: current.entries });
    else {
      const behind = await newestPage(fetchPage);
      if (behind !== number) unreadable.push(number);
      if (behind === null || behind <= number) return { pages, unreadable, more: false };
    }
    if (current !== null && !current.hasNext) return { pages, unreadable, more: false };
    if (fetched >= maxPages) return { pages, unreadable, more: true };
    number += 1;
    try {
      current = await fetchPage(number);
    } catch (error) {
      // What was read so far is whole and in order; the next reading begins here and meets the error itself.
      if (error instanceof SyncError && pages.length > 0) return { pages, unreadable, more: true };
      throw error;
    }
  }
}

/** The newest page's number, `null` where it cannot be told: then the page that was asked for may be that one, and the feed goes on once another opens. */
async function newestPage(fetchPage: FetchPage): Promise<number | null> {
  const recent = await fetchPage('recent');
  return recent === null ? null : (recent.number ?? 1);
}

/** The two pages before the position, and those that could not be read before, as far as the memory reaches. */
async function readAgain(position: FeedPosition, page: number, fetchPage: FetchPage): Promise<readonly ReadPage[]> {
  const horizon = Math.min(page, ...position.recent.map((known) => known.page));
  const numbers = [...new Set([...position.unreadable, ...[page - 2, page - 1].filter((number) => number >= horizon)])]
    .filter((number) => number < page)
    .sort((a, b) => a - b);
  const pages: ReadPage[] = [];
  for (const number of numbers) {
    const read = await fetchPage(number);
    if (read !== null) pages.push({ page: number, entries: read.entries });
  }
  return pages;
}

/** The page where we stood has gone, or holds nothing we know: looks around it, then from the newest page backwards, for anything known. */
async function reanchor(position: FeedPosition, own: FeedPage | null, fetchPage: FetchPage, limits: Limits): Promise<FeedReading> {
  const recent = await fetchRecent(fetchPage);
  if (recent.page === 0) return suspected(position, 'feed-is-empty', 0, position.recent.length);
  const looked = new Map<number, FeedPage | null>([
    [position.page, own],
    [recent.page, recent.first],
  ]);
  for (const number of searchOrder(position.page, recent.page, limits.maxSearchPages)) {
    if (!looked.has(number)) looked.set(number, await fetchPage(number));
    const page = looked.get(number) ?? null;
    if (page === null || !holdsKnown(position, page)) continue;
    const shifted = shiftMemory(position, page, number);
    const reading = await readOn(shifted, { page: number, first: page }, fetchPage, limits, [{ kind: 're-anchored', fromPage: position.page, toPage: number }]);
    return reading.findings.some(({ kind }) => kind === 'generation-suspected') ? { ...reading, position } : reading;
  }
  return suspected(position, 'nothing-known', recent.page, position.recent.length);
}

function searchOrder(around: number, newest: number, limit: number): readonly number[] {
  const near = [1, -1, 2, -2, 3, -3].map((distance) => around - distance);
  const backwards = Array.from({ length: newest }, (_, index) => newest - index);
  return [...new Set([...near, ...backwards])].filter((number) => number >= 1 && number <= newest).slice(0, limit);
}

/** Page numbers of the memory follow the page that was found again: a purge moves them all by as much. */
function shiftMemory(position: FeedPosition, page: FeedPage, number: number): FeedPosition {
  const ids = new Set(page.entries.map(({ id }) => id));
  const remembered = position.recent.findLast(({ id }) => ids.has(id));
  const shift = number - (remembered?.page ?? number);
  return { ...position, recent: position.recent.map(({ id, page: old }) => ({ id, page: Math.max(1, old + shift) })) };
}

/** How many of the entries remembered last are nowhere after the last one that was found. One may have been deleted; more is another life of the data. */
function tailMissing(position: FeedPosition, pages: readonly ReadPage[]): number {
  const seen = new Set(pages.flatMap(({ entries }) => entries.map(({ id }) => id)));
  const found = position.recent.findLastIndex(({ id }) => seen.has(id));
  return found === -1 ? 0 : position.recent.length - 1 - found;
}

const holdsKnown = (position: FeedPosition, page: FeedPage): boolean => {
  const known = new Set(position.recent.map(({ id }) => id));
  return page.entries.some(({ id }) => known.has(id));
};

async function fetchRecent(fetchPage: FetchPage): Promise<{ readonly page: number; readonly first: FeedPage }> {
  const recent = await fetchPage('recent');
  if (recent === null) throw new TransientError('feed-unreadable', 'the newest page of a feed cannot be told by its server');
  return { page: recent.entries.length === 0 && !recent.hasNext && recent.number === 0 ? 0 : Math.max(1, recent.number ?? 1), first: recent };
}

function moved(position: FeedPosition, pages: readonly ReadPage[]): FeedPosition {
  const last = pages.findLast(({ entries }) => entries.length > 0) ?? pages.at(-1);
  return {
    ...position,
    page: last?.page ?? position.page,
    lastEntryId: last?.entries.at(-1)?.id ?? position.lastEntryId,
    newestPage: Math.max(last?.page ?? 0, pages.at(-1)?.page ?? 0) || position.newestPage,
    polls: position.polls + 1,
  };
}

const suspected = (position: FeedPosition, why: 'feed-is-empty' | 'nothing-known' | 'known-tail-gone', newestPage: number, missing: number): FeedReading => ({
  entries: [],
  position,
  findings: [{ kind: 'generation-suspected', why, rememberedPage: position.page, newestPage, missing }],
  more: false,
});
