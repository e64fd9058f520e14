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
  /** Whether a whole is to be remembered, or only a part of what follows the memory's end. */
  readonly remember: (isWhole: boolean) => Remembered;
}

interface Seen {
  readonly entry: FeedEntry;
  readonly page: number;
  /** Its index in the memory, -1 where it is unknown. */
  readonly at: number;
}

/** The entries of the pages, each once, with their place in the memory. */
function look({ known }: Remembered, pages: readonly ReadPage[]): readonly Seen[] {
  const places = new Map(known.map(({ id }, index) => [id, index]));
  const all = new Map<string, Seen>();
  for (const { page, entries } of pages)
    for (const entry of entries) if (!all.has(entry.id)) all.set(entry.id, { entry, page, at: places.get(entry.id) ?? -1 });
  return [...all.values()];
}

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
    missing: last === -1 ? 0 : memory.known.length - 1 - last,
    appended: seen.slice(lastIndex + 1).filter((one) => !isKnown(one)).length,
    remember: (isWhole) => remember(memory, { told, from: isOld ? (seen[first]?.at ?? 0) : 0, to: isWhole ? Infinity : last }),
  };
}

/**
 * Is what stands before the first known entry older than the memory? Where the memory reaches further back than that entry,
 * and the pages were read back until something known stood in front, or to the first page, it is not.
 */
function isBelowMemory({ sinceStart }: Remembered, [lowest]: readonly ReadPage[], firstKnown: Seen | undefined): boolean {
  if (sinceStart || firstKnown === undefined) return false;
  return firstKnown.at === 0 || lowest?.page !== 1;
}

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

/**
 * The memory after a comparison: what was not seen, then what was. What is remembered before `from` reaches nothing any
 * more; what is remembered after `to` is still to be read, and stays at the end.
 */
function remember(
  { known, sinceStart }: Remembered,
  { told, from, to }: { readonly told: readonly Seen[]; readonly from: number; readonly to: number },
): Remembered {
  const seen = new Set(told.map(({ entry }) => entry.id));
  const unseen = known.map((one, index) => ({ one, index })).filter(({ one, index }) => index >= from && !seen.has(one.id));
  const before = unseen.filter(({ index }) => index <= to).map(({ one }) => one);
  const after = unseen.filter(({ index }) => index > to).map(({ one }) => one);
  return trim([...before, ...told.map(({ entry, page }) => ({ id: entry.id, page })), ...after], sinceStart);
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

/** Does the memory hold any entry of this page? */
export const holdsKnown = (memory: Remembered, page: Pick<ReadPage, 'entries'>): boolean => look(memory, [{ page: 0, entries: page.entries }]).some(isKnown);

/**
 * May unknown entries stand before these pages? So it is where the lowest of them holds late ones, or where its first entry
 * has moved up from an earlier page: something was inserted below.
 */
export function asksForEarlier(memory: Remembered, pages: readonly ReadPage[]): boolean {
  const [lowest] = pages;
  if (lowest === undefined || lowest.page <= 1) return false;
  const seen = look(memory, pages);
  const first = seen.find(isKnown);
  if (first === undefined) return false;
  const [leading] = seen;
  if (leading !== undefined && !isKnown(leading)) return memory.sinceStart || first.at > 0;
  const isMovedUp = leading !== undefined && (memory.known[leading.at]?.page ?? 0) < lowest.page;
  const late = lateness(seen);
  return isMovedUp || seen.some((one, index) => one.page === lowest.page && !isKnown(one) && late[index] === true);
}
