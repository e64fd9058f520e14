import { ContractError, SyncError, TransientError } from '@sync-hub/contracts';
import { asksForEarlier, type Comparison, compare, holdsKnown, rememberOwed } from './feed-memory.js';
import { type Crawl, FeedPages, type Looked, type NewestPage } from './feed-pages.js';
import { type FeedFinding, type FeedPosition, type FeedReading, type FeedStart, type FetchPage, type ReadPage, UNREAD } from './feed-position.js';

/** What a reading starts from. */
export interface ReadFeedOptions {
  /** As the reading before left it; `null` before the first one. */
  readonly position: FeedPosition | null;
  /** Where the first reading begins: with the feed's first entry, or behind its newest one. */
  readonly startAt: FeedStart;
  readonly fetchPage: FetchPage;
  /** Pages read forward in one go, so that progress is kept. */
  readonly maxPages?: number;
}

const MOST_PAGES = 20;
/** Every so many polls, and whenever a page opens, the pages before the position are read again. */
const READ_AGAIN_EVERY = 10;
const READ_AGAIN_PAGES = 2;
/** How far back a trail of late entries is followed. */
const FARTHEST_BACK = 10;
/** Pages looked at for anything known once the position is lost. */
const MOST_SEARCHED = 60;
/** Pages that may be owed; with more of them it is the server that is not well. */
const MOST_UNREADABLE = 20;
/** So many entries gone from the end are another life of the data, even where as many came after. */
const A_PAGE_WORTH = 5;

interface Reader {
  readonly position: FeedPosition;
  readonly pages: FeedPages;
  readonly maxPages: number;
}

interface From {
  readonly page: number;
  readonly told: Exclude<Looked, 'beyond'>;
}

/**
 * Reads what is new in a feed. Pure but for `fetchPage`: the same answers give the same reading, and nothing moves but by
 * the position it returns. An idle poll costs one GET. A feed is never trusted: rows may be deleted, inserted late or cut
 * into other pages (atomfeed library: pages are counted out anew with every request), so that entries are known by their
 * ids and page numbers are hints. One gap stays open: a row deleted between two of the pages that are read in one go.
 */
export async function readFeed({ position, startAt, fetchPage, maxPages = MOST_PAGES }: ReadFeedOptions): Promise<FeedReading> {
  const reader: Reader = { position: position ?? UNREAD, pages: new FeedPages(fetchPage), maxPages };
  if (reader.position.page === 0) return startReading(reader, position === null && startAt === 'now');
  const { page } = reader.position;
  const told = await reader.pages.at(page);
  if (typeof told !== 'string' && isOurs(reader.position, told)) return readOn(reader, { page, told });
  return findAgain(reader, told);
}

/** Once the feed has entries. A feed that was empty at `now` is read from its beginning: all of it came later. */
async function startReading(reader: Reader, isNow: boolean): Promise<FeedReading> {
  const newest = await reader.pages.newest();
  if (isEmpty(newest))
    return { entries: [], position: { ...reader.position, polls: reader.position.polls + 1 }, findings: [{ kind: 'never-had-an-entry' }], more: false };
  if (isNow) return startBehind(reader, newest);
  const told = newest.page === 1 ? newest.told : await reader.pages.at(1);
  if (told === 'beyond') throw new TransientError('feed-unreadable', 'a feed has entries and no first page');
  return readOn(reader, { page: 1, told });
}

/** Remembers the newest entries as read, back to where late ones are looked for, and delivers none. */
async function startBehind(reader: Reader, { page, told }: NewestPage): Promise<FeedReading> {
  if (page === null) throw new ContractError('a feed does not say how many pages it has', { reason: 'no page number' });
  const { pages } = await readBack(reader, [{ page, entries: told.entries }], READ_AGAIN_PAGES);
  const remembered = compare(UNREAD, pages).remember(true);
  const sinceStart = remembered.sinceStart && pages[0]?.page === 1;
  return {
    entries: [],
    position: { ...UNREAD, page, lastEntryId: told.entries.at(-1)?.id ?? null, newestPage: page, polls: 1, ...remembered, sinceStart },
    findings: [],
    more: false,
  };
}

/** Reads forward from a page, then, where that may hold something, the pages before it and those that are owed. */
async function readOn(reader: Reader, from: From, found: readonly FeedFinding[] = []): Promise<FeedReading> {
  const { position } = reader;
  const crawl = await reader.pages.forward(from, reader.maxPages);
  const back = await readBack(reader, crawl.pages, pagesToReadAgain(position, crawl, found.length > 0));
  const compared = compare(position, back.pages);
  const isWhole = crawl.stopped === 'end';
  if (isWhole && crawl.skipped.length === 0 && isTailGone(compared))
    return suspect(position, 'known-tail-gone', { newestPage: crawl.pages.at(-1)?.page ?? 0, missing: compared.missing });
  const moved = { ...positionAfter(position, crawl), ...compared.remember(isWhole) };
  const seen = new Set(back.pages.map(({ page }) => page));
  const skipped = [...crawl.skipped, ...back.skipped];
  const owed = await readOwed(reader.pages, { ...moved, unreadable: position.unreadable.filter((page) => !seen.has(page) && !skipped.includes(page)) });
  return finish(position, {
    crawl,
    entries: [...owed.entries, ...compared.delivered],
    position: { ...owed.position, unreadable: [...owed.position.unreadable, ...skipped] },
    findings: found,
  });
}

