import { FeedRewound, type FollowedFeed, type SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import { MOVE_MARKER } from './marker-move.js';
import { judgeNoMore } from './overwritten.repository.js';

export interface LeasedMarker {
  readonly site: SiteId;
  readonly category: string;
  /** As `libs/openmrs` keeps it; `null` before the first read. */
  readonly position: unknown;
  /** A person has had it read from its start: so it begins there, whatever the configuration says. */
  readonly fromStart: boolean;
  /** The life of the site's data that the position is in. */
  readonly generation: number;
  /** What the last read found, `null` if nothing. */
  readonly finding: string | null;
  /** How many changes of the site are open. */
  readonly openChanges: number;
}

/** A feed by its site and its category. */
type FeedOfSite = Pick<LeasedMarker, 'site' | 'category'>;

/** Where a reading ended, how many entries it had, and what it found that a person should know, if anything. */
export interface MarkerMove {
  readonly position: unknown;
  readonly entries: number;
  readonly finding: string | null;
  /** Nothing stood behind it in the feed when it was read. */
  readonly isAtEnd: boolean;
}

/** How far each feed has been read. Written by the feed-watcher, marker and changes in one transaction, and by people, who have one read from its start. */
export class FeedMarkerRepository {
  constructor(private readonly database: Database) {}

  async follow(tx: Tx, site: SiteId, categories: readonly string[]): Promise<void> {
    await tx.query(
      `insert into feed_marker (site, category, generation) select $1, category, 1 from unnest($2::text[]) as category order by category on conflict do nothing`,
      [site, categories],
    );
  }

  /** Takes the right to read this feed, so that two instances do not do the same work; `null` where another has it. */
  async lease(site: SiteId, category: string, holder: string, forSeconds: number): Promise<LeasedMarker | null> {
    const [row] = await this.database.write<Omit<LeasedMarker, 'site' | 'category'>>(
      `update feed_marker set leased_by = $3, leased_until = now() + make_interval(secs => $4)
       where site = $1 and category = $2 and (leased_by = $3 or leased_until is null or leased_until < now())
       returning position, generation, from_start as "fromStart", finding, (select count(*)::int from change where change.site = $1 and state = 'open') as "openChanges"`,
      [site, category, holder, forSeconds],
    );
    return row === undefined ? null : { site, category, ...row };
  }

  /** Moves the marker, only while the lease is still ours; false when it is not, and then nothing of the transaction may stand. */
  async move(tx: Pick<Tx, 'query'>, { site, category }: FeedOfSite, holder: string, moved: MarkerMove): Promise<boolean> {
    const rows = await tx.query(MOVE_MARKER, [site, category, holder, JSON.stringify(moved.position), moved.entries, moved.finding, moved.isAtEnd]);
    return rows.length === 1;
  }

  /** As `move`, where nothing else is written with it: most reads of a feed find nothing. */
  async moveAlone(feed: FeedOfSite, holder: string, moved: MarkerMove): Promise<boolean> {
    return this.move({ query: (sql, parameters) => this.database.write(sql, parameters) }, feed, holder, moved);
  }

  /** A site has told of its changes by itself: so many, by category. */
  async told(tx: Tx, site: SiteId, perCategory: ReadonlyMap<string, number>): Promise<void> {
    await tx.query(
      `insert into feed_marker as marker (site, category, generation, entries, read_at, last_entry_at)
       select $1, category, 1, count, now(), now() from unnest($2::text[], $3::int[]) as told (category, count) order by category
       on conflict (site, category) do update set entries = marker.entries + excluded.entries, read_at = now(), last_entry_at = now()`,
      [site, [...perCategory.keys()], [...perCategory.values()]],
    );
  }

  /**
   * Has feeds of a site read from their start: whoever reads one now has lost its lease, and what they read does not count. What is as agreed ends at its look. Edits beside writes of the last hours, of which
   * entries are counted, are judged no more: their entries are told a second time. Answers with the categories; none where no such feed is followed.
   */
  async rewind(tx: Tx, site: SiteId, category: string | null, by: string): Promise<readonly string[]> {
    const rows = await tx.query<{ category: string }>(
      `update feed_marker set position = null, from_start = true, finding = null, leased_by = null, leased_until = null
       where site = $1 and ($2::text is null or category = $2) returning category`,
      [site, category],
    );
    if (rows.length > 0) await judgeNoMore(tx, site);
    for (const row of rows) tx.say(FeedRewound, newId(), { site, round: 1, category: row.category, by });
    return rows.map((row) => row.category).sort();
  }

  /** How far the feeds of these sites have been read. */
  async list(sites: readonly SiteId[]): Promise<readonly FollowedFeed[]> {
    const rows = await this.database.query<{
      site: SiteId;
      category: string;
      read_at: Date | null;
      last_entry_at: Date | null;
      entries: string;
      finding: string | null;
    }>(`select site, category, read_at, last_entry_at, entries, finding from feed_marker where site = any($1) order by site, category`, [sites]);
    return rows.map(({ site, category, read_at, last_entry_at, entries, finding }) => ({
      site,
      category,
      readAt: read_at?.toISOString() ?? null,
      newestEntryAt: last_entry_at?.toISOString() ?? null,
      entriesRead: Number(entries),
      trouble: finding,
    }));
  }

  /** Lets go of every feed of a process that ends in order: the next one begins at once, not when the lease runs out. */
  async releaseAll(holder: string): Promise<void> {
    await this.database.write(`update feed_marker set leased_by = null, leased_until = null where leased_by = $1`, [holder]);
  }

  /** The feed could not be read, and why; the next reading that succeeds takes it back. */
  async troubled(site: SiteId, category: string, holder: string, code: string): Promise<void> {
    await this.database.write(`update feed_marker set finding = $4 where site = $1 and category = $2 and leased_by = $3`, [site, category, holder, code]);
  }

  /** Entries that name no record: kept for people, in the marker's transaction, so that reading goes on and nothing is lost. */
  async keepUnreadable(tx: Tx, site: SiteId, category: string, entries: readonly { readonly id: string; readonly reason: string }[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(
      `insert into unreadable_entry (site, category, entry_id, reason) select $1, $2, id, reason from jsonb_to_recordset($3) as row (id text, reason text) order by id on conflict do nothing`,
      [site, category, JSON.stringify(entries)],
    );
  }
}
