import { isDeepStrictEqual } from 'node:util';
import { SHAPE_VERSION } from '@sync-hub/categories';
import { type Aggregate, type Direction, type LinkId, type RecordRef } from '@sync-hub/contracts';
import { type Agreement, inThisLife, isAsAgreed, type SideName, type Version } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { askInTx, type KindInTx } from '../ask-in-tx.js';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';
import { keyOf, type OnLink, parametersOf } from '../on-link.js';
import type { Vault } from '../vault.js';
import { contentOf } from './snapshot.repository.js';

interface AgreementRow {
  link: string;
  aggregate: RecordRef['aggregate'];
  uuid: string;
  revision: number;
  sealed: Buffer;
  last_direction: Direction | null;
  alternations: number;
  alternating_fields: string | null;
  parent_generation: number;
  child_generation: number;
  parent_past: string[];
  child_past: string[];
}

const LOCKED: KindInTx<OnLink, AgreementRow> = {
  keyOf,
  answerAll: async (tx, asked) => {
    const sql = `select agreement.* from unnest($1::text[], $2::text[], $3::text[]) as asked (link, aggregate, uuid) join agreement using (link, aggregate, uuid)
       order by link, aggregate, uuid for update of agreement`;
    return new Map((await tx.query<AgreementRow>(sql, parametersOf(asked))).map((row) => [keyOf({ link: row.link, record: row }), row]));
  },
};

/** How often the two ends have taken turns writing the same fields of a record; a field that a server computes makes them do so for ever. */
export interface TurnTaking {
  readonly lastDirection: Direction | null;
  readonly alternations: number;
  readonly fields: string | null;
}

type PerSide<Value> = Readonly<Record<SideName, Value>>;

/** An agreement as it is kept, with what is kept beside it. */
export interface StoredAgreement {
  readonly agreement: Agreement | null;
  readonly turns: TurnTaking;
  /** In which life of each end it was saved. */
  readonly generations: PerSide<number>;
  /** Keyed digests of what each end held at earlier saves, the newest last. */
  readonly past: PerSide<readonly string[]>;
}

/** How many earlier contents of an end are known again when its server is restored from a backup. */
const PAST = 50;
export const NEVER_AGREED: StoredAgreement = {
  agreement: null,
  turns: { lastDirection: null, alternations: 0, fields: null },
  generations: { parent: 0, child: 0 },
  past: { parent: [], child: [] },
};

/** Agreements: per link and record what each end held when they last agreed, field by field. Sealed. Written by push alone. */
export class AgreementRepository {
  private readonly rows = new Gathering(keyOf, (asked: readonly OnLink[]) => this.rowsOf(asked));

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async find(link: LinkId, record: RecordRef): Promise<StoredAgreement> {
    return (await this.findAll([link], record)).get(link) ?? NEVER_AGREED;
  }

  /** By link; links that never agreed on the record are not there. */
  async findAll(links: readonly LinkId[], record: RecordRef): Promise<ReadonlyMap<LinkId, StoredAgreement>> {
    const rows = await Promise.all(links.map((link) => this.rows.ask({ link, record })));
    return new Map(rows.flatMap((row) => (row === undefined ? [] : [[row.link, this.open(row, record)]])));
  }

  private async rowsOf(asked: readonly OnLink[]): Promise<ReadonlyMap<string, AgreementRow>> {
    const rows = await this.database.query<AgreementRow>(
      `select agreement.* from unnest($1::text[], $2::text[], $3::text[]) as asked (link, aggregate, uuid) join agreement using (link, aggregate, uuid)`,
      parametersOf(asked),
    );
    return new Map(rows.map((row) => [keyOf({ link: row.link, record: row }), row]));
  }

