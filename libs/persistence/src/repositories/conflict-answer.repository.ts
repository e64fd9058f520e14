import { AnswerGiven, type LinkId, type RecordRef, type SiteId } from '@sync-hub/contracts';
import { type Decision, fieldNames } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { newId } from '../database.js';
import { lockRecords } from '../record-locks.js';
import type { Vault } from '../vault.js';
import { type ConflictRow, conflictIn, noteContext, sayMoved, sayShownAgain } from './conflict-row.js';
import type { JobRepository } from './job.repository.js';

/** An answer that has not ended, with the conflict as it is now. */
export interface PendingAnswer {
  readonly id: string;
  readonly conflictId: string;
  readonly link: LinkId;
  readonly record: RecordRef;
  readonly ends: readonly [parent: SiteId, child: SiteId];
  readonly by: string;
  readonly decisions: readonly Decision[];
  /** Is the conflict still open, at the version that was answered, and has nobody answered it since? */
  readonly standing: 'applies' | 'stale' | 'closed';
}

/** Who does something to a conflict, and what they wrote to it. */
export interface Act {
  readonly by: string;
  readonly note?: string;
  /** Of an answer, where it may be given again. */
  readonly id?: string;
  /** Is an answer none where somebody has given one that is still on its way? */
  readonly unlessAnswered?: boolean;
}

interface AnswerRow {
  readonly id: string;
  readonly sealed: Buffer;
  readonly answered_by: string;
  readonly is_standing: boolean;
}

/** What people do to conflicts: answers, owners, notes. Answers and notes are sealed. Written by the desk, answers also by apply-answer. */
export class ConflictAnswerRepository {
  constructor(
    private readonly vault: Vault,
    private readonly jobs: JobRepository,
  ) {}

  /** Keeps an answer to this version of the conflict, and says so; null, and nothing is kept, where it is not open at that version any more, or not to be given over another. */
  async give(tx: Tx, conflict: ConflictRow, decisions: readonly Decision[], { by, note, id = newId(), unlessAnswered = false }: Act): Promise<string | null> {
    const { aggregate, uuid, link } = conflict;
    await lockRecords(tx, [{ aggregate, uuid }]);
    const [open] = await tx.query<{ number: string }>(
      `update conflict set answer = $3 where id = $1 and closed_at is null and versions = $2 and (answer is null or not $4)
       returning (select count(*) + 1 from conflict_answer where conflict_id = $1) as number`,
      [conflict.id, conflict.versions, id, unlessAnswered],
    );
    if (open === undefined) return null;
    const fields = fieldNames(decisions.map(({ path }) => path));
    await tx.query(
      `insert into conflict_answer (id, conflict_id, number, version, sealed, fields, takes, answered_by)
       values ($1, $2, $3, $4, $5, $6, (select details ->> 'takes' from job where id = $8), $7)`,
      [id, conflict.id, Number(open.number), conflict.versions, this.vault.seal(decisions, contextOf(id)), fields, by, conflict.job_id],
    );
    await tx.query(`insert into conflict_note (conflict_id, what, by, sealed) values ($1, 'answered', $2, $3)`, [
      conflict.id,
      by,
      this.sealedNote(conflict.id, note),
    ]);
    tx.say(AnswerGiven, conflict.id, {
      conflictId: conflict.id,
      answerId: id,
      round: Number(open.number),
      record: { aggregate, uuid },
      link,
      site: conflict.target,
      jobId: conflict.job_id,
      by,
      fields,
    });
    return id;
  }

