import type { FeedDesk, FeedRewind, FollowedFeed } from '@sync-hub/contracts';

/** Feeds without a hub behind them: one that is rewound has no entries read. */
export class MemoryFeeds implements FeedDesk {
  readonly rewound: (FeedRewind & { readonly by: string })[] = [];
  private feeds: readonly FollowedFeed[] = [
    { site: 'kisumu', category: 'patient', readAt: '2026-11-30T08:00:00.000Z', newestEntryAt: '2026-11-30T07:59:00.000Z', entriesRead: 41, trouble: null },
    { site: 'kisumu', category: 'visit', readAt: null, newestEntryAt: null, entriesRead: 0, trouble: 'contract' },
  ];

  async list(): Promise<readonly FollowedFeed[]> {
    return this.feeds;
  }

  async rewind(asked: FeedRewind, by: string): Promise<readonly string[]> {
    const isMeant = ({ site, category }: FollowedFeed): boolean => site === asked.site && (asked.category === undefined || category === asked.category);
    const categories = this.feeds.filter(isMeant).map(({ category }) => category);
    if (categories.length > 0) this.rewound.push({ ...asked, by });
    this.feeds = this.feeds.map((feed) => (isMeant(feed) ? { ...feed, entriesRead: 0 } : feed));
    return categories;
  }
}
