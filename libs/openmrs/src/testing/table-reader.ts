import type { FeedPosition, FeedReading, FeedStart } from '../atomfeed/feed-position.js';
import { type ReadFeedOptions, readFeed } from '../atomfeed/feed-reader.js';
import { FeedTable, ids } from './feed-table.js';

/** The ids that a reading delivers. */
export const idsOf = (reading: FeedReading) => reading.entries.map(({ entry }) => entry.id);
/** Those of them that came late. */
export const lateOf = (reading: FeedReading) => reading.entries.filter(({ late }) => late).map(({ entry }) => entry.id);
/** What it noticed. */
export const kindsOf = (reading: FeedReading) => reading.findings.map(({ kind }) => kind);

/** A table and a reader that keeps its position, as the feed-watcher does. */
export function reader(startAt: FeedStart = 'beginning', options: Partial<ReadFeedOptions> = {}) {
  const table = new FeedTable();
  let position: FeedPosition | null = null;
  const read = async () => {
    table.asked.length = 0;
    const reading = await readFeed({ position, startAt, fetchPage: (page) => table.fetch(page), maxPages: 50, ...options });
    position = reading.position;
    return reading;
  };
  return { table, read, at: () => position as FeedPosition };
}

/** A reader that has read `count` entries. */
export async function readerAfter(count: number, start: FeedStart = 'beginning', options: Partial<ReadFeedOptions> = {}) {
  const made = reader(start, options);
  made.table.append(...ids(1, count));
  await made.read();
  return made;
}
