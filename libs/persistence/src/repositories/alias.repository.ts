import { type Aggregate, type RecordRef, recordKey, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** Aliases: what a record is called at a site that would not take our uuid. Written when push creates there; empty nearly everywhere. */
export class AliasRepository {
  constructor(private readonly database: Database) {}

  /** The aliases of one site, in the shape `libs/openmrs` asks for. */
  bookOf(site: SiteId) {
    return {
      toLocal: async (record: RecordRef): Promise<Uuid> => {
        const [row] = await this.database.query<{ local_uuid: string }>(`select local_uuid from alias where site = $1 and aggregate = $2 and uuid = $3`, [
          site,
          record.aggregate,
          record.uuid,
        ]);
        return row?.local_uuid ?? record.uuid;
      },
      toCanonical: async (aggregate: Aggregate, localUuid: Uuid): Promise<Uuid> => {
        const [row] = await this.database.query<{ uuid: string }>(`select uuid from alias where site = $1 and aggregate = $2 and local_uuid = $3`, [
          site,
          aggregate,
          localUuid,
        ]);
        return row?.uuid ?? localUuid;
      },
      allToLocal: (records: readonly RecordRef[]): Promise<readonly Uuid[]> => this.all(site, records, { from: 'uuid', to: 'local_uuid' }),
      allToCanonical: (locals: readonly RecordRef[]): Promise<readonly Uuid[]> => this.all(site, locals, { from: 'local_uuid', to: 'uuid' }),
      remember: async (record: RecordRef, localUuid: Uuid): Promise<void> => {
        if (record.uuid === localUuid) return;
        await this.database.transaction((tx) =>
          tx.query(
            `insert into alias (site, aggregate, uuid, local_uuid) values ($1, $2, $3, $4) on conflict (site, aggregate, uuid) do update set local_uuid = excluded.local_uuid`,
            [site, record.aggregate, record.uuid, localUuid],
          ),
        );
      },
    };
  }

  /** The other uuid of each, in their order; its own where there is no alias. */
  private async all(site: SiteId, records: readonly RecordRef[], { from, to }: AliasColumns): Promise<readonly Uuid[]> {
    if (records.length === 0) return [];
    const rows = await this.database.query<{ aggregate: string; asked: string; answer: string }>(
      `select aggregate, ${from} as asked, ${to} as answer from alias
       where site = $1 and (aggregate, ${from}) in (select * from unnest($2::text[], $3::text[]))`,
      [site, records.map(({ aggregate }) => aggregate), records.map(({ uuid }) => uuid)],
    );
    const answers = new Map(rows.map(({ aggregate, asked, answer }) => [`${aggregate}/${asked}`, answer]));
    return records.map((record) => answers.get(recordKey(record)) ?? record.uuid);
  }
}

interface AliasColumns {
  readonly from: 'uuid' | 'local_uuid';
  readonly to: 'uuid' | 'local_uuid';
}
