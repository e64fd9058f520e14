import { type Aggregate, type RecordRef, recordKey, type SiteId, type Uuid } from '@sync-hub/contracts';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';

/** Aliases: what a record is called at a site that would not take our uuid. Written when push creates there; empty nearly everywhere. */
export class AliasRepository {
  constructor(private readonly database: Database) {}

  /** The aliases of one site, in the shape `libs/openmrs` asks for. */
  bookOf(site: SiteId) {
    const locals = new Gathering(recordKey, (records: readonly RecordRef[]) => this.translate(site, records, 'uuid', 'local_uuid'));
    const canonicals = new Gathering(recordKey, (records: readonly RecordRef[]) => this.translate(site, records, 'local_uuid', 'uuid'));
    const toLocal = async (record: RecordRef): Promise<Uuid> => (await locals.ask(record)) ?? record.uuid;
    const toCanonical = async (aggregate: Aggregate, localUuid: Uuid): Promise<Uuid> => (await canonicals.ask({ aggregate, uuid: localUuid })) ?? localUuid;
    return {
      toLocal,
      toCanonical,
      allToLocal: (records: readonly RecordRef[]): Promise<readonly Uuid[]> => Promise.all(records.map(toLocal)),
      allToCanonical: (records: readonly RecordRef[]): Promise<readonly Uuid[]> =>
        Promise.all(records.map(({ aggregate, uuid }) => toCanonical(aggregate, uuid))),
      isMapped: async (): Promise<boolean> => false,
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

  /** What these are called on the other side, by what they are called on this one. */
  private async translate(site: SiteId, records: readonly RecordRef[], from: 'uuid' | 'local_uuid', to: 'uuid' | 'local_uuid') {
    const rows = await this.database.query<{ aggregate: Aggregate; uuid: Uuid; other: Uuid }>(
      `select alias.aggregate, alias.${from} as uuid, alias.${to} as other
       from unnest($2::text[], $3::text[]) as asked (aggregate, uuid) join alias on alias.site = $1 and alias.aggregate = asked.aggregate and alias.${from} = asked.uuid`,
      [site, records.map(({ aggregate }) => aggregate), records.map(({ uuid }) => uuid)],
    );
    return new Map(rows.map((row) => [recordKey(row), row.other]));
  }
}
