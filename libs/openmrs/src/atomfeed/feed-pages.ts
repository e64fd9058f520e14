import { LockedOutError, NotAllowedError, SyncError, TransientError } from '@sync-hub/contracts';
import type { FeedPage } from './feed-page.js';
import type { FetchPage, ReadPage } from './feed-position.js';

/** A page, or why there is none: it is behind the end of the feed, or the server is well and yet cannot tell it. */
export type Looked = FeedPage | 'beyond' | 'unreadable';

/** The newest page; its number is `null` where no link tells it. */
export interface NewestPage {
  readonly page: number | null;
  readonly told: FeedPage;
}

/** Pages read in order, and why there are no more of them. */
export interface Crawl {
  readonly pages: readonly ReadPage[];
  /** Pages among them that could not be told. */
  readonly skipped: readonly number[];
  readonly stopped: 'end' | 'limit' | 'changed' | SyncError;
}

/** Pages that may be owed; with more of them it is the server that is not well. */
export const MOST_UNREADABLE = 20;

/** The pages of one feed, and the difference between a page that is not there and a server that is not well. */
export class FeedPages {
  constructor(private readonly fetchPage: FetchPage) {}

  /** The newest page. Throws where it cannot be had. */
  async newest(): Promise<NewestPage> {
    const told = await this.fetchPage('recent');
    if (told === null) throw new TransientError('feed-unreadable', 'the newest page of a feed cannot be told by its server');
    return { page: told.number, told };
  }

  /**
   * The page of that number. Status codes differ by platform, so that only the newest page tells whether this one exists
   * (atomfeed modules on core before and since 2.5). Throws where the newest page cannot be had either.
   */
  async at(page: number): Promise<Looked> {
    const first = await this.attempt(page);
    if (!isFailure(first)) return first;
    const newest = await this.newest().catch((error: unknown) => {
      throw isAboutLogin(error) ? error : (first.error ?? error);
    });
    if (newest.page === null)
      throw first.error ?? new TransientError('feed-unreadable', 'a page of a feed cannot be told, and the feed does not say how many it has');
    if (page > newest.page) return 'beyond';
    if (page === newest.page) return newest.told;
    return first.error === null ? 'unreadable' : this.once(page);
  }

  /** The page of that number, asked for once: what was unreadable may be so still. */
  async once(page: number): Promise<FeedPage | 'unreadable'> {
    const told = await this.attempt(page);
    return isFailure(told) ? 'unreadable' : told;
  }

  /**
   * Follows page numbers while a page says there is a next one, `maxPages` at most. A page that cannot be told is passed
   * over. What was read before an error is whole: the error is told beside it.
   */
  async forward(from: { readonly page: number; readonly told: FeedPage | 'unreadable' }, maxPages: number): Promise<Crawl> {
    const pages: ReadPage[] = [];
    const skipped: number[] = [];
    let { page, told } = from;
    for (;;) {
      if (told === 'unreadable') skipped.push(page);
      else pages.push({ page, entries: told.entries });
      if (told !== 'unreadable' && !told.hasNext) return { pages, skipped, stopped: 'end' };
      if (pages.length >= maxPages || skipped.length > MOST_UNREADABLE) return { pages, skipped, stopped: 'limit' };
      page += 1;
      try {
        const next = await this.at(page);
        if (next === 'beyond') return { pages, skipped, stopped: 'end' };
        told = next;
      } catch (error) {
        if (pages.length === 0 || !(error instanceof SyncError) || isAboutLogin(error)) throw error;
        return { pages, skipped, stopped: error };
      }
    }
  }

  /** Does the page still hold, in front, what it held when it was read? If not, rows were deleted or inserted below it. */
  async isAsRead({ page, entries }: ReadPage): Promise<boolean> {
    const again = await this.at(page);
    return typeof again !== 'string' && entries.every(({ id }, index) => again.entries[index]?.id === id);
  }

  private async attempt(page: number): Promise<FeedPage | Failure> {
    try {
      return (await this.fetchPage(page)) ?? { error: null };
    } catch (error) {
      if (!(error instanceof SyncError) || isAboutLogin(error)) throw error;
      return { error };
    }
  }
}

interface Failure {
  readonly error: SyncError | null;
}

const isFailure = (told: FeedPage | Failure): told is Failure => 'error' in told;

/** Asking again after a 401 extends a lock (openmrs-core HibernateContextDAO); a 403 is the same for every page. */
const isAboutLogin = (error: unknown): boolean => error instanceof LockedOutError || error instanceof NotAllowedError;
