import { SyncError } from '@sync-hub/contracts';
import { asksForEarlier, compare, rememberOwed } from './feed-memory.js';
import type { Crawl, FeedPages, Looked } from './feed-pages.js';
import type { FeedPosition, FeedReading, ReadPage } from './feed-position.js';

/** Every so many polls, and whenever a page opens, the pages before the position are read again. */
const READ_AGAIN_EVERY = 10;
/** So many of them. */
export const READ_AGAIN_PAGES = 2;
/** How far back a trail of late entries is followed. */
const FARTHEST_BACK = 10;

/** One reading of a feed: where it stands, and what it may ask for. */
export interface Reader {
  readonly position: FeedPosition;
  readonly pages: FeedPages;
  readonly maxPages: number;
}

/** Where reading goes on: a page that was fetched, or one to be passed over. */
export interface From {
  readonly page: number;
  readonly told: Exclude<Looked, 'beyond'>;
}

/** What was read around a page. */
export interface Around {
  /** Pages before the given one, and those of the crawl. */
  readonly pages: readonly ReadPage[];
  readonly crawl: Crawl;
  readonly skippedBefore: readonly number[];
}

/**
 * Reads pages before the given one again, where they may hold something, then forward. Pages are read one after the other: where the first of them has changed meanwhile, those after it may leave out entries
 * that moved between them, and only the first is believed.
 */
export async function readAround(reader: Reader, { page, told }: From): Promise<Around> {
  const start = told === 'unreadable' ? [] : [{ page, entries: told.entries }];
  const back = await readBack(reader, start, pagesToReadAgain(reader.position, told));
  const crawl = await reader.pages.forward({ page, told }, reader.maxPages);
  const before = back.pages.slice(0, back.pages.length - start.length);
  const [first] = start;
  const isAlone = before.length === 0 && told !== 'unreadable' && !told.hasNext;
  if (first === undefined || isAlone || crawl.stopped instanceof SyncError || (await reader.pages.isAsRead(first)))
    return { pages: [...before, ...crawl.pages], crawl, skippedBefore: back.skipped };
  return { pages: [first], crawl: { pages: [first], skipped: [], stopped: 'changed' }, skippedBefore: [] };
}

/** Whenever there is a page behind the one read last, and every so many polls. */
function pagesToReadAgain({ page, polls }: FeedPosition, told: From['told']): number {
  if (page === 0) return 0;
  const isDue = (polls + 1) % READ_AGAIN_EVERY === 0;
  return isDue || (told !== 'unreadable' && told.hasNext) ? READ_AGAIN_PAGES : 0;
}

/** Puts at least so many pages before those given, and more while they tell of late entries. */
export async function readBack({ position, pages: feed }: Reader, given: readonly ReadPage[], least: number): Promise<Pick<Crawl, 'pages' | 'skipped'>> {
  let pages = given;
  for (let back = 1; back <= least || (back <= FARTHEST_BACK && asksForEarlier(position, pages)); back += 1) {
    const page = (pages[0]?.page ?? 1) - 1;
    if (page < 1) break;
    const told = await feed.at(page);
    if (told === 'unreadable') return { pages, skipped: [page] };
    if (told === 'beyond') break;
    pages = [{ page, entries: told.entries }, ...pages];
  }
  return { pages, skipped: [] };
}

/** Tries the owed pages again, until one is unreadable still; that one goes to the end of the row. */
export async function readOwed(feed: FeedPages, position: FeedPosition): Promise<Pick<FeedReading, 'entries' | 'position'>> {
  const [page, ...others] = position.unreadable;
  if (page === undefined) return { entries: [], position };
  const told = await feed.once(page);
  if (told === 'unreadable') return { entries: [], position: { ...position, unreadable: [...others, page] } };
  const reader: Reader = { position, pages: feed, maxPages: 1 };
  const back = await readBack(reader, [{ page, entries: told.entries }], 0);
  const entries = compare({ ...position, sinceStart: true }, back.pages).delivered.map((one) => ({ ...one, late: true }));
  const rest = await readOwed(feed, { ...position, ...(entries.length > 0 ? rememberOwed(position, entries) : {}), unreadable: others });
  return { entries: [...entries, ...rest.entries], position: rest.position };
}
