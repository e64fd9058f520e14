import { type Configuration, sitesRunHere } from '@sync-hub/configuration';
import type { FeedDesk, FeedRewind, FollowedFeed } from '@sync-hub/contracts';
import type { Envelope } from '@sync-hub/messaging';
import type { Database, FeedMarkerRepository } from '@sync-hub/persistence';

export interface FeedDeskParts {
  readonly database: Database;
  readonly markers: FeedMarkerRepository;
  readonly configuration: () => Configuration;
  /** Puts on the bus what was said; without a bus it is left in the outbox, and the sweep sends it within seconds. */
  readonly send: (said: readonly Envelope[]) => Promise<void>;
}

/** The feeds that this hub reads, for people. */
export class HubFeedDesk implements FeedDesk {
  constructor(private readonly parts: FeedDeskParts) {}

  list(): Promise<readonly FollowedFeed[]> {
    return this.parts.markers.list(this.siteIds());
  }

  async rewind({ site, category }: FeedRewind, by: string): Promise<readonly string[]> {
    if (!this.siteIds().includes(site)) return [];
    const { result, said } = await this.parts.database.transaction((tx) => this.parts.markers.rewind(tx, site, category ?? null, by));
    await this.parts.send(said);
    return result;
  }

  private readonly siteIds = (): readonly string[] => sitesRunHere(this.parts.configuration()).map(({ id }) => id);
}
