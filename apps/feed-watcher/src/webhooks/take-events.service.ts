import { Injectable } from '@nestjs/common';
import type { SiteId } from '@sync-hub/contracts';
import { ChangeRepository, FeedMarkerRepository, lockRecords } from '@sync-hub/persistence';
import { Hub, SiteClients } from '@sync-hub/runtime';
import type { ToldEvents } from './told-events.js';

/** Takes what a site tells of its changes: once this returns they are committed, and the site may forget them. */
@Injectable()
export class TakeEventsService {
  constructor(
    private readonly hub: Hub,
    private readonly markers: FeedMarkerRepository,
    private readonly changes: ChangeRepository,
    private readonly clients: SiteClients,
  ) {}

  async take(site: SiteId, { changes, perCategory }: ToldEvents): Promise<void> {
    const names = await this.clients.namesAt(site);
    const looks = await Promise.all(changes.map(async ({ record, deleted }) => ({ site, record: await names.canonicalOf(record), deletedEntry: deleted })));
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      await lockRecords(
        tx,
        looks.map(({ record }) => record),
      );
      await this.changes.open(tx, looks);
      await this.markers.told(tx, site, perCategory);
    });
    await this.hub.outgoing.send(said);
    this.hub.parts.log.info('webhook-taken', { site, count: changes.length });
  }
}
