import type { FeedEntry, FeedPage } from '../atomfeed/feed-page.js';
import type { FetchPage } from '../atomfeed/feed-position.js';

/**
 * The rows behind one feed, in memory, and the pages a server makes of them: cut by count from the first row on, anew with
 * every request, five to a page. Rows are what goes wrong in real ones: deleted, late, doubled, restored, unserialisable.
 */
export class FeedTable {
  rows: FeedEntry[] = [];
  readonly asked: (number | 'recent')[] = [];
  pageSize = 5;
  /** Ids that the server cannot serialise: their page, and `recent` while they are on it, cannot be told. */
  readonly poisoned = new Set<string>();
  /** Called for each request before it is answered; may throw, or change the rows. */
  beforeAnswer: (page: number | 'recent') => void = () => undefined;

  /** Appends entries of these ids. */
  append(...ids: string[]): void {
    this.rows.push(...ids.map(entryOf));
  }

  /** Puts a row before another, as a slow publisher's transaction does. */
  insertBefore(id: string, other: string): void {
    this.rows.splice(this.indexOf(other), 0, entryOf(id));
  }

  delete(...ids: string[]): void {
    this.rows = this.rows.filter(({ id }) => !ids.includes(id));
  }

  get newest(): number {
    return Math.ceil(this.rows.length / this.pageSize);
  }

  /** Answers like a server: `null` where it would answer 404, 500 or an exception for this page. */
  readonly fetch: FetchPage = async (page) => {
    this.asked.push(page);
    this.beforeAnswer(page);
    const number = page === 'recent' ? this.newest : page;
    if (page !== 'recent' && (page < 1 || page > this.newest)) return null;
    const entries = this.rows.slice((number - 1) * this.pageSize, number * this.pageSize);
    if (entries.some(({ id }) => this.poisoned.has(id))) return null;
    const told: FeedPage = { number, hasNext: page !== 'recent' && number < this.newest, entries: number === 0 ? [] : entries };
    return told;
  };

  private indexOf(id: string): number {
    const at = this.rows.findIndex((row) => row.id === id);
    if (at === -1) throw new Error(`no row ${id}`);
    return at;
  }
}

/** An entry of this id, about some location. */
export const entryOf = (id: string): FeedEntry => ({
  id,
  title: 'Location',
  categories: ['location', 'UPDATED'],
  updated: '2024-05-06T07:14:56Z',
  content: `{"rest":"/ws/rest/v1/location/${id}?v=full"}`,
});

/** `e1` to `en`. */
export const ids = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, index) => `e${from + index}`);
