import type { FeedPosition, FeedReading, FeedStart } from '../feed-position.js';
import { readFeed } from '../feed-reader.js';
import { EventRecords, ids } from './event-records.js';

/** The ids that a reading delivers. */
export const idsOf = (...readings: readonly FeedReading[]): string[] => readings.flatMap(({ entries }) => entries.map(({ entry }) => entry.id));
/** Those of them that came late. */
export const lateOf = (reading: FeedReading): string[] => reading.entries.filter(({ late }) => late).map(({ entry }) => entry.id);
/** What it noticed. */
export const kindsOf = (...readings: readonly FeedReading[]): string[] => readings.flatMap(({ findings }) => findings.map(({ kind }) => kind));

/** A feed and a reader that keeps its position as the database would, as JSON. */
export function reading({ startAt = 'beginning', maxPages }: { readonly startAt?: FeedStart; readonly maxPages?: number } = {}) {
  const feed = new EventRecords();
  let stored = 'null';
  const at = () => JSON.parse(stored) as FeedPosition;
  /** Reads without committing, as before a crash. */
  const readOnly = () => {
    feed.asked.length = 0;
    return readFeed({ position: at(), startAt, fetchPage: feed.fetchPage, ...(maxPages === undefined ? {} : { maxPages }) });
  };
  const read = async () => {
    const told = await readOnly();
    stored = JSON.stringify(told.position);
    return told;
  };
  /** Reads until there is nothing more at once. */
  const readAll = async (): Promise<FeedReading[]> => {
    const all = [await read()];
    while (all.at(-1)?.more === true && all.length < 1000) all.push(await read());
    return all;
  };
  return { feed, at, read, readOnly, readAll };
}

/** A feed of `count` entries, all of them read. */
export async function readingAfter(count: number, options: Parameters<typeof reading>[0] = {}) {
  const made = reading(options);
  made.feed.append(...ids(1, count));
  await made.readAll();
  return made;
}
