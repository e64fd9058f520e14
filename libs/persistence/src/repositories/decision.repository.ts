import { type LinkId, type RecordRef } from '@sync-hub/contracts';
import type { Decision } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { askInTx, type KindInTx } from '../ask-in-tx.js';
import { type Database, newId } from '../database.js';
import { Gathering, grouped } from '../gathering.js';
import { keyOf, type OnLink, parametersOf } from '../on-link.js';
import type { Vault } from '../vault.js';

interface DecisionRow extends RecordRef {
  readonly id: string;
  readonly sealed: Buffer;
  readonly link: LinkId;
}

const DECISIONS: KindInTx<OnLink, readonly DecisionRow[], Pick<Tx, 'query'>> = {
  keyOf,
  answerAll: async (on, asked) => {
    const rows = await on.query<DecisionRow>(
      `select decision.id, sealed, link, aggregate, uuid from unnest($1::text[], $2::text[], $3::text[]) as asked (link, aggregate, uuid) join decision using (link, aggregate, uuid)
       where ended_at is null order by decided_at`,
      parametersOf(asked),
    );
    return grouped(rows, (row) => keyOf({ link: row.link, record: row }));
  },
};

/** Decisions: what people, and policies, have decided of a record's fields on a link, until both ends hold it. Sealed. Written by apply-answer and push. */
export class DecisionRepository {
  private readonly decisions = new Gathering(keyOf, (asked: readonly OnLink[]) => DECISIONS.answerAll(this.database, asked));

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Open decisions on the record's fields: an input of the merge. */
  async decisionsFor(link: LinkId, record: RecordRef, tx?: Tx): Promise<readonly Decision[]> {
    const asked = { link, record };
    const rows = await (tx === undefined ? this.decisions.ask(asked) : askInTx(tx, DECISIONS, asked));
    return (rows ?? []).flatMap((row) => this.vault.open(row.sealed, `decision:${row.id}`) as Decision[]);
  }

  /** Keeps what is left of the decisions after a round: narrowed to what they have reached, or over. */
  async keepDecisions(tx: Tx, link: LinkId, record: RecordRef, before: readonly Decision[], after: readonly Decision[]): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    await this.replace(tx, link, record, after, null);
  }

  /** From now on these are all the decisions on the record's fields, the last of them somebody's. */
  async decide(tx: Tx, link: LinkId, record: RecordRef, decisions: readonly Decision[], by: string): Promise<void> {
    await this.replace(tx, link, record, decisions, by);
  }

  private async replace(tx: Tx, link: LinkId, record: RecordRef, decisions: readonly Decision[], by: string | null): Promise<void> {
    const ended = await tx.query<{ decided_by: string }>(
      `update decision set ended_at = now() where link = $1 and aggregate = $2 and uuid = $3 and ended_at is null returning decided_by`,
      [link, record.aggregate, record.uuid],
    );
    if (decisions.length === 0) return;
    const id = newId();
    await tx.query(`insert into decision (id, link, aggregate, uuid, sealed, decided_by) values ($1, $2, $3, $4, $5, $6)`, [
      id,
      link,
      record.aggregate,
      record.uuid,
      this.vault.seal(decisions, `decision:${id}`),
      by ?? ended[0]?.decided_by ?? 'nobody',
    ]);
  }
}
