import { Injectable } from '@nestjs/common';
import type { SiteId } from '@sync-hub/contracts';
import { BugError } from '@sync-hub/contracts';
import { type EventReading, GENERATION_SUSPECTED, type ToldChange } from '@sync-hub/openmrs';
import { ChangeRepository, FeedMarkerRepository, type LeasedMarker, type Look, lockRecords, SiteRepository } from '@sync-hub/persistence';
import { Hub, Rules, SiteClients } from '@sync-hub/runtime';

/** A feed is read no further while so many changes of its site are open: an unpaced feed starves the pushers. */
const MOST_OPEN_CHANGES = 500;
/** Longer than the longest read of a feed; another instance takes over after it. */
const LEASE_SECONDS = 120;

/** What a read of a feed came to: `idle` reads again after the poll interval, `more` at once. */
export type Watched = 'idle' | 'more' | 'busy' | 'elsewhere' | 'quarantined';

function stillOurs({ site, category }: LeasedMarker, isMoved: boolean): void {
  if (!isMoved) throw new BugError('the lease on a feed ran out while it was read', { site, category });
}

type ToldLook = Pick<ToldChange, 'changedAt' | 'part'> & { readonly look: Look };

/** Reads one feed once. Each entry becomes a look at its record; marker and looks commit together. */
@Injectable()
export class WatchFeedService {
  constructor(
    private readonly hub: Hub,
    private readonly markers: FeedMarkerRepository,
    private readonly changes: ChangeRepository,
    private readonly sites: SiteRepository,
    private readonly clients: SiteClients,
  ) {}

  async watch(site: SiteId, category: string, holder: string, signal: AbortSignal): Promise<Watched> {
    const lease = await this.markers.lease(site, category, holder, LEASE_SECONDS);
    if (lease === null) return 'elsewhere';
    if (lease.openChanges >= MOST_OPEN_CHANGES) return 'busy';
    const { feed } = this.rules.site(site);
    // What was typed since a restore stands before `now`.
    const startAt = lease.generation > 1 || lease.fromStart ? 'beginning' : feed.startAt;
    const reading = await this.clients.readEvents(site, { category, position: lease.position, startAt }, { signal });
    return this.commit(lease, holder, reading);
  }

  private get rules(): Rules {
    return this.hub.rules;
  }

  private async commit(lease: LeasedMarker, holder: string, reading: EventReading): Promise<Watched> {
    const { site, category } = lease;
    const isSuspect = reading.findings.includes(GENERATION_SUSPECTED);
    const moved = { position: reading.position, entries: reading.events, finding: reading.findings[0] ?? null, isAtEnd: !reading.more && !isSuspect };
    if (reading.changes.length + reading.unreadable.length === 0 && !isSuspect) {
      stillOurs(lease, await this.markers.moveAlone(lease, holder, moved));
      this.tell(lease, reading);
      return reading.more ? 'more' : 'idle';
    }
    const looks = await this.looksOf(site, reading.changes);
    const told = looks.flatMap(({ look, changedAt, part }) => (changedAt === undefined ? [] : [{ record: look.record, at: changedAt, part: part ?? null }]));
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      stillOurs(lease, await this.markers.move(tx, lease, holder, moved));
      await lockRecords(
        tx,
        looks.map(({ look }) => look.record),
      );
      await this.changes.open(
        tx,
        looks.map(({ look }) => look),
      );
      if (told.length > 0) await this.hub.repositories.overwritten.told(tx, site, told);
      await this.markers.keepUnreadable(tx, site, category, reading.unreadable);
      if (isSuspect) await this.sites.quarantine(tx, site, `feed-${category}-does-not-fit`);
    });
    await this.hub.outgoing.send(said);
    this.tell(lease, reading);
    if (isSuspect) return 'quarantined';
    return reading.more ? 'more' : 'idle';
  }

  /** Records by the uuids they are known by everywhere, whatever the site calls them. */
  private async looksOf(site: SiteId, changes: readonly ToldChange[]): Promise<readonly ToldLook[]> {
    const names = await this.clients.namesAt(site);
    return Promise.all(
      changes.map(async ({ record, deleted, ...told }) => ({ ...told, look: { site, record: await names.canonicalOf(record), deletedEntry: deleted } })),
    );
  }

  /** A finding is told when it is new; an idle feed says nothing. */
  private tell({ site, category, finding }: LeasedMarker, { events, findings, unreadable }: EventReading): void {
    const { log } = this.hub.parts;
    if (events > 0) log.info('feed-read', { site, category, count: events });
    for (const code of findings.filter((one) => one !== finding)) log.warn('feed-finding', { site, category, code });
    if (unreadable.length > 0) log.warn('feed-entries-unreadable', { site, category, count: unreadable.length });
  }
}
