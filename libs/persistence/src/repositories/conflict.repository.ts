import { type LinkId, type Outcome, type RecordRef } from '@sync-hub/contracts';
import type { Agreement, Decision } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { askInTx, type KindInTx } from '../ask-in-tx.js';
import { type Database, newId } from '../database.js';
import { Gathering, grouped } from '../gathering.js';
import { keyOf, type OnLink, parametersOf } from '../on-link.js';
import type { Vault } from '../vault.js';
import type { Job } from './job-row.js';

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

interface Closing extends OnLink {
  readonly as: Outcome;
}

async function closeAll(tx: Pick<Tx, 'query'>, closings: readonly Closing[]): Promise<void> {
  await tx.query(
    `update conflict set closed_at = now(), closed_as = closing.closed_as from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as closing (link, aggregate, uuid, closed_as)
     where conflict.link = closing.link and conflict.aggregate = closing.aggregate and conflict.uuid = closing.uuid and closed_at is null`,
    [...parametersOf(closings), closings.map((closing) => closing.as)],
  );
}

/** Conflicts: one open per link and record, with every version of it. Opened by open-conflict; closed by the settlement that finds the ends agreeing. */
export class ConflictRepository {
  private readonly decisions = new Gathering(keyOf, (asked: readonly OnLink[]) => DECISIONS.answerAll(this.database, asked));

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Opens the conflict, or shows the open one the newest versions. `targetSnapshot` is what the job kept. Nothing where the job has moved on. */
  async open(tx: Tx, job: Job, found: { readonly reason: string; readonly fields: readonly string[]; readonly agreement: Agreement | null }): Promise<void> {
    const id = newId();
    const base = found.agreement === null ? null : this.vault.seal(found.agreement, `conflict:${job.route.link}:${job.record.uuid}`);
    await tx.query(
      `insert into conflict as open (id, link, aggregate, uuid, job_id, reason, fields, parent_snapshot, child_snapshot, agreement_revision, agreement_sealed)
       select $1, job.link, job.aggregate, job.uuid, job.id, $3, $4,
              case when job.direction = 'pull' then job.source_snapshot else job.target_snapshot end,
              case when job.direction = 'pull' then job.target_snapshot else job.source_snapshot end, $5, $6
       from job where job.id = $2 and job.state = 'conflict' and job.round = $7 and job.target_snapshot is not null
       on conflict (link, aggregate, uuid) where closed_at is null do update set
         job_id = excluded.job_id, reason = excluded.reason, fields = excluded.fields, parent_snapshot = excluded.parent_snapshot, child_snapshot = excluded.child_snapshot,
         agreement_revision = excluded.agreement_revision, agreement_sealed = excluded.agreement_sealed, versions = open.versions + 1, updated_at = now()`,
      [id, job.id, found.reason, [...found.fields], found.agreement?.revision ?? 0, base, job.round],
    );
  }

  /** Closes the record's conflict on the link: a job ended there without one. `as` is its outcome. */
  async close(tx: Tx, link: LinkId, record: RecordRef, as: Outcome): Promise<void> {
    tx.later(closeAll, { link, record, as });
  }

  async countOpen(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`select count(*) from conflict where closed_at is null`);
    return Number(row?.count ?? 0);
  }

  /** Open decisions on the record's fields: an input of the merge. */
  async decisionsFor(link: LinkId, record: RecordRef, tx?: Tx): Promise<readonly Decision[]> {
    const asked = { link, record };
    const rows = await (tx === undefined ? this.decisions.ask(asked) : askInTx(tx, DECISIONS, asked));
    return (rows ?? []).flatMap((row) => this.vault.open(row.sealed, `decision:${row.id}`) as Decision[]);
  }

  /** Keeps what is left of the decisions after a round: narrowed to what they have reached, or over. */
  async keepDecisions(tx: Tx, link: LinkId, record: RecordRef, before: readonly Decision[], after: readonly Decision[]): Promise<void> {
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    const ended = await tx.query<{ decided_by: string }>(
      `update decision set ended_at = now() where link = $1 and aggregate = $2 and uuid = $3 and ended_at is null returning decided_by`,
      [link, record.aggregate, record.uuid],
    );
    if (after.length === 0) return;
    const id = newId();
    await tx.query(`insert into decision (id, link, aggregate, uuid, sealed, decided_by) values ($1, $2, $3, $4, $5, $6)`, [
      id,
      link,
      record.aggregate,
      record.uuid,
      this.vault.seal(after, `decision:${id}`),
      ended[0]?.decided_by ?? 'nobody',
    ]);
  }
}
