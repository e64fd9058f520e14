import type { FeedStart } from '../atomfeed/feed-position.js';
import {
  earlier,
  FIRST_OF_ALL,
  instantOfDate,
  LOOK_BACK_SECONDS,
  lowerBound,
  movedTo,
  type ScannedRow,
  type ScanPosition,
  secondsFrom,
} from './scan-position.js';

/** A row that names no record, and why. */
export interface Unreadable {
  readonly id: string;
  readonly reason: string;
}

/** What a search told: the rows of one page, where the next one is, and the server's clock. */
export interface ScannedPage {
  readonly rows: readonly ScannedRow[];
  /** Rows that say no date, or no id that could be one of ours. */
  readonly unreadable: readonly Unreadable[];
  /** What to ask for to go on; `null` after the last page. */
  readonly next: string | null;
  readonly at: Date | null;
}

/** What became of a row that a search no longer tells. */
export type RowState = { readonly state: 'there'; readonly updated: string } | { readonly state: 'gone' | 'absent' };

/** A kind of resource at a site, as it is asked for. */
export interface ScanSource {
  /** The first rows of those updated from an instant on, and before another where one is given. */
  readonly window: (from: string, before: string | null) => Promise<ScannedPage>;
  readonly next: (page: string) => Promise<ScannedPage>;
  readonly row: (id: string) => Promise<RowState>;
}

export interface ScanToRead {
  readonly position: ScanPosition | null;
  readonly startAt: FeedStart;
  readonly source: ScanSource;
  /** Our clock, where the server does not tell its own. */
  readonly now: () => Date;
}

/** One reading. Where another life of the data is suspected nothing is told and the position stays. */
export interface ScanReading {
  readonly told: readonly ScannedRow[];
  readonly unreadable: readonly Unreadable[];
  readonly position: ScanPosition;
  readonly isSuspect: boolean;
  readonly more: boolean;
}

/** Windows asked for in one go, so that progress is kept. */
const MOST_WINDOWS = 20;
/** A row that a search no longer tells is asked for by itself; of so many at most. */
const MOST_ASKED = 20;
const WIDEST_SECONDS = 40 * 365 * 86_400;

/**
 * Reads what was updated since the last reading, and what an earlier one may have missed. Pure but for `source`. Windows of time are halved until a server
 * tells one in a single page: the pages of a search are cut by offset and shift while rows change (fhir2 SearchQueryBundleProvider), a page alone does not.
 * An idle poll costs one request.
 */
export async function readScan({ position, startAt, source, now }: ScanToRead): Promise<ScanReading> {
  if (position === null && startAt === 'now') return beginNow(source, now);
  const from = position ?? { settled: FIRST_OF_ALL, recent: [], width: WIDEST_SECONDS };
  const start = lowerBound(from);
  const open = await source.window(start, null);
  const clock = instantOfDate(open.at ?? now());
  if (open.next !== null) return readWindows(from, source, clock);
  return readingOf(from, open, { source, start, at: secondsFrom(clock, 1), now: clock, more: false });
}

interface Read {
  readonly source: ScanSource;
  /** All rows that were updated from here on, and before `at`, were told. */
  readonly start: string;
  readonly at: string;
  readonly now: string;
  readonly more: boolean;
  readonly width?: number;
}

async function readingOf(from: ScanPosition, { rows, unreadable }: Pick<ScannedPage, 'rows' | 'unreadable'>, read: Read): Promise<ScanReading> {
  const { source, start, at, now, more, width = from.width } = read;
  const remembered = from.recent.filter(({ updated }) => updated >= start && updated < at);
  const { changed, isSuspect } = await whatVanished(remembered, rows, source);
  if (isSuspect) return { told: [], unreadable: [], position: from, isSuspect, more: false };
  const known = { ...from, width, recent: from.recent.filter(({ id }) => changed.every((one) => one.id !== id)) };
  return { told: [...newIn(from, rows), ...changed], unreadable, position: movedTo(known, rows, { at, now }), isSuspect, more };
}

