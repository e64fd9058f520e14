import { ContractError, SyncError, TransientError } from '@sync-hub/contracts';
import { type Comparison, compare, distanceToEnd } from './feed-memory.js';
import type { FeedPage } from './feed-page.js';
import { type Crawl, FeedPages, type Looked, MOST_UNREADABLE, type NewestPage } from './feed-pages.js';
import { type FeedFinding, type FeedPosition, type FeedReading, type FeedStart, type FetchPage, type ReadPage, UNREAD } from './feed-position.js';
import { type From, READ_AGAIN_PAGES, type Reader, readAround, readBack, readOwed } from './feed-walk.js';

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
/** Pages looked at for anything known once the position is lost. */
const MOST_SEARCHED = 60;
/** So many entries gone from the end are another life of the data, even where as many came after. */
const A_PAGE_WORTH = 5;

/**
 * Reads what is new in a feed. Pure but for `fetchPage`: the same answers give the same reading, and nothing moves but by
 * the position it returns. An idle poll costs one GET. A feed is never trusted: rows may be deleted, inserted late or cut
 * into other pages (atomfeed library: pages are counted out anew with every request), so that entries are known by their
 * ids and page numbers are hints. One gap stays open: a row deleted between two of the pages that are read in one go.
 */
export async function readFeed({ position, startAt, fetchPage, maxPages = MOST_PAGES }: ReadFeedOptions): Promise<FeedReading> {
  const reader: Reader = { position: position ?? UNREAD, pages: new FeedPages(fetchPage), maxPages: Math.max(2, maxPages) };
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
  const remembered = compare(UNREAD, pages).remember({ isAtEnd: true, isWhole: true });
  const sinceStart = remembered.sinceStart && pages[0]?.page === 1;
  return {
    entries: [],
    position: { ...UNREAD, page, lastEntryId: told.entries.at(-1)?.id ?? null, newestPage: page, polls: 1, ...remembered, sinceStart },
    findings: [],
    more: false,
  };
}

/** Reads, where that may hold something, the pages before the given one again, then forward, then what is owed. */
async function readOn(reader: Reader, from: From, found: readonly FeedFinding[] = []): Promise<FeedReading> {
  const { position } = reader;
  const { pages, crawl, skippedBefore } = await readAround(reader, from);
  const compared = compare(position, pages);
  const isAtEnd = crawl.stopped === 'end';
  const isWhole = isAtEnd && crawl.skipped.length === 0;
  if (isWhole && isTailGone(compared)) return suspect(position, 'known-tail-gone', { newestPage: crawl.pages.at(-1)?.page ?? 0, missing: compared.missing });
  const moved = { ...positionAfter(position, crawl), ...compared.remember({ isAtEnd, isWhole }) };
  const seen = new Set(pages.map(({ page }) => page));
  const skipped = [...new Set([...crawl.skipped, ...skippedBefore])];
  const owed = await readOwed(reader.pages, { ...moved, unreadable: position.unreadable.filter((page) => !seen.has(page) && !skipped.includes(page)) });
  return finish({
    crawl,
    entries: [...owed.entries, ...compared.delivered],
    position: { ...owed.position, unreadable: [...owed.position.unreadable, ...skipped] },
    findings: found,
  });
}

interface Outcome extends Pick<FeedReading, 'entries' | 'position' | 'findings'> {
  readonly crawl: Crawl;
}

function finish({ crawl, entries, position, findings }: Outcome): FeedReading {
  if (crawl.stopped instanceof SyncError && entries.length === 0) throw crawl.stopped;
  if (position.unreadable.length > MOST_UNREADABLE) throw new TransientError('feed-unreadable', 'too many pages of a feed cannot be told by its server');
  const late = entries.filter((entry) => entry.late).length;
  const hasMoved = entries.length > 0 || (crawl.stopped === 'limit' && crawl.pages.length > 1);
  return {
    entries,
    position,
    findings: [...position.unreadable.map((page): FeedFinding => ({ kind: 'page-unreadable', page })), ...findings, ...furtherFindings(crawl, late)],
    more: crawl.stopped !== 'end' && hasMoved,
  };
}

