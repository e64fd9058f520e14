import type { FetchPage } from '../feed-position.js';
import { entryOf } from './event-records.js';

interface Row {
  readonly id: string;
  readonly at: number;
}

/**
 * A feed cut by time (`chunking.strategy=time` of the atomfeed library): page n holds what was published between the nth bound
 * and the next, both included, and the newest page is the one of now, mostly empty.
 */
export class TimeChunkedFeed {
  rows: readonly Row[] = [];
  now = 1;
  readonly asked: (number | 'recent')[] = [];

  constructor(readonly length: number) {}

  publish(id: string, at = this.now): void {
    this.rows = [...this.rows, { id, at }].sort((a, b) => a.at - b.at);
  }

  private get newest(): number {
    return Math.floor((this.now - 1) / this.length) + 1;
  }

  readonly fetchPage: FetchPage = async (page) => {
    this.asked.push(page);
    const number = page === 'recent' ? this.newest : page;
    if (number > this.newest) return null;
    const from = 1 + (number - 1) * this.length;
    const rows = this.rows.filter(({ at }) => at >= from && at <= from + this.length);
    return { number, hasNext: number < this.newest, entries: rows.map(({ id }) => entryOf(id)) };
  };
}
