import type { RawAnswer } from '../site-http.client.js';
import type { FeedPage } from './feed-page.js';

/** What to send so that a server, or a proxy in front of it, may answer that nothing has changed. */
export type Condition = Readonly<Record<string, string>>;

interface KnownPage {
  readonly condition: Condition;
  readonly told: FeedPage;
}

/** Of each feed the page read last and those read again now and then. */
const MOST_PAGES = 40;
/** Larger pages are not kept: memory is bounded. */
const MOST_ENTRIES = 200;
/** A date to the second vouches for a page only once it is so old (RFC 9110, 8.8.2.2). */
const SURE_AFTER_MS = 60_000;

/**
 * The pages of a site that came with a validator, for conditional requests. The modules send none (openmrs-atomfeed and
 * openmrs-module-atomfeed, all versions), proxies may. Kept by this process alone: what is forgotten is asked for in full.
 */
export class KnownPages {
  private readonly pages = new Map<string, KnownPage>();

  conditionFor(address: string): Condition {
    return this.pages.get(address)?.condition ?? {};
  }

  /** What stood there when it was kept, for an answer that it has not changed. */
  told(address: string): FeedPage | undefined {
    return this.pages.get(address)?.told;
  }

  /** Keeps a page that a validator vouches for, and forgets what stood there before. */
  keep(address: string, answer: RawAnswer, told: FeedPage): void {
    this.pages.delete(address);
    const condition = conditionIn(answer);
    if (condition === null || told.entries.length > MOST_ENTRIES) return;
    this.pages.set(address, { condition, told });
    const [oldest] = this.pages.keys();
    if (this.pages.size > MOST_PAGES && oldest !== undefined) this.pages.delete(oldest);
  }

  forget(address: string): void {
    this.pages.delete(address);
  }
}

function conditionIn({ etag, lastModified, date }: RawAnswer): Condition | null {
  if (etag !== null) return { 'if-none-match': etag };
  if (lastModified === null || date === null) return null;
  const age = date.getTime() - new Date(lastModified).getTime();
  return age >= SURE_AFTER_MS ? { 'if-modified-since': lastModified } : null;
}
