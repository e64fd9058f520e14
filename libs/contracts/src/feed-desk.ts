import { z } from 'zod';
import { SiteId } from './ids.js';

/** How far a feed of a site has been read. Times are ISO 8601 in UTC. */
export interface FollowedFeed {
  readonly site: SiteId;
  readonly category: string;
  readonly readAt: string | null;
  readonly newestEntryAt: string | null;
  /** Since the site's generation began. */
  readonly entriesRead: number;
  readonly trouble: string | null;
}

/** Which feeds are read from their start again; all of the site without a category. */
export const FeedRewind = z.strictObject({ site: SiteId, category: z.string().min(1).max(100).optional() });
export type FeedRewind = z.infer<typeof FeedRewind>;

/** Where people see to feeds. */
export interface FeedDesk {
  /** By site and category. */
  list(): Promise<readonly FollowedFeed[]>;
  /** The categories that are read from their start from now on; none where the site has no such feed. */
  rewind(asked: FeedRewind, by: string): Promise<readonly string[]>;
}
