import { SHAPE_VERSION } from '@sync-hub/categories';
import type { Direction, LinkId, RecordRef } from '@sync-hub/contracts';
import type { Agreement } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import type { Database } from '../database.js';
import type { Vault } from '../vault.js';

interface AgreementRow {
  link: string;
  revision: number;
  sealed: Buffer;
  last_direction: Direction | null;
  alternations: number;
  alternating_fields: string | null;
}

/** How often the two ends have taken turns writing the same fields of a record; a field that a server computes makes them do so for ever. */
export interface TurnTaking {
  readonly lastDirection: Direction | null;
  readonly alternations: number;
  readonly fields: string | null;
}

export interface AgreementWithTurns {
  readonly agreement: Agreement | null;
  readonly turns: TurnTaking;
}

/** Agreements: per link and record what each end held when they last agreed, field by field. Sealed. Written by push alone. */
export class AgreementRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async find(link: LinkId, record: RecordRef): Promise<Agreement | null> {
    return (await this.findAll([link], record)).get(link) ?? null;
  }

  /** By link. */
  async findAll(links: readonly LinkId[], record: RecordRef): Promise<ReadonlyMap<LinkId, Agreement>> {
    const rows = await this.database.query<AgreementRow>(`select link, revision, sealed from agreement where link = any($1) and aggregate = $2 and uuid = $3`, [links, record.aggregate, record.uuid]);
    return new Map(rows.map((row) => [row.link, this.open(row, record)]));
  }

  async findWithTurns(link: LinkId, record: RecordRef): Promise<AgreementWithTurns> {
    return this.withTurns(await this.database.query<AgreementRow>(`select * from agreement where link = $1 and aggregate = $2 and uuid = $3`, [link, record.aggregate, record.uuid]), record);
  }

  /** The agreement under the transaction's record lock, as the last committed save left it. */
  async findForSave(tx: Tx, link: LinkId, record: RecordRef): Promise<AgreementWithTurns> {
    return this.withTurns(await tx.query<AgreementRow>(`select * from agreement where link = $1 and aggregate = $2 and uuid = $3 for update`, [link, record.aggregate, record.uuid]), record);
  }

  async save(tx: Tx, link: LinkId, record: RecordRef, agreement: Agreement, turns: TurnTaking): Promise<void> {
    await tx.query(
      `insert into agreement (link, aggregate, uuid, revision, shape, sealed, last_direction, alternations, alternating_fields)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (link, aggregate, uuid) do update set revision = excluded.revision, shape = excluded.shape, sealed = excluded.sealed,
         last_direction = excluded.last_direction, alternations = excluded.alternations, alternating_fields = excluded.alternating_fields, agreed_at = now()`,
      [
        link,
        record.aggregate,
        record.uuid,
        agreement.revision,
        SHAPE_VERSION,
        this.vault.seal(agreement, contextOf(link, record)),
        turns.lastDirection,
        turns.alternations,
        turns.fields,
      ],
    );
  }

  private withTurns([row]: readonly AgreementRow[], record: RecordRef): AgreementWithTurns {
    if (row === undefined) return { agreement: null, turns: { lastDirection: null, alternations: 0, fields: null } };
    return { agreement: this.open(row, record), turns: { lastDirection: row.last_direction, alternations: row.alternations, fields: row.alternating_fields } };
  }

  private open(row: Pick<AgreementRow, 'link' | 'sealed'>, record: RecordRef): Agreement {
    return this.vault.open(row.sealed, contextOf(row.link, record)) as Agreement;
  }
}

const contextOf = (link: string, record: RecordRef): string => `agreement:${link}:${record.aggregate}:${record.uuid}`;
