import type { LinkId, PlaceAbove, RecordRef, SiteId, Uuid } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** Deeper than any tree of places; a circle, which a server should not let through, ends here. */
const DEEPEST = 50;

/** Which place is in which other one at a site. Written by fetch, at each look at a place. */
export class PlaceRepository {
  constructor(private readonly database: Database) {}

  /** Those of the places that were seen at the site, each with what it is in. */
  async above(site: SiteId, places: readonly Uuid[]): Promise<ReadonlyMap<Uuid, PlaceAbove>> {
    if (places.length === 0) return new Map();
    const rows = await this.database.query<{ place: string; uuid: string; above: string | null }>(
      `with recursive up as (
         select uuid as place, uuid, above, 1 as height from place where site = $1 and uuid = any($2)
         union all
         select up.place, next.uuid, next.above, up.height + 1 from up join place as next on next.site = $1 and next.uuid = up.above where up.height < $3
       ) select place, uuid, above from up order by place, height`,
      [site, places, DEEPEST],
    );
    const chains = new Map<Uuid, { chain: Uuid[]; isWhole: boolean }>();
    for (const { place, uuid, above } of rows) {
      const seen = chains.get(place) ?? { chain: [], isWhole: false };
      chains.set(place, {
        chain: [...seen.chain, uuid, ...(above === null ? [] : [above])].filter((one, index, all) => all.indexOf(one) === index),
        isWhole: above === null,
      });
    }
    return chains;
  }

  /** The place was looked at. Whoever waited to know where it is is to be looked at again, and where it has moved, everybody on links that go by places. */
  async note(
    tx: Tx,
    site: SiteId,
    { uuid, above }: { readonly uuid: Uuid; readonly above: Uuid | null },
    links: readonly LinkId[],
  ): Promise<readonly RecordRef[]> {
    const [before] = await tx.query<{ above: string | null }>(`select above from place where site = $1 and uuid = $2 for update`, [site, uuid]);
    if (before?.above !== above) {
      await tx.query(`insert into place (site, uuid, above) values ($1, $2, $3) on conflict (site, uuid) do update set above = excluded.above`, [
        site,
        uuid,
        above,
      ]);
      if (before !== undefined) await tx.query(`delete from route_listed where link = any($1) and direction = 'pull'`, [links]);
    }
    return tx.query<RecordRef & Record<string, unknown>>(`delete from place_sought where site = $1 and place = $2 returning aggregate, uuid`, [site, uuid]);
  }

  /** The record is to be looked at again once one of these places was. */
  async seek(tx: Tx, site: SiteId, record: RecordRef, places: readonly Uuid[]): Promise<void> {
    await tx.query(
      `insert into place_sought (site, place, aggregate, uuid) select $1, place, $2, $3 from unnest($4::text[]) as place order by place on conflict do nothing`,
      [site, record.aggregate, record.uuid, places],
    );
  }
}
