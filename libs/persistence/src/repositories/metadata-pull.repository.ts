import type { LinkId, RecordRef, SiteId } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { Look } from './change.repository.js';

/** A link, by what is needed to pull something on it. */
export interface PulledOn {
  readonly link: LinkId;
  readonly parent: SiteId;
  readonly child: SiteId;
}

/** Metadata that a person has asked to be pulled from the parent, whatever travels on the link. Asked for at the command line; done when a job of it ends as landed (`JobRepository.end`). */
export class MetadataPullRepository {
  constructor(private readonly database: Database) {}

  /** Notes the wish, and answers with the look that begins it. What is held for want of the record goes on when it lands. */
  async ask(tx: Tx, { link, parent, child }: PulledOn, { aggregate, uuid }: RecordRef, by: string): Promise<readonly Look[]> {
    await tx.query(
      `insert into metadata_pull (link, kind, uuid, asked_by) values ($1, $2, $3, $4) on conflict (link, kind, uuid) do update set asked_by = excluded.asked_by, asked_at = now()`,
      [link, aggregate, uuid, by],
    );
    await tx.query(`update waiter set aggregate = resource where target = $1 and resource = $2 and uuid = $3 and aggregate is null`, [child, aggregate, uuid]);
    return [{ site: parent, record: { aggregate, uuid }, onBehalf: true }];
  }

  /** All that is asked for on the link, each as `kind/uuid`. */
  async askedOn(link: LinkId): Promise<ReadonlySet<string>> {
    const rows = await this.database.query<{ record: string }>(`select kind || '/' || uuid as record from metadata_pull where link = $1`, [link]);
    return new Set(rows.map(({ record }) => record));
  }

  /** Those of the links on which the record is asked for. */
  async linksAskingFor(links: readonly LinkId[], { aggregate, uuid }: RecordRef): Promise<ReadonlySet<LinkId>> {
    const rows = await this.database.query<{ link: LinkId }>(`select link from metadata_pull where link = any($1) and kind = $2 and uuid = $3`, [
      links,
      aggregate,
      uuid,
    ]);
    return new Set(rows.map(({ link }) => link));
  }
}
