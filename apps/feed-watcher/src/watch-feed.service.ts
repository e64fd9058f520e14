import { Injectable } from '@nestjs/common';
import type { RecordRef, SiteId } from '@sync-hub/contracts';
import { BugError } from '@sync-hub/contracts';
import { changeFromEntry, type FeedPosition, type FeedReading, readFeed } from '@sync-hub/openmrs';
import { ChangeRepository, FeedMarkerRepository, type LeasedMarker, type Look, lockRecords, SiteRepository } from '@sync-hub/persistence';
import { Hub, Rules, SiteClients } from '@sync-hub/runtime';

/** A feed is read no further while so many changes of its site are open: an unpaced feed starves the pushers. */
const MOST_OPEN_CHANGES = 500;
/** Longer than the longest read of a feed; another instance takes over after it. */
const LEASE_SECONDS = 120;

/** What a read of a feed came to: `idle` reads again after the poll interval, `more` at once. */
export type Watched = 'idle' | 'more' | 'busy' | 'elsewhere' | 'quarantined';

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
    if ((await this.changes.countOpen(site)) >= MOST_OPEN_CHANGES) return 'busy';
    const lease = await this.markers.lease(site, category, holder, LEASE_SECONDS);
    if (lease === null) return 'elsewhere';
    const { feed } = this.rules.site(site);
    const reading = await readFeed({
      position: lease.position as FeedPosition | null,
      // What was typed since a restore stands before `now`.
      startAt: lease.generation > 1 ? 'beginning' : feed.startAt,
      fetchPage: this.clients.feed(site, category, { signal }),
    });
    return this.commit(lease, holder, reading);
  }

  private get rules(): Rules {
    return this.hub.rules;
  }

  private async commit(lease: LeasedMarker, holder: string, reading: FeedReading): Promise<Watched> {
    const { site, category } = lease;
    const { flavour } = this.rules.site(site).feed;
    const translated = reading.entries.map(({ entry }) => ({ entry, change: changeFromEntry(entry, category, flavour) }));
    const looks = await this.looksOf(
      site,
      translated.flatMap(({ change }) => ('records' in change ? change.records.map((record) => ({ record, action: change.action })) : [])),
    );
    const unreadable = translated.flatMap(({ entry, change }) => ('records' in change ? [] : [{ id: entry.id, reason: change.unreadable }]));
    const suspicion = reading.findings.find((finding) => finding.kind === 'generation-suspected');
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      const moved = { position: reading.position, entries: reading.entries.length, finding: reading.findings[0]?.kind ?? null };
      if (!(await this.markers.move(tx, site, category, holder, moved)))
        throw new BugError('the lease on a feed ran out while it was read', { site, category });
      await lockRecords(
        tx,
        looks.map(({ record }) => record),
      );
      await this.changes.open(tx, looks);
      await this.markers.keepUnreadable(tx, site, category, unreadable);
      if (suspicion !== undefined) await this.sites.quarantine(tx, site, `feed-${category}-does-not-fit`);
    });
    await this.hub.outgoing.send(said);
    this.tell(lease, reading, unreadable.length);
    if (suspicion !== undefined) return 'quarantined';
    return reading.more ? 'more' : 'idle';
  }

  /** Records by the uuids they are known by everywhere, whatever the site calls them. */
  private async looksOf(site: SiteId, changes: readonly { readonly record: RecordRef; readonly action: string }[]): Promise<readonly Look[]> {
    const client = await this.clients.of(site);
    return Promise.all(changes.map(async ({ record, action }) => ({ site, record: await client.canonicalOf(record), deletedEntry: action === 'deleted' })));
  }

  /** A finding is told when it is new; an idle feed says nothing. */
  private tell({ site, category, finding }: LeasedMarker, { entries, findings }: FeedReading, unreadable: number): void {
    const { log } = this.hub.parts;
    if (entries.length > 0) log.info('feed-read', { site, category, count: entries.length });
    for (const { kind } of findings.filter((one) => one.kind !== finding)) log.warn('feed-finding', { site, category, code: kind });
    if (unreadable > 0) log.warn('feed-entries-unreadable', { site, category, count: unreadable });
  }
}
