import type { NewEntry } from './feed-entries.js';

/** One row of `event_records`. `timestamp` is when it was published, `dateCreated` when the change was made. */
export interface FeedRow {
  readonly id: number;
  readonly uuid: string;
  readonly title: string | null;
  readonly timestamp: number;
  readonly object: string | null;
  readonly category: string;
  readonly tags: string | null;
  readonly dateCreated: number;
}

/** One row of `chunking_history`: from position `start` on, pages are `length` long. */
export interface Chunking {
  readonly length: number;
  readonly start: number;
}

type Queued = Omit<FeedRow, 'id' | 'timestamp'>;

interface Saved {
  readonly queue: readonly Queued[];
  readonly records: readonly FeedRow[];
  readonly nextId: number;
  readonly chunking: readonly Chunking[];
}

/** What happens to the next rows that are published. */
type Mishap = 'lost' | 'late' | 'twice';

/** The outbox, the published rows and the page arithmetic of the feed (number chunking). */
export class FeedTables {
  chunking: readonly Chunking[] = [{ length: 5, start: 1 }];
  paused = false;
  /** PostgreSQL tells `Encounter` from `encounter`; MySQL, the default, does not. */
  isCaseSensitive = false;
  #queue: Queued[] = [];
  #records: FeedRow[] = [];
  /** The rows by category, as far as somebody asked since the rows last changed. */
  readonly #byCategory = new Map<string, FeedRow[]>();
  #nextId = 1;
  readonly #mishaps: Mishap[] = [];
  #late: FeedRow[] = [];

  constructor(
    private readonly now: () => number,
    private readonly newUuid: () => string,
  ) {}

  get queueLength(): number {
    return this.#queue.length;
  }

  enqueue(entry: NewEntry): void {
    this.#queue.push({ ...entry, uuid: this.newUuid(), dateCreated: this.now() });
  }

  /** One tick of the publisher: moves the outbox into the feed. */
  publish(): void {
    if (this.#queue.length === 0) return;
    this.#byCategory.clear();
    for (const queued of this.#queue.splice(0)) {
      const row: FeedRow = { ...queued, id: this.#nextId++, timestamp: this.now() };
      const mishap = this.#mishaps.shift();
      if (mishap === 'late') this.#late.push(row);
      else if (mishap === 'twice') this.#records.push(row, { ...row, id: this.#nextId++ });
      else if (mishap === undefined) this.#records.push(row);
    }
  }

  /** A row of any content, as published: for what no change of the simulator's own would write. */
  add(row: Omit<FeedRow, 'id'>): void {
    this.#records.push({ ...row, id: this.#nextId++ });
    this.#byCategory.clear();
  }

  expect(mishap: Mishap, times: number): void {
    for (let i = 0; i < times; i += 1) this.#mishaps.push(mishap);
  }

  /** Withheld rows become visible, below rows that were read long ago. */
  releaseLate(): void {
    this.#records = [...this.#records, ...this.#late.splice(0)].sort((a, b) => a.id - b.id);
    this.#byCategory.clear();
  }

  delete(choose: (row: FeedRow) => boolean): number {
    const kept = this.#records.filter((row) => !choose(row));
    const gone = this.#records.length - kept.length;
    this.#records = kept;
    this.#byCategory.clear();
    return gone;
  }

  rows(category?: string): FeedRow[] {
    if (category === undefined) return [...this.#records];
    const name = this.isCaseSensitive ? category : category.toLowerCase();
    const known = this.#byCategory.get(name) ?? this.#records.filter((row) => (this.isCaseSensitive ? row.category : row.category.toLowerCase()) === name);
    this.#byCategory.set(name, known);
    return [...known];
  }

  /** Positions of the pages, in order: each segment of the history is cut by its own length and ends in a short page. */
  #pages(total: number): { from: number; to: number }[] {
    return this.chunking.flatMap(({ length, start }, index) => {
      const end = Math.min((this.chunking[index + 1]?.start ?? Infinity) - 1, total);
      const pages = [];
      for (let from = start; from <= end; from += length) pages.push({ from, to: Math.min(from + length - 1, end) });
      return pages;
    });
  }

  /** The newest page's number; 0 for a category without rows, known or not. */
  newestPage(category: string): number {
    return this.#pages(this.rows(category).length).length;
  }

  /** The rows of a page, oldest first, or null if there is no such page. */
  page(category: string, number: number): FeedRow[] | null {
    const rows = this.rows(category);
    const page = this.#pages(rows.length)[number - 1];
    return page ? rows.slice(page.from - 1, page.to) : null;
  }

  backup(): Saved {
    return { queue: [...this.#queue], records: [...this.#records], nextId: this.#nextId, chunking: this.chunking };
  }

  restore(saved: Saved): void {
    this.#queue = [...saved.queue];
    this.#records = [...saved.records];
    this.#byCategory.clear();
    this.#nextId = saved.nextId;
    this.chunking = saved.chunking;
    this.#late = [];
  }
}