const furtherFindings = ({ stopped, pages }: Crawl, late: number): readonly FeedFinding[] => [
  ...(stopped === 'changed' ? [{ kind: 'moved-while-reading', page: pages[0]?.page ?? 0 } as const] : []),
  ...(late > 0 ? [{ kind: 'late-entries', count: late } as const] : []),
];

/**
 * Our page has gone, or does not hold what we read last: looks around it, then from the newest page backwards, for that; an
 * old entry that stands there once more must not mislead. Failing that, takes the page that comes nearest to it.
 */
async function findAgain(reader: Reader, own: Looked): Promise<FeedReading> {
  const { position, pages } = reader;
  const newest = await pages.newest();
  if (isEmpty(newest)) return suspect(position, 'feed-is-empty', { newestPage: 0, missing: position.known.length });
  const last = newest.page ?? position.newestPage;
  let best = typeof own === 'string' ? NOTHING : { page: position.page, told: own, distance: distanceToEnd(position, own) };
  for (const page of searchOrder(position.page, last)) {
    const told = page === last ? newest.told : await pages.at(page);
    const distance = typeof told === 'string' ? Number.POSITIVE_INFINITY : distanceToEnd(position, told);
    if (typeof told !== 'string' && distance < best.distance) best = { page, told, distance };
    if (distance === 0) break;
  }
  if (best !== NOTHING && best.distance < Number.POSITIVE_INFINITY) return readFromFound(reader, best, own);
  if (own === 'unreadable') return readOn(reader, { page: position.page, told: own });
  return suspect(position, 'nothing-known', { newestPage: last, missing: position.known.length });
}

interface Found {
  readonly page: number;
  readonly told: FeedPage;
  /** Of the last known entry it holds, from the memory's end. */
  readonly distance: number;
}

const NOTHING: Found = { page: 0, told: { number: 0, hasNext: false, entries: [] }, distance: Number.POSITIVE_INFINITY };

/**
 * Goes on from the page that was found, or from where we stood, where entries were inserted before what we read last.
 * Pages that are owed have moved as far.
 */
async function readFromFound(reader: Reader, { page, told, distance }: Found, own: Looked): Promise<FeedReading> {
  const { position } = reader;
  const shift = page - (position.known.at(-1 - distance)?.page || page);
  const unreadable = position.unreadable.map((owed) => owed + shift).filter((owed) => owed >= 1);
  const from: From = own === 'beyond' || page <= position.page ? { page, told } : { page: position.page, told: own };
  const finding: FeedFinding = { kind: 're-anchored', fromPage: position.page, toPage: page };
  const reading = await readOn({ ...reader, position: { ...position, unreadable } }, from, page === position.page ? [] : [finding]);
  return reading.findings.some(({ kind }) => kind === 'generation-suspected') ? { ...reading, position } : reading;
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

function suspect(
  position: FeedPosition,
  why: 'feed-is-empty' | 'nothing-known' | 'known-tail-gone',
  { newestPage, missing }: { readonly newestPage: number; readonly missing: number },
): FeedReading {
  return { entries: [], position, findings: [{ kind: 'generation-suspected', why, rememberedPage: position.page, newestPage, missing }], more: false };
}

/** Does the page hold what was read last? Where the page read last was empty (time chunking), whatever stands there now came later. */
const isOurs = ({ page, lastEntryId, known }: FeedPosition, { entries }: Pick<ReadPage, 'entries'>): boolean =>
  entries.some(({ id }) => id === lastEntryId) || known.every((one) => one.page !== page);

const isEmpty = ({ page, told }: NewestPage): boolean => told.entries.length === 0 && !told.hasNext && (page ?? 0) === 0;

function positionAfter(position: FeedPosition, { pages, stopped }: Crawl): FeedPosition {
  const page = pages.at(-1)?.page ?? position.page;
  const lastEntryId = pages.findLast(({ entries }) => entries.length > 0)?.entries.at(-1)?.id ?? position.lastEntryId;
  const newestPage = stopped === 'end' ? page : Math.max(page + 1, position.newestPage);
  return { ...position, page, lastEntryId, newestPage, polls: position.polls + 1 };
}
