import {
  BugError,
  MESSAGES,
  PARKED_REASONS,
  type ParkedReason,
  RecordRef,
  recordKey,
  type SiteId,
  STAGE_NAMES,
  STAGES,
  type StageName,
} from '@sync-hub/contracts';
import type { About, Envelope, Progress, Resend, RunnerStore, Settlement, Tx, Unsettled, Verdict } from '@sync-hub/messaging';
import { type Claiming, claimingKey, takeClaims } from '../claiming.js';
import type { Database } from '../database.js';
import { Gathering, grouped } from '../gathering.js';
import { lockRecords } from '../record-locks.js';
import { sayingAlong } from '../step-in-tx.js';
import type { ChangeRepository } from './change.repository.js';
import type { ConflictRepository } from './conflict.repository.js';
import type { JobRepository } from './job.repository.js';

const SITE_FACING = STAGE_NAMES.filter((name) => STAGES[name].queuePer === 'site');

/** A claim that ran out so often under one message, never given back, says that its handler had started and its process died each time. */
const CRASHES_BEFORE_PARKING = 5;

/** What every stage has settled is kept a little longer than a lost message is waited for, so that a copy on its heels is known for one. Longer, and the sweep has more to pass over. */
const KEPT_SECONDS = 15;

interface OutboxRow {
  message_id: string;
  type: string;
  site: string;
  payload: Record<string, unknown>;
  correlation_id: string;
  about: About | null;
  said_at: Date;
  sent_at: Date | null;
  not_before: Date | null;
  stage: StageName;
}

/** The runner's half of the database: inbox, outbox, claims, and the states that verdicts lead to. Written by the runner of every stage. */
export class PipelineStore implements RunnerStore {
  private readonly claims: Gathering<Claiming, number>;

  constructor(
    private readonly database: Database,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
    private readonly conflicts: ConflictRepository,
  ) {
    this.claims = new Gathering(claimingKey, (all) => takeClaims(database, all));
  }

  async progressOf(stage: StageName, envelopes: readonly Envelope[]): Promise<ReadonlyMap<string, Progress>> {
    const rows = await this.database.query<{ message_id: string; settled_at: Date | null; attempts: number }>(
      `select message_id, settled_at, attempts from inbox where stage = $1 and message_id = any($2)`,
      [stage, envelopes.map((envelope) => envelope.messageId)],
    );
    return new Map(rows.map((row) => [row.message_id, { settled: row.settled_at !== null, attempts: row.attempts }]));
  }

  async settle(stage: StageName, settlements: readonly Settlement[], holders: readonly string[]): Promise<readonly Envelope[]> {
    const { said } = await this.database.transaction(async (tx) => {
      const records = settlements.flatMap(({ envelope }) => recordOf(envelope));
      if (stage !== 'record') await lockRecords(tx, records);
      const fresh = await this.enterInbox(tx, stage, settlements);
      await this.actOnAll(tx, stage, fresh);
      await tx.query(`delete from claim where holder = any($1)`, [holders]);
    });
    return said;
  }

