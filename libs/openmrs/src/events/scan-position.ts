/** A row that a search told, and the moment of its last update, as its version. */
export interface ScannedRow {
  readonly id: string;
  /** An instant in UTC, to seconds: openmrs-core keeps no more (DropMillisecondsHibernateInterceptor). */
  readonly updated: string;
}

/** How far a kind of resource has been asked for by `_lastUpdated`. Plain data. */
export interface ScanPosition {
  /** All that was updated before this instant has been told, and nothing that is dated before it can still come. */
  readonly settled: string;
  /** Rows told lately, oldest first: those updated since, and the newest few whatever their age. */
  readonly recent: readonly ScannedRow[];
  /** Seconds of the last window that a server told in one page. */
  readonly width: number;
}

/** A transaction that began before us may commit rows that are dated so far back; a server's clock may be set back as far. */
export const LOOK_BACK_SECONDS = 15 * 60;
/** So many rows are remembered whatever their age: by them a restored backup is known. */
export const LEAST_REMEMBERED = 5;
/** No more are; what is told again is looked at again, and found as agreed. */
export const MOST_REMEMBERED = 2_000;

/** No OpenMRS holds a row that was entered before. */
export const FIRST_OF_ALL = '1990-01-01T00:00:00Z';

/** Where a search must begin that tells all rows which are remembered, and all that may be new. */
export const lowerBound = ({ settled, recent }: ScanPosition): string => earlier(settled, recent[0]?.updated ?? settled);

/** The position once all that was updated before `at` has been told, by the server's clock `now`. */
export function movedTo(position: ScanPosition, told: readonly ScannedRow[], { at, now }: { readonly at: string; readonly now: string }): ScanPosition {
  const settled = later(position.settled, earlier(at, secondsFrom(now, -LOOK_BACK_SECONDS)));
  const newest = new Map<string, ScannedRow>();
  for (const row of [...position.recent, ...told]) if ((newest.get(row.id)?.updated ?? '') <= row.updated) newest.set(row.id, row);
  const rows = [...newest.values()].sort((a, b) => (a.updated < b.updated ? -1 : a.updated > b.updated ? 1 : 0));
  const recent = rows.filter(({ updated }, index) => updated >= settled || index >= rows.length - LEAST_REMEMBERED);
  return { ...position, settled, recent: recent.slice(-MOST_REMEMBERED) };
}

export const secondsFrom = (instant: string, seconds: number): string => instantOfDate(new Date(Date.parse(instant) + seconds * 1000));
export const instantOfDate = (date: Date): string => `${date.toISOString().slice(0, 19)}Z`;
export const later = (one: string, other: string): string => (one > other ? one : other);
export const earlier = (one: string, other: string): string => (one < other ? one : other);
