import { type Direction, type LinkId, type RecordRef, recordKey } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';

/** One direction of a link. */
export interface ExcludingRoute {
  readonly link: LinkId;
  readonly direction: Direction;
}

/** What a look at a record at a route's source said of it. */
export interface Exclusion extends ExcludingRoute {
  readonly record: RecordRef;
  /** What keeps it at its site: what it is itself, or a record that it refers to; `null` where it may go. */
  readonly keptBy: 'itself' | 'reference' | null;
  /** Records that it refers to. */
  readonly refersTo: readonly RecordRef[];
}

/** Which records each route keeps at its source by what its link excludes. Written by fetch at each look at one, and by map and push where they judge otherwise. */
export class ExclusionRepository {
  constructor(private readonly database: Database) {}

  /**
   * Notes the look, and answers with what is to be looked at anew: where the record may go now, all that was kept because of it; where what kept
   * it may go since it was judged, the record itself.
   */
  async keep(tx: Tx, { link, direction, record, keptBy, refersTo }: Exclusion): Promise<readonly RecordRef[]> {
    if (keptBy === null) return this.letGo(tx, { link, direction, record });
    const keys = refersTo.map(recordKey);
    await tx.query(
      `insert into exclusion (link, direction, aggregate, uuid, refers_to) values ($1, $2, $3, $4, $5)
       on conflict (link, direction, aggregate, uuid) do update set refers_to = excluded.refers_to where exclusion.refers_to <> excluded.refers_to`,
      [link, direction, record.aggregate, record.uuid, keys],
    );
    if (keptBy === 'itself') return [];
    // Waits for whoever lets one of them go at this moment and cannot see this record yet.
    const keepers = await tx.query(
      `select uuid from exclusion where link = $1 and direction = $2 and aggregate || '/' || uuid = any($3) order by aggregate, uuid for share`,
      [link, direction, keys],
    );
    return keepers.length > 0 ? [] : [record];
  }

  private async letGo(tx: Tx, { link, direction, record }: Pick<Exclusion, 'link' | 'direction' | 'record'>): Promise<readonly RecordRef[]> {
    const gone = await tx.query(`delete from exclusion where link = $1 and direction = $2 and aggregate = $3 and uuid = $4 returning uuid`, [
      link,
      direction,
      record.aggregate,
      record.uuid,
    ]);
    if (gone.length === 0) return [];
    return tx.query<RecordRef & Record<string, unknown>>(
      `select aggregate, uuid from exclusion where link = $1 and direction = $2 and refers_to @> array[$3] order by aggregate, uuid`,
      [link, direction, recordKey(record)],
    );
  }

  /** The links that keep one of these records, each in the direction asked for. */
  async linksKeeping(routes: readonly ExcludingRoute[], records: readonly RecordRef[]): Promise<ReadonlySet<LinkId>> {
    if (routes.length === 0 || records.length === 0) return new Set();
    const rows = await this.database.query<{ link: string }>(
      `select distinct exclusion.link from jsonb_to_recordset($1) as route (link text, direction text) join exclusion using (link, direction)
       join jsonb_to_recordset($2) as record (aggregate text, uuid text) using (aggregate, uuid)`,
      [JSON.stringify(routes), JSON.stringify(records)],
    );
    return new Set(rows.map(({ link }) => link));
  }
}
