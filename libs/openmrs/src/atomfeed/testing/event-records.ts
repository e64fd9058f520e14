import { type SyncError, TransientError } from '@sync-hub/contracts';
import { type FeedEntry, type FeedPage, readFeedPage } from '../feed-page.js';
import type { FetchPage } from '../feed-position.js';
import { feedDocument } from './feed-document.js';

/** One row of `chunking_history`: pages are so long from this position on. */
export interface Chunking {
  readonly length: number;
  readonly start: number;
}

type Asked = number | 'recent';

/**
 * `event_records` of one category in memory, and the pages that the atomfeed library makes of it: counted out anew with every
 * request, by `chunking_history`. Rows are what goes wrong with real ones: deleted, late, doubled, restored, unserialisable.
 */
export class EventRecords {
  rows: readonly FeedEntry[] = [];
  chunking: readonly Chunking[] = [{ length: 5, start: 1 }];
  /** What was asked for, in order. */
  readonly asked: Asked[] = [];
  /** Ids that the server cannot serialise: neither their page nor, while they are on the newest one, `recent` can be told. */
  readonly poisoned = new Set<string>();
  /** Called for each request before it is answered; may change the rows, or throw what the connection did. */
  before: (page: Asked) => void = () => undefined;
  /** How a page that cannot be had is answered: an error, or `null`. */
  refusal: SyncError | null = new TransientError('server-error', 'the site failed at reading the feed (500)');
  /** Whether answers go as XML, or as what that is read into. */
  overTheWire = false;

  append(...ids: readonly string[]): void {
    this.rows = [...this.rows, ...ids.map((id) => entryOf(id))];
  }

  /** Puts a row so many places before the end, as a slow publisher's transaction does. */
  insert(id: string, fromEnd: number): void {
    const at = Math.max(0, this.rows.length - fromEnd);
    this.rows = [...this.rows.slice(0, at), entryOf(id), ...this.rows.slice(at)];
  }

  insertBefore(id: string, other: string): void {
    const at = this.rows.findIndex((row) => row.id === other);
    if (at === -1) throw new Error(`no row ${other}`);
    this.insert(id, this.rows.length - at);
  }

  delete(...ids: readonly string[]): void {
    this.rows = this.rows.filter(({ id }) => !ids.includes(id));
  }

  /** Deletes the oldest rows. */
  purge(count: number): void {
    this.rows = this.rows.slice(count);
  }

  /** The first and last position of each page, in order: every segment ends in a page of its own, short or not. */
  private get bounds(): readonly (readonly [number, number])[] {
    return this.chunking.flatMap(({ length, start }, index) => {
      const end = Math.min((this.chunking[index + 1]?.start ?? Number.POSITIVE_INFINITY) - 1, this.rows.length);
      const count = Math.max(0, Math.ceil((end - start + 1) / length));
      return Array.from({ length: count }, (_, page) => [start + page * length, Math.min(start + (page + 1) * length - 1, end)] as const);
    });
  }

  readonly fetchPage: FetchPage = async (page) => {
    this.asked.push(page);
    this.before(page);
    const told = this.pageOf(page);
    if (told === null || told.entries.some(({ id }) => this.poisoned.has(id))) return this.refuse();
    if (!this.overTheWire) return told;
    return readFeedPage(Buffer.from(feedDocument(told, page)), 'application/atom+xml;charset=UTF-8');
  };

  private pageOf(page: Asked): FeedPage | null {
    const { bounds } = this;
    const number = page === 'recent' ? bounds.length : page;
    const [from, to] = bounds[number - 1] ?? [1, 0];
    if (page !== 'recent' && to === 0) return null;
    return { number, hasNext: page !== 'recent' && number < bounds.length, entries: this.rows.slice(from - 1, to) };
  }

  private refuse(): null {
    if (this.refusal !== null) throw this.refusal;
    return null;
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
export const ids = (from: number, to: number): readonly string[] => Array.from({ length: to - from + 1 }, (_, index) => `e${from + index}`);
