import type { FeedEntry } from './feed-page.js';
import { type DeliveredEntry, type FeedPosition, type KnownEntry, MEMORY, type ReadPage } from './feed-position.js';

type Remembered = Pick<FeedPosition, 'known' | 'sinceStart'>;

/** What adjoining pages hold beside what was known. */
export interface Comparison {
  readonly delivered: readonly DeliveredEntry[];
  /** How many of the entries remembered last are not there after the last one that is. */
  readonly missing: number;
  /** How many unknown entries stand after that one. */
  readonly appended: number;
  readonly remember: (reach: Reach) => Remembered;
}

/** How far the pages reach: to the feed's end or not, and with none left out or not. */
interface Reach {
  readonly isAtEnd: boolean;
  readonly isWhole: boolean;
}

interface Seen {
  readonly entry: FeedEntry;
  readonly page: number;
  /** Its index in the memory, -1 where it is unknown. */
  readonly at: number;
  /** Where its last copy stands. */
  readonly last: { readonly page: number; readonly place: number };
}

/** The entries of the pages, each once, in the order of their first copies. */
function look({ known }: Remembered, pages: readonly ReadPage[]): readonly Seen[] {
  const places = new Map(known.map(({ id }, index) => [id, index]));
  const all = new Map<string, Seen>();
  let place = 0;
  for (const { page, entries } of pages)
    for (const entry of entries) {
      const one = all.get(entry.id) ?? { entry, page, at: places.get(entry.id) ?? -1 };
      all.set(entry.id, { ...one, last: { page, place } });
      place += 1;
    }
  return [...all.values()];
}

/** An entry that was found deleted stays known, on page 0. */
const isThere = ({ page }: KnownEntry): boolean => page > 0;
const isKnown = ({ at }: Seen): boolean => at !== -1;

/** Compares pages, adjoining and in order, with what is remembered. */
export function compare(memory: Remembered, pages: readonly ReadPage[]): Comparison {
  const seen = look(memory, pages);
  const first = seen.findIndex(isKnown);
  const last = seen.reduce((most, { at }) => Math.max(most, at), -1);
  const lastIndex = seen.findIndex(({ at }) => at === last && at !== -1);
  const isOld = first > 0 && isBelowMemory(memory, pages, seen[first]);
  const told = isOld ? seen.slice(first) : seen;
  const late = lateness(told);
  return {
    delivered: told.flatMap((one, index) => (isKnown(one) ? [] : [{ entry: one.entry, page: one.page, late: late[index] === true }])),
    missing: last === -1 ? 0 : memory.known.slice(last + 1).filter(isThere).length,
    appended: seen.slice(lastIndex + 1).filter((one) => !isKnown(one)).length,
    remember: ({ isAtEnd, isWhole }) => {
      const begin = seen[first]?.at ?? memory.known.length;
      // Pages without anything known were read forward from empty or unreadable ones: what they hold came later than all that is.
      return remember(memory, {
        told,
        from: isOld ? begin : 0,
        gone: isWhole ? begin : memory.known.length,
        tail: isAtEnd || last === -1 ? memory.known.length : last + 1,
      });
    },
  };
}

/**
 * Is what stands before the first known entry older than the memory? Where the memory reaches further back than that entry,
 * and the pages were read back until something known stood in front, or to the first page, it is not.
 */
function isBelowMemory({ known, sinceStart }: Remembered, [lowest]: readonly ReadPage[], firstKnown: Seen | undefined): boolean {
  if (sinceStart || firstKnown === undefined) return false;
  return lowest?.page !== 1 || !reachesBefore(known, firstKnown);
}

const reachesBefore = (known: readonly KnownEntry[], { at }: Seen): boolean => known.slice(0, at).some(isThere);

/** Late is what stands before an entry that was read earlier, unless that one is only a second copy of an old one. */
function lateness(seen: readonly Seen[]): readonly boolean[] {
  let before = -1;
  const highestBefore = seen.map(({ at }) => (before = Math.max(before, at)));
  let after = -1;
  const isLate: boolean[] = [];
  for (let index = seen.length - 1; index >= 0; index -= 1) {
    isLate[index] = after > (highestBefore[index] ?? -1);
    after = Math.max(after, seen[index]?.at ?? -1);
  }
  return isLate;
}

interface Kept {
  readonly told: readonly Seen[];
  /** What is remembered before this index reaches nothing any more. */
  readonly from: number;
  /** What is remembered from this index on and not told was deleted. */
  readonly gone: number;
  /** What is remembered from this index on is still to be read, and stays at the end. */
  readonly tail: number;
}

/** The memory after a comparison: what was not seen, then what was. */
function remember({ known, sinceStart }: Remembered, { told, from, gone, tail }: Kept): Remembered {
  const seen = new Set(told.map(({ entry }) => entry.id));
  const unseen = known.map((one, index) => ({ one, index })).filter(({ one }) => !seen.has(one.id));
  const before = unseen.filter(({ index }) => index >= from && index < tail).map(({ one, index }) => (index < gone ? one : { ...one, page: 0 }));
  const after = unseen.filter(({ index }) => index >= tail).map(({ one }) => one);
  const now = told.toSorted((one, other) => one.last.place - other.last.place).map(({ entry, last }) => ({ id: entry.id, page: last.page }));
  return trim([...before, ...now, ...after], sinceStart);
}

/** Puts entries of one page that was owed where they belong, so that what was read last stays last. */
export function rememberOwed({ known, sinceStart }: Remembered, owed: readonly DeliveredEntry[]): Remembered {
  const added: readonly KnownEntry[] = owed.map(({ entry, page }) => ({ id: entry.id, page }));
  const page = Math.max(...added.map((one) => one.page));
  const place = known.findIndex((one) => one.page > page);
  const at = place === -1 ? known.length : place;
  return trim([...known.slice(0, at), ...added, ...known.slice(at)], sinceStart);
}

const trim = (known: readonly KnownEntry[], sinceStart: boolean): Remembered => ({
  known: known.slice(-MEMORY),
  sinceStart: sinceStart && known.length <= MEMORY,
});

/** How near to the memory's end the page comes: 0 where it holds the entry read last, `Infinity` where it holds none. */
export function distanceToEnd(memory: Remembered, { entries }: Pick<ReadPage, 'entries'>): number {
  const last = look(memory, [{ page: 0, entries }]).reduce((most, { at }) => Math.max(most, at), -1);
  return last === -1 ? Number.POSITIVE_INFINITY : memory.known.length - 1 - last;
}

/**
 * May there be news before these pages? So it is where the lowest of them holds late entries, where its first entry has
 * moved up from an earlier page (something was inserted below), and where one of its own has gone: down, or for good.
 */
export function asksForEarlier(memory: Remembered, pages: readonly ReadPage[]): boolean {
  const [lowest] = pages;
  if (lowest === undefined || lowest.page <= 1) return false;
  const seen = look(memory, pages);
  const first = seen.find(isKnown);
  if (first === undefined) return false;
  if (seen[0] !== first) return memory.sinceStart || reachesBefore(memory.known, first);
  const late = lateness(seen);
  if (seen.some((one, index) => one.page === lowest.page && !isKnown(one) && late[index] === true)) return true;
  const ids = new Set(seen.map(({ entry }) => entry.id));
  return memory.known.some(({ id, page }) => (id === lowest.entries[0]?.id && page < lowest.page) || (page === lowest.page && !ids.has(id)));
}
