import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type Configuration, feedCategoriesOf, feedsAsked, type SiteConfiguration, sitesRunHere } from '@sync-hub/configuration';
import { type SiteId, safeError } from '@sync-hub/contracts';
import { FeedMarkerRepository, SiteRepository } from '@sync-hub/persistence';
import { Hub, Periodic, Periodics, Recent, type Wanted } from '@sync-hub/runtime';
import { WatchFeedService } from './watch-feed.service.js';

const BUSY_MS = 500;
/** A site has some dozens of feeds, and each asks before it is read. */
const CIRCUITS_KEPT_MS = 100;

/** Follows every feed of every site that this instance watches, each at its own pace, while its site is up. */
@Injectable()
export class FollowFeedsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly ending = new AbortController();
  private readonly feeds = new Periodics();
  private circuits = this.circuitsNow();

  constructor(
    private readonly hub: Hub,
    private readonly markers: FeedMarkerRepository,
    private readonly sites: SiteRepository,
    private readonly watcher: WatchFeedService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.hub.rules.onTaken((configuration) => this.followAll(configuration));
    await this.followAll(this.hub.rules.current);
  }

  /** A feed that is followed no more keeps its marker: if its site comes back it is read on from there. */
  private async followAll(current: Configuration): Promise<void> {
    const followed = sitesRunHere(current).map((site) => ({ site, categories: feedCategoriesOf(current, site.id) }));
    await this.hub.parts.database.transaction(async (tx) => {
      await this.sites.join(
        tx,
        followed.map(({ site }) => site.id),
      );
      for (const { site, categories } of followed) await this.markers.follow(tx, site.id, categories);
    });
    // What was read before they joined does not know that they are not to be asked yet.
    this.circuits = this.circuitsNow();
    // A site that tells of its changes by itself is not asked, but for what its fhir2 alone tells.
    const asked = followed.flatMap(({ site }) => feedsAsked(current, site).map((category) => ({ site, category })));
    this.feeds.keep(new Map(asked.map(({ site, category }) => [`${site.id} ${category}`, this.feedOf(site, category)])));
  }

  private circuitsNow() {
    return new Recent(() => this.hub.circuit.closed(), CIRCUITS_KEPT_MS);
  }

  private feedOf({ id, feed }: SiteConfiguration, category: string): Wanted {
    const log = this.hub.parts.log.with({ site: id });
    return {
      as: JSON.stringify([feed.handler, feed.flavour, feed.pollSeconds]),
      begin: () => new Periodic(`feed-${category}`, feed.pollSeconds * this.hub.times.pollSecondMs, () => this.follow(id, category), log),
    };
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.feeds.stop();
    // Where that fails the leases end by themselves: no reason not to end.
    await this.markers.releaseAll(this.holder).catch((error: unknown) => this.hub.parts.log.warn('feeds-not-released', { code: safeError(error).code }));
  }

  /** Milliseconds until the next read, or nothing for the poll interval. A site that does not answer is left to its probe. */
  private async follow(site: SiteId, category: string): Promise<number | void> {
    if (!this.isFollowed(site)) return;
    if (this.hub.rules.isResting(site) || (await this.circuits.read()).has(site)) return BUSY_MS;
    const watched = await this.watcher
      .watch(site, category, this.holder, this.ending.signal)
      .catch((error: unknown) => this.afterFailure(site, category, error));
    if (watched === 'more') return 0;
    if (watched === 'busy') return BUSY_MS;
  }

  /** A site that is down has said so by its circuit, once, and is read as soon as it is back; anything else is the feed's own trouble. */
  private async afterFailure(site: SiteId, category: string, error: unknown): Promise<'busy'> {
    if (this.ending.signal.aborted || !this.isFollowed(site) || (await this.hub.circuit.confirm(site)) !== 'up') return 'busy';
    await this.markers.troubled(site, category, this.holder, safeError(error).code);
    throw error;
  }

  /** One that was taken out a moment ago is not. */
  private isFollowed(site: SiteId): boolean {
    return this.hub.siteIds.includes(site);
  }
}
