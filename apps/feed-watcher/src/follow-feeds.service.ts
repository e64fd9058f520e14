import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { feedCategoriesOf, sitesRunHere } from '@sync-hub/configuration';
import { type SiteId, safeError } from '@sync-hub/contracts';
import { FeedMarkerRepository, SiteRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';
import { WatchFeedService } from './watch-feed.service.js';

const BUSY_MS = 500;

/** Follows every feed of every site that this instance watches, each at its own pace, while its site is up. */
@Injectable()
export class FollowFeedsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly ending = new AbortController();
  private feeds: readonly Periodic[] = [];

  constructor(
    private readonly hub: Hub,
    private readonly markers: FeedMarkerRepository,
    private readonly sites: SiteRepository,
    private readonly watcher: WatchFeedService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { current } = this.hub.rules;
    const followed = sitesRunHere(current).map((site) => ({ site, categories: feedCategoriesOf(current, site.id) }));
    await this.hub.parts.database.transaction(async (tx) => {
      await this.sites.join(
        tx,
        followed.map(({ site }) => site.id),
      );
      for (const { site, categories } of followed) await this.markers.follow(tx, site.id, categories);
    });
    this.feeds = followed.flatMap(({ site, categories }) =>
      categories.map(
        (category) =>
          new Periodic(`feed-${category}`, site.feed.pollSeconds * 1000, () => this.follow(site.id, category), this.hub.parts.log.with({ site: site.id })),
      ),
    );
    for (const feed of this.feeds) feed.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.feeds.map((feed) => feed.stop()));
    // Where that fails the leases end by themselves: no reason not to end.
    await this.markers.releaseAll(this.holder).catch((error: unknown) => this.hub.parts.log.warn('feeds-not-released', { code: safeError(error).code }));
  }

  /** Milliseconds until the next read, or nothing for the poll interval. A site that does not answer is left to its probe. */
  private async follow(site: SiteId, category: string): Promise<number | void> {
    if ((await this.hub.circuit.closed()).has(site)) return BUSY_MS;
    const watched = await this.watcher
      .watch(site, category, this.holder, this.ending.signal)
      .catch((error: unknown) => this.afterFailure(site, category, error));
    if (watched === 'more') return 0;
    if (watched === 'busy') return BUSY_MS;
  }

  /** A site that is down has said so by its circuit, once; anything else is the feed's own trouble. */
  private async afterFailure(site: SiteId, category: string, error: unknown): Promise<'idle'> {
    if (this.ending.signal.aborted || (await this.hub.circuit.confirm(site)) !== 'up') return 'idle';
    await this.markers.troubled(site, category, this.holder, safeError(error).code);
    throw error;
  }
}