  /** The answer, if nothing has become of it yet, under its record's lock; null for a repeat. */
  async pending(tx: Tx, answerId: string): Promise<PendingAnswer | null> {
    const [answer] = await tx.query<AnswerRow & { conflict_id: string }>(
      `select answer.id, answer.conflict_id, answer.sealed, answered_by, conflict.versions = answer.version and conflict.answer = answer.id as is_standing
       from conflict_answer as answer join conflict on conflict.id = answer.conflict_id where answer.id = $1 and answer.ended_at is null for update`,
      [answerId],
    );
    if (answer === undefined) return null;
    const conflict = await conflictIn(tx, answer.conflict_id);
    if (conflict === null) return null;
    return {
      id: answer.id,
      conflictId: conflict.id,
      link: conflict.link,
      record: { aggregate: conflict.aggregate, uuid: conflict.uuid },
      ends: [conflict.parent, conflict.child],
      by: answer.answered_by,
      decisions: this.vault.open(answer.sealed, contextOf(answer.id)) as Decision[],
      standing: conflict.closed_at !== null ? 'closed' : answer.is_standing ? 'applies' : 'stale',
    };
  }

  /** It is among the inputs of the merge from this revision of the agreement on. */
  async applied(tx: Tx, answer: PendingAnswer, revision: number): Promise<void> {
    await tx.query(`update conflict_answer set ended_at = now(), ended_as = 'applied' where id = $1`, [answer.id]);
    await tx.query(`update conflict set answered_revision = $2 where id = $1`, [answer.conflictId, revision]);
  }

  /** It came too late: the conflict is shown again as it is now, unless it is closed or somebody has answered since. */
  async passedOver(tx: Tx, answer: PendingAnswer): Promise<void> {
    await tx.query(`update conflict_answer set ended_at = now(), ended_as = $2 where id = $1`, [answer.id, answer.standing]);
    const rows = await tx.query(`update conflict set answer = null where id = $1 and answer = $2 and closed_at is null returning id`, [
      answer.conflictId,
      answer.id,
    ]);
    if (rows.length > 0) await sayShownAgain(tx, answer.conflictId, 'changed-since');
  }

  /** Somebody takes the conflict for `owner`, or gives it back where that is null. False where it is not open. */
  async assign(tx: Tx, id: string, owner: string | null, { by }: Act): Promise<boolean> {
    const open = await tx.query(`update conflict set owner = $2 where id = $1 and closed_at is null returning id`, [id, owner]);
    return open.length > 0 && this.moved(tx, id, { what: 'assigned', by, note: owner ?? undefined });
  }

  /** Somebody notes something, of a closed one too. False where there is none. */
  async note(tx: Tx, id: string, { by, note }: Act): Promise<boolean> {
    return this.moved(tx, id, { what: 'noted', by, note });
  }

  /**
   * Both ends stay as they were seen: what was held ends as discarded, who waits behind it is told, and what was decided of some fields is decided no more. False
   * where the conflict is not open, an answer is being carried out, or an end has changed since that version.
   */
  async dismiss(tx: Tx, { id, link, aggregate, uuid }: ConflictRow, { by, note, version }: Act & { readonly version?: number | undefined }): Promise<boolean> {
    const record = { aggregate, uuid };
    await lockRecords(tx, [record]);
    const open = await tx.query(
      `update conflict set closed_at = now(), closed_as = 'dismissed' where id = $1 and closed_at is null and answer is null and versions = coalesce($2, versions) returning id`,
      [id, version ?? null],
    );
    if (open.length === 0) return false;
    await tx.query(`update decision set ended_at = now() where link = $1 and aggregate = $2 and uuid = $3 and ended_at is null`, [link, aggregate, uuid]);
    await this.jobs.discardHeld(tx, { link, record });
    return this.moved(tx, id, { what: 'dismissed', by, note });
  }

  private async moved(
    tx: Tx,
    id: string,
    { what, by, note }: { readonly what: 'assigned' | 'noted' | 'dismissed'; readonly by: string; readonly note: string | undefined },
  ): Promise<boolean> {
    const row = await conflictIn(tx, id);
    if (row === null) return false;
    await sayMoved(tx, row, { what, by, sealed: this.sealedNote(id, note) });
    return true;
  }

  private sealedNote(id: string, text: string | undefined): Buffer | null {
    return text === undefined || text === '' ? null : this.vault.seal(text, noteContext(id));
  }
}

const contextOf = (answerId: string): string => `conflict-answer:${answerId}`;
