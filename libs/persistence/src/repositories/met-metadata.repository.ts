import type { Aggregate, LinkId, Uuid } from '@sync-hub/contracts';
import type { Database } from '../database.js';

/** Something of a kind, by uuid. */
export interface MetMetadata {
  readonly kind: Aggregate;
  readonly uuid: Uuid;
}

/** Which metadata records of a link have referred to: what is compared of kinds that are too many to compare as a whole. Written by push; nothing depends on it but that. */
export class MetMetadataRepository {
  private readonly noted = new Set<string>();

  constructor(private readonly database: Database) {}

  /** Costs a statement for what this process has not noted before. */
  async note(link: LinkId, met: readonly MetMetadata[]): Promise<void> {
    const isNew = new Map(met.map((one) => [`${link} ${one.kind}/${one.uuid}`, one]));
    for (const key of isNew.keys()) if (this.noted.has(key)) isNew.delete(key);
    if (isNew.size === 0) return;
    await this.database.write(
      `insert into metadata_met (link, kind, uuid) select $1, kind, uuid from jsonb_to_recordset($2) as row (kind text, uuid text) order by kind, uuid on conflict do nothing`,
      [link, JSON.stringify([...isNew.values()])],
    );
    for (const key of isNew.keys()) this.noted.add(key);
  }

  async on(link: LinkId): Promise<readonly MetMetadata[]> {
    return this.database.query<MetMetadata & Record<string, unknown>>(`select kind, uuid from metadata_met where link = $1 order by kind, uuid`, [link]);
  }
}