function pagesToReadAgain(position: FeedPosition, { pages, stopped }: Crawl, wasLost: boolean): number {
  if (position.page === 0) return 0;
  const isDue = pages.length > 1 || (position.polls + 1) % READ_AGAIN_EVERY === 0;
  return wasLost || (isDue && stopped === 'end') ? READ_AGAIN_PAGES : 0;
}

/** Puts at least so many pages before those given, and more while they tell of late entries. */
async function readBack({ position, pages: feed }: Reader, given: readonly ReadPage[], least: number): Promise<Pick<Crawl, 'pages' | 'skipped'>> {
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
async function readOwed(feed: FeedPages, position: FeedPosition): Promise<Pick<FeedReading, 'entries' | 'position'>> {
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

interface Outcome extends Pick<FeedReading, 'entries' | 'position' | 'findings'> {
  readonly crawl: Crawl;
}

function finish(before: FeedPosition, { crawl, entries, position, findings }: Outcome): FeedReading {
  if (crawl.stopped instanceof SyncError && entries.length === 0) throw crawl.stopped;
  if (position.unreadable.length > MOST_UNREADABLE) throw new TransientError('feed-unreadable', 'too many pages of a feed cannot be told by its server');
  const late = entries.filter((entry) => entry.late).length;
  const hasMoved = entries.length > 0 || position.page !== before.page;
  return {
    entries,
    position,
    findings: [...position.unreadable.map((page): FeedFinding => ({ kind: 'page-unreadable', page })), ...findings, ...lateFindings(late)],
    more: crawl.stopped !== 'end' && hasMoved,
  };
}

const lateFindings = (count: number): readonly FeedFinding[] => (count > 0 ? [{ kind: 'late-entries', count }] : []);

/** Our page has gone, or holds nothing we know: looks around it, then from the newest page backwards, for anything known. */
async function findAgain(reader: Reader, own: Looked): Promise<FeedReading> {
  const { position, pages } = reader;
  const newest = await pages.newest();
  if (isEmpty(newest)) return suspect(position, 'feed-is-empty', { newestPage: 0, missing: position.known.length });
  const last = newest.page ?? position.newestPage;
  for (const page of searchOrder(position.page, last)) {
    const told = page === last ? newest.told : await pages.at(page);
    if (typeof told === 'string' || !holdsKnown(position, told)) continue;
    const shift = page - (position.known.findLast(({ id }) => told.entries.some((entry) => entry.id === id))?.page ?? page);
    const unreadable = position.unreadable.map((owed) => owed + shift).filter((owed) => owed >= 1);
    const reading = await readOn({ ...reader, position: { ...position, unreadable } }, { page, told }, [
      { kind: 're-anchored', fromPage: position.page, toPage: page },
    ]);
    return isSuspicious(reading) ? { ...reading, position } : reading;
  }
  if (own === 'unreadable') return readOn(reader, { page: position.page, told: own });
  return suspect(position, 'nothing-known', { newestPage: last, missing: position.known.length });
}

function searchOrder(around: number, newest: number): readonly number[] {
  const near = [-1, 1, -2, 2, -3, 3].map((distance) => around + distance);
  const backwards = Array.from({ length: newest }, (_, index) => newest - index).filter((page) => page !== around);
  return [...new Set([...near, ...backwards])].filter((page) => page >= 1 && page <= newest).slice(0, MOST_SEARCHED);
}

/**
 * One entry may have been deleted by hand. Where more have gone from the end, and fewer have come, the feed is shorter than
 * it was: a backup was restored.
 */
const isTailGone = ({ missing, appended }: Comparison): boolean => missing > 1 && (appended < missing || missing >= A_PAGE_WORTH);

const isSuspicious = ({ findings }: FeedReading): boolean => findings.some(({ kind }) => kind === 'generation-suspected');

function suspect(
  position: FeedPosition,
  why: 'feed-is-empty' | 'nothing-known' | 'known-tail-gone',
  { newestPage, missing }: { readonly newestPage: number; readonly missing: number },
): FeedReading {
  return { entries: [], position, findings: [{ kind: 'generation-suspected', why, rememberedPage: position.page, newestPage, missing }], more: false };
}

/** Does the page fit the position? Where the page read last was empty (time chunking), whatever stands there now came later. */
function isOurs(position: FeedPosition, page: Pick<ReadPage, 'entries'>): boolean {
  return holdsKnown(position, page) || position.known.every((known) => known.page !== position.page);
}

const isEmpty = ({ page, told }: NewestPage): boolean => told.entries.length === 0 && !told.hasNext && (page ?? 0) === 0;

function positionAfter(position: FeedPosition, { pages, stopped }: Crawl): FeedPosition {
  const page = pages.at(-1)?.page ?? position.page;
  const lastEntryId = pages.findLast(({ entries }) => entries.length > 0)?.entries.at(-1)?.id ?? position.lastEntryId;
  return { ...position, page, lastEntryId, newestPage: stopped === 'end' ? page : Math.max(page, position.newestPage), polls: position.polls + 1 };
}