/** By the server's own clock: ours may go wrong by hours. Whatever stands there is remembered as told. */
async function beginNow(source: ScanSource, now: () => Date): Promise<ScanReading> {
  const { at, rows } = await source.window(instantOfDate(now()), null);
  const settled = secondsFrom(instantOfDate(at ?? now()), 0);
  return {
    told: [],
    unreadable: [],
    position: { settled, recent: rows.filter(({ updated }) => updated >= settled), width: 3600 },
    isSuspect: false,
    more: false,
  };
}

/** From the left, window by window, each as wide as the server tells in one page. What may still come is read to its end: it is asked for again each time. */
async function readWindows(from: ScanPosition, source: ScanSource, now: string): Promise<ScanReading> {
  const until = secondsFrom(now, 1);
  const lookBack = secondsFrom(now, -LOOK_BACK_SECONDS);
  const rows: ScannedRow[] = [];
  const unreadable: Unreadable[] = [];
  let [at, width] = [from.settled, from.width];
  for (let asked = 0; at < until && (asked < MOST_WINDOWS || at === from.settled || at >= lookBack); asked += 1) {
    const end = earlier(secondsFrom(at, width), until);
    const page = await inOnePage(source, at, end);
    if (page === null) {
      width = Math.max(1, Math.floor(secondsBetween(at, end) / 2));
    } else {
      rows.push(...page.rows);
      unreadable.push(...page.unreadable);
      at = end;
      width = Math.min(WIDEST_SECONDS, width * 2);
    }
  }
  return readingOf(from, { rows, unreadable }, { source, start: from.settled, at, now, more: at < until, width });
}

/**
 * A window, or `null` where it must be halved. A single second cannot be: its pages are read, and read again until they tell no row that they did not tell
 * before, because they shift when one of them changes.
 */
async function inOnePage(source: ScanSource, from: string, before: string): Promise<Pick<ScannedPage, 'rows' | 'unreadable'> | null> {
  const first = await source.window(from, before);
  if (first.next === null) return first;
  if (secondsBetween(from, before) > 1) return null;
  const rows = new Map<string, ScannedRow>();
  const unreadable = new Map<string, Unreadable>();
  for (let known = -1; known < rows.size; ) {
    known = rows.size;
    for (let page: ScannedPage | null = await source.window(from, before); page !== null; page = page.next === null ? null : await source.next(page.next)) {
      for (const row of page.rows) rows.set(row.id, row);
      for (const one of page.unreadable) unreadable.set(one.id, one);
      if (page.rows.length + page.unreadable.length === 0) break;
    }
  }
  return { rows: [...rows.values()], unreadable: [...unreadable.values()] };
}

/** Rows that were not told as they are now. What is dated before all was told may come again beside what is remembered, and is not new. */
function newIn({ recent, settled }: ScanPosition, rows: readonly ScannedRow[]): readonly ScannedRow[] {
  const known = new Map(recent.map(({ id, updated }) => [id, updated]));
  const isNew = ({ id, updated }: ScannedRow): boolean => known.get(id) !== updated && (updated >= settled || known.has(id));
  return [...new Map(rows.filter(isNew).map((row) => [row.id, row])).values()];
}

/** Rows that were told and are not any more: voided mostly. Where one stands as it stood before, or several were never there, a backup was restored. */
async function whatVanished(
  remembered: readonly ScannedRow[],
  rows: readonly ScannedRow[],
  source: ScanSource,
): Promise<{ readonly changed: readonly ScannedRow[]; readonly isSuspect: boolean }> {
  const there = new Map(rows.map(({ id, updated }) => [id, updated]));
  const missing = remembered.filter(({ id }) => !there.has(id)).slice(-MOST_ASKED);
  const found: RowState[] = [];
  for (const { id } of missing) found.push(await source.row(id));
  const isOlder = (row: ScannedRow, updated: string | undefined): boolean => updated !== undefined && updated < row.updated;
  const wentBack = remembered.some((row) => isOlder(row, there.get(row.id))) || missing.some((row, index) => isOlder(row, updatedIn(found[index])));
  return { changed: missing, isSuspect: wentBack || found.filter(({ state }) => state === 'absent').length > 1 };
}

const updatedIn = (found: RowState | undefined): string | undefined => (found?.state === 'there' ? found.updated : undefined);
const secondsBetween = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 1000;
