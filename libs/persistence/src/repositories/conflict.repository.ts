import type { LinkId, Outcome, RecordRef } from '@sync-hub/contracts';
import type { Agreement } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { type Database, newId } from '../database.js';
import type { Vault } from '../vault.js';
import { afterAsking, type OpenConflict } from './after-asking.js';
import { closeConflicts } from './close-conflicts.js';
import { sayShownAgain } from './conflict-row.js';
import type { Job } from './job-row.js';

/** Conflicts: one open per link and record, with every version of it. Opened by open-conflict; closed by the settlement that finds the ends agreeing. */
export class ConflictRepository {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Opens the conflict, or shows the open one the newest versions. `targetSnapshot` is what the job kept. Nothing where the job has moved on, or asked before the last answer. */
  async open(tx: Tx, job: Job, found: { readonly reason: string; readonly fields: readonly string[]; readonly agreement: Agreement | null }): Promise<void> {
    const [asked] = await tx.query<{ parent: string; child: string }>(
      `select case when direction = 'pull' then source_snapshot else target_snapshot end as parent, case when direction = 'pull' then target_snapshot else source_snapshot end as child
       from job where id = $1 and state = 'conflict' and round = $2 and target_snapshot is not null`,
      [job.id, job.round],
    );
    if (asked === undefined) return;
    const { link } = job.route;
    const base = found.agreement === null ? null : this.vault.seal(found.agreement, contextOf(link, job.record));
    const written = [job.id, found.reason, [...found.fields], asked.parent, asked.child, found.agreement?.revision ?? 0, base];
    const open = await this.openOn(tx, link, job.record, asked);
    if (open === null) {
      await tx.query(
        `insert into conflict (id, link, aggregate, uuid, job_id, reason, fields, parent_snapshot, child_snapshot, agreement_revision, agreement_sealed)
         values ($8, $9, $10, $11, $1, $2, $3, $4, $5, $6, $7)`,
        [...written, newId(), link, job.record.aggregate, job.record.uuid],
      );
      return;
    }
    const after = afterAsking(open, { reason: found.reason, fields: found.fields, readAtRevision: job.readAtRevision });
    if (after === 'old-news') return;
    await tx.query(
      `update conflict set job_id = $1, reason = $2, fields = $3, parent_snapshot = $4, child_snapshot = $5, agreement_revision = $6, agreement_sealed = $7,
         versions = versions + $9, updated_at = case when $9 > 0 then now() else updated_at end, answer = case when $10 then null else answer end where id = $8`,
      [...written, open.id, after.isNew ? 1 : 0, after.isShownAgain],
    );
    if (after.isShownAgain) await sayShownAgain(tx, open.id, found.reason);
  }

  /** Has somebody let both ends of the link stay just as they are now? By the digests of what they hold. */
  async isDismissed({ route: { link, direction }, record }: Pick<Job, 'route' | 'record'>, sourceHash: string, targetHash: string): Promise<boolean> {
    const [row] = await this.database.query<{ dismissed: boolean }>(
      `select closed_as is not distinct from 'dismissed' and source.content_hash = $5 and target.content_hash = $6 as dismissed from conflict
         join snapshot as source on source.id = case when $4 = 'pull' then parent_snapshot else child_snapshot end
         join snapshot as target on target.id = case when $4 = 'pull' then child_snapshot else parent_snapshot end
       where link = $1 and conflict.aggregate = $2 and conflict.uuid = $3 order by conflict.opened_at desc limit 1`,
      [link, record.aggregate, record.uuid, direction, sourceHash, targetHash],
    );
    return row?.dismissed === true;
  }

  /** Closes the record's conflict on the link: this job ended there without one. `as` is its outcome. */
  async close(tx: Tx, job: Pick<Job, 'id' | 'route' | 'record'>, as: Outcome): Promise<void> {
    tx.later(closeConflicts, { link: job.route.link, record: job.record, as, jobId: job.id });
  }

  async countOpen(): Promise<number> {
    const [row] = await this.database.query<{ count: string }>(`select count(*) from conflict where closed_at is null`);
    return Number(row?.count ?? 0);
  }

  private async openOn(tx: Tx, link: LinkId, record: RecordRef, asked: { readonly parent: string; readonly child: string }): Promise<OpenConflict | null> {
    const [row] = await tx.query<OpenRow>(
      `select conflict.id, conflict.reason, conflict.fields, answered_revision, answer is not null as is_answered, ended_as is not distinct from 'applied' as is_applied,
              (select count(distinct content_hash) = 1 from snapshot where id in (parent_snapshot, $4)) and (select count(distinct content_hash) = 1 from snapshot where id in (child_snapshot, $5)) as same
       from conflict left join conflict_answer on conflict_answer.id = conflict.answer
       where link = $1 and aggregate = $2 and uuid = $3 and closed_at is null for update of conflict`,
      [link, record.aggregate, record.uuid, asked.parent, asked.child],
    );
    if (row === undefined) return null;
    const { answered_revision: answeredRevision, is_answered: isAnswered, is_applied: isApplied, same: holdsTheSame, ...kept } = row;
    return { ...kept, fields: kept.fields, answeredRevision, isAnswered, isApplied, holdsTheSame };
  }
}

interface OpenRow {
  readonly id: string;
  readonly reason: string;
  readonly fields: readonly string[];
  readonly answered_revision: number;
  readonly is_answered: boolean;
  readonly is_applied: boolean;
  readonly same: boolean;
}

/** What binds a conflict's agreement to its row. */
export const contextOf = (link: LinkId, record: RecordRef): string => `conflict:${link}:${record.uuid}`;