  /** Records that any of these links has agreed on, in a fixed order, behind the given one; of these aggregates alone, where they are named. */
  async agreedAfter(links: readonly LinkId[], after: RecordRef | null, most: number, only?: readonly Aggregate[]): Promise<readonly RecordRef[]> {
    return this.database.query<RecordRef & Record<string, unknown>>(
      `select distinct aggregate, uuid from agreement where link = any($1) and (aggregate, uuid) > ($2, $3) and ($5::text[] is null or aggregate = any($5)) order by aggregate, uuid limit $4`,
      [links, after?.aggregate ?? '', after?.uuid ?? '', most, only ?? null],
    );
  }

  /** The agreement under the transaction's record lock, as the last committed save left it. */
  async findForSave(tx: Tx, link: LinkId, record: RecordRef): Promise<StoredAgreement> {
    const row = await askInTx(tx, LOCKED, { link, record });
    return row === undefined ? NEVER_AGREED : this.open(row, record);
  }

  /** What the agreement still says of an end, given in which life that end is now and what it holds. */
  asOf(stored: StoredAgreement, side: SideName, generation: number, version: Version): Agreement | null {
    if (stored.agreement === null || generation <= stored.generations[side]) return stored.agreement;
    return inThisLife({ agreement: stored.agreement, side, version, isEarlier: stored.past[side].includes(this.vault.digest(contentOf(version))) });
  }

  /** Saves under a revision of its own, whatever the agreement's says; `held` is what the ends were seen with. */
  async save(
    tx: Tx,
    link: LinkId,
    record: RecordRef,
    agreement: Agreement,
    beside: { readonly before: StoredAgreement; readonly turns: TurnTaking; readonly generations: PerSide<number>; readonly held: PerSide<Version> | null },
  ): Promise<void> {
    const { before, turns, generations, held } = beside;
    const revision = (before.agreement?.revision ?? 0) + 1;
    const isWhole = held !== null && isAgreedInFull(agreement, held);
    const past = (side: SideName): string[] => (isWhole ? withNewest(before.past[side], this.vault.digest(contentOf(held[side]))) : [...before.past[side]]);
    await tx.query(
      `insert into agreement (link, aggregate, uuid, revision, shape, sealed, last_direction, alternations, alternating_fields, parent_generation, child_generation, parent_past, child_past)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
       on conflict (link, aggregate, uuid) do update set revision = excluded.revision, shape = excluded.shape, sealed = excluded.sealed,
         last_direction = excluded.last_direction, alternations = excluded.alternations, alternating_fields = excluded.alternating_fields,
         parent_generation = excluded.parent_generation, child_generation = excluded.child_generation, parent_past = excluded.parent_past, child_past = excluded.child_past, agreed_at = now()`,
      [
        link,
        record.aggregate,
        record.uuid,
        revision,
        SHAPE_VERSION,
        this.vault.seal({ ...agreement, revision }, agreementContext(link, record)),
        turns.lastDirection,
        turns.alternations,
        turns.fields,
        generations.parent,
        generations.child,
        past('parent'),
        past('child'),
      ],
    );
  }

  private open(row: AgreementRow, record: RecordRef): StoredAgreement {
    return {
      agreement: this.vault.open(row.sealed, agreementContext(row.link, record)) as Agreement,
      turns: { lastDirection: row.last_direction, alternations: row.alternations, fields: row.alternating_fields },
      generations: { parent: row.parent_generation, child: row.child_generation },
      past: { parent: row.parent_past, child: row.child_past },
    };
  }
}

/** Only what both ends held alike is known again after a restore: anything else may be an edit that nobody else has. */
const isAgreedInFull = (agreement: Agreement, held: PerSide<Version>): boolean =>
  isAsAgreed(agreement, 'parent', held.parent) &&
  isAsAgreed(agreement, 'child', held.child) &&
  isDeepStrictEqual(agreement.parent.fields, agreement.child.fields);

const withNewest = (past: readonly string[], digest: string): string[] => [...past.filter((one) => one !== digest), digest].slice(-PAST);

/** What binds an agreement to its row. */
export const agreementContext = (link: string, record: RecordRef): string => `agreement:${link}:${record.aggregate}:${record.uuid}`;