  async putOff(
    stage: StageName,
    envelope: Envelope,
    putOff: { readonly attempts: number; readonly notBefore: Date; readonly code: string },
    holder: string | null,
  ): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.query(
        `insert into inbox as row (stage, message_id, attempts, not_before, code) values ($1, $2, $3, $4, $5)
         on conflict (message_id, stage) do update set attempts = excluded.attempts, not_before = excluded.not_before, code = excluded.code where row.settled_at is null`,
        [stage, envelope.messageId, putOff.attempts, putOff.notBefore, putOff.code],
      );
      if (holder !== null) await tx.query(`delete from claim where holder = $1`, [holder]);
    });
  }

  async claim(holder: string, site: SiteId, record: RecordRef, leaseSeconds: number): Promise<boolean> {
    const crashes = await this.claims.ask({ holder, site, record, leaseSeconds });
    if (crashes !== undefined && crashes >= CRASHES_BEFORE_PARKING) {
      throw new BugError('a message ended its process again and again, and is parked', { site, record: record.uuid, crashes });
    }
    return crashes !== undefined;
  }

  /** Gives back what was claimed under that name by something that is no message. */
  async release(holder: string): Promise<void> {
    await this.database.write(`delete from claim where holder = $1 returning holder`, [holder]);
  }

  async markSent(messageIds: readonly string[]): Promise<void> {
    if (messageIds.length === 0) return;
    const sql = `update outbox set sent_at = now() where message_id in (select message_id from outbox where message_id = any($1) order by message_id for update)`;
    await this.database.write(sql, [messageIds]);
  }

  async unsettled(limit: number, { sentBefore, lyingIn }: Resend): Promise<readonly Unsettled[]> {
    const rows = await this.database.query<OutboxRow>(
      `with due as (
         select outbox.message_id, consumer.stage, null::timestamptz as not_before
         from outbox cross join unnest(outbox.consumers) as consumer (stage)
         where (sent_at is null or sent_at <= $3)
           and not exists (select 1 from inbox where inbox.message_id = outbox.message_id and inbox.stage = consumer.stage
             and (settled_at is not null or not_before is not null))
         union all
         select message_id, stage, not_before from inbox where settled_at is null and not_before <= now()
       )
       select message_id, type, outbox.site, payload, correlation_id, about, said_at, sent_at, due.not_before, due.stage
       from due join outbox using (message_id) left join site on site.id = outbox.site
       where ((site.state = 'up' and site.left_at is null) or not due.stage = any($2))
         and not exists (select 1 from claim where claim.message_id = outbox.message_id and claim.until > now())
         and (sent_at is null or due.not_before > sent_at or (sent_at <= $3 and not exists (
           select 1 from jsonb_to_recordset($4) as lying (stage text, site text) where lying.stage = due.stage and (lying.site is null or lying.site = outbox.site))))
       order by said_at, message_id limit $1`,
      [limit, SITE_FACING, sentBefore, JSON.stringify(lyingIn)],
    );
    return rows.map((row) => ({ envelope: envelopeOf(row), stage: row.stage, sentAt: row.sent_at, notBefore: row.not_before }));
  }

  async prune(limit: number): Promise<number> {
    const { result } = await this.database.transaction((tx) =>
      tx.query(
        `with done as (
           select message_id from outbox
           where said_at < now() - make_interval(secs => $3) and type = any($2) and not exists (
             select 1 from unnest(outbox.consumers) as consumer (stage)
             left join inbox on inbox.message_id = outbox.message_id and inbox.stage = consumer.stage
             where inbox.settled_at is null)
           order by said_at limit $1 for update skip locked
         ), pruned as (
           delete from inbox using done where inbox.message_id = done.message_id
         )
         delete from outbox using done where outbox.message_id = done.message_id returning outbox.message_id`,
        [limit, MESSAGES.map((message) => message.name), KEPT_SECONDS],
      ),
    );
    return result.length;
  }

  /** Inbox rows for all, in one order; what another copy settled first is left out. */
  private async enterInbox(tx: Tx, stage: StageName, settlements: readonly Settlement[]): Promise<readonly Settlement[]> {
    const ids = [...new Set(settlements.map(({ envelope }) => envelope.messageId))].sort();
    const rows = await tx.query<{ message_id: string }>(
      `insert into inbox as row (stage, message_id, settled_at) select $1, id, now() from unnest($2::text[]) as id order by id
       on conflict (message_id, stage) do update set settled_at = now() where row.settled_at is null returning message_id`,
      [stage, ids],
    );
    const entered = new Set(rows.map((row) => row.message_id));
    return settlements.filter(({ envelope }) => entered.delete(envelope.messageId));
  }

  /**
   * Those of one record one after the other, those of different records side by side, so that they ask together. All have come
   * to their end before the first failure is told: nothing is asked after the rollback.
   */
  private async actOnAll(tx: Tx, stage: StageName, settlements: readonly Settlement[]): Promise<void> {
    const byRecord = grouped(settlements, ({ envelope }) => recordOf(envelope).map(recordKey)[0] ?? envelope.messageId);
    const results = await Promise.allSettled(
      [...byRecord.values()].map(async (ofRecord) => {
        for (const settlement of ofRecord) await this.act(tx, stage, settlement);
      }),
    );
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
  }

  private async act(within: Tx, stage: StageName, { envelope, verdict, step }: Settlement): Promise<void> {
    const { subject } = STAGES[stage];
    const tx = stage === 'record' ? within : sayingAlong(within, { trace: envelope.trace, step });
    const round = Number(envelope.messageId.slice(envelope.messageId.lastIndexOf(':') + 1));
    switch (verdict.kind) {
      case 'skip':
        return;
      case 'forward':
        return verdict.effect(tx);
      case 'end-change':
        await verdict.effect(tx);
        return this.changes.end(tx, envelope.correlationId, round, { as: verdict.end, opened: verdict.opened, notAdmitted: verdict.notAdmitted });
      case 'end-job':
        return this.endJob(tx, envelope.correlationId, round, verdict);
      case 'look-again':
        await verdict.effect(tx);
        return this.sendBack(tx, envelope.correlationId, round);
      case 'hold':
        if (subject === 'job') return this.holdJob(tx, envelope.correlationId, round, verdict);
        if (subject !== 'change') return;
        if (await this.changes.park(tx, envelope.correlationId, round, { ...verdict, reason: parkedReason(verdict.reason) })) await verdict.effect(tx);
    }
  }

  /** Ends the job, unless the ends agreed on something while it was in hand: what it wrote is kept, and it looks again. */
  private async endJob(tx: Tx, jobId: string, round: number, verdict: Extract<Verdict, { kind: 'end-job' }>): Promise<void> {
    const isCurrent = await this.jobs.isCurrent(tx, jobId);
    await verdict.effect(tx);
    if (!isCurrent) return this.sendBack(tx, jobId, round);
    const ended = await this.jobs.end(tx, jobId, round, verdict);
    if (ended === null) return;
    const { job, marked } = ended;
    await this.conflicts.close(tx, job, verdict.outcome);
    if (!marked) return;
    await this.changes.open(tx, [
      { site: job.route.source, record: job.record },
      { site: job.route.target, record: job.record },
    ]);
  }

  private async holdJob(tx: Tx, jobId: string, round: number, verdict: Extract<Verdict, { kind: 'hold' }>): Promise<void> {
    const held = await this.jobs.hold(tx, jobId, round, verdict);
    if (held === null) return this.sendBack(tx, jobId, round);
    await verdict.effect(tx);
  }

  private async sendBack(tx: Tx, jobId: string, round: number): Promise<void> {
    const job = await this.jobs.sendBack(tx, jobId, round);
    if (job !== null) await this.changes.open(tx, [{ site: job.route.source, record: job.record }]);
  }
}

const parkedReason = (reason: string): ParkedReason => PARKED_REASONS.find((known) => known === reason) ?? 'broken';

/** The record a message names; none where its payload is unfit to read. */
function recordOf(envelope: Envelope): RecordRef[] {
  const parsed = RecordRef.safeParse(envelope.payload['record']);
  return parsed.success ? [parsed.data] : [];
}

const envelopeOf = (row: OutboxRow): Envelope => ({
  messageId: row.message_id,
  type: row.type,
  site: row.site,
  payload: row.payload,
  correlationId: row.correlation_id,
  timestamp: row.said_at,
  ...row.about,
});
