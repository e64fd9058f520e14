import {
  type Aggregate,
  type HeldState,
  JobEnded,
  JobHeld,
  type LinkId,
  METADATA,
  type Outcome,
  RecordMapped,
  type RecordRef,
  type SafeDetails,
  type SiteId,
} from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { askInTx } from '../ask-in-tx.js';
import type { Database } from '../database.js';
import { Gathering } from '../gathering.js';
import { keyOf, type OnLink } from '../on-link.js';
import { closeConflicts } from './close-conflicts.js';
import { ARM, type Arming, armParameters } from './job-arming.js';
import { beginRounds, CURRENT, forgetWaiters, OPEN_JOBS, type RoundOf, roundKey } from './job-groups.js';
import { type Job, type JobRow, jobOf, walkOfJob } from './job-row.js';

/** What a write came to, by names of fields; and what the target's versions before and after it are called, where that was seen. */
export interface WroteToTarget {
  readonly fields: readonly string[];
  readonly lost: readonly string[];
  readonly versions: { readonly before: string; readonly after: string } | null;
}

/** The names in a column and those given, each once. */
const union = (column: string, given: string): string => `array(select distinct name from unnest(${column} || ${given}::text[]) as name order by name)`;

/** What a person may have asked to be pulled has come to its target. */
const hasLanded = ({ aggregate, direction, outcome }: JobRow & { readonly outcome: Outcome }): boolean =>
  direction === 'pull' && PULLED.has(aggregate) && (outcome === 'pushed' || outcome === 'in-step');
const PULLED: ReadonlySet<Aggregate> = new Set<Aggregate>(['location', ...METADATA]);

/** Jobs: at most one open per route and record. Armed by map; ended, held and sent back by the runner's settlement of push. */
export class JobRepository {
  private readonly begun = new Gathering(roundKey, (rounds: readonly RoundOf[]) => beginRounds(this.database, rounds));
  private readonly open = new Gathering(keyOf, (asked: readonly OnLink[]) => OPEN_JOBS.answerAll(this.database, asked));

  constructor(private readonly database: Database) {}

  /**
   * Opens the route's job for the record, or arms the open one anew with this snapshot, whatever held it. Says `record.mapped`, unless
   * the message said last still lies unread: then that one will find this snapshot.
   */
  async arm(tx: Tx, arming: Arming): Promise<void> {
    const { route, record } = arming;
    const [row] = await tx.query<{ id: string; round: number; trace: string | null; says: boolean }>(ARM, armParameters(arming));
    if (row === undefined) return;
    tx.later(forgetWaiters, row.id);
    if (!row.says) return;
    const hangsOn = arming.patient === null ? {} : { patient: arming.patient.uuid };
    tx.say(RecordMapped, row.id, { jobId: row.id, round: row.round, record, link: route.link, site: route.target, ...hangsOn }, walkOfJob(row));
  }

  /**
   * The job as it is now, if this round of it is ready; `null` for a repeat. Commits the look-again counter as seen, so it is
   * called with the claim in hand and before the target is read.
   */
  async begin(jobId: string, round: number): Promise<Job | null> {
    const row = await this.begun.ask({ id: jobId, round });
    return row === undefined ? null : jobOf(row);
  }

  async find(jobId: string): Promise<Job | null> {
    const [row] = await this.database.query<JobRow>(`select * from job where id = $1`, [jobId]);
    return row === undefined ? null : jobOf(row);
  }

  /** Open jobs for the record on these links, either direction; under the record's lock when a transaction is given. */
  async openFor(links: readonly LinkId[], record: RecordRef, tx?: Tx): Promise<readonly Job[]> {
    if (tx === undefined) return (await Promise.all(links.map((link) => this.open.ask({ link, record })))).flatMap((rows) => (rows ?? []).map(jobOf));
    return (await Promise.all(links.map((link) => askInTx(tx, OPEN_JOBS, { link, record })))).flatMap((rows) => (rows ?? []).map(jobOf));
  }

  /** Notes the target's content that this round saw: a held job wakes when what it saw of either end has changed. */
  async sawTarget(tx: Tx, jobId: string, round: number, targetHash: string): Promise<void> {
    await tx.query(`update job set target_hash = $3 where id = $1 and round = $2 and state <> 'ended'`, [jobId, round, targetHash]);
  }

  /** Asks the job in flight to have both its ends looked at once more when it settles: a look at its target found this content there. */
  async mark(tx: Tx, jobId: string, contentHash: string): Promise<void> {
    await tx.query(`update job set look_again = look_again + 1, marked_hash = $2 where id = $1 and state <> 'ended'`, [jobId, contentHash]);
  }

  /** Keeps what the target held, for the conflict, and by which policies and rules it was judged. */
  async keepTarget(tx: Tx, jobId: string, round: number, snapshot: string, judgedBy: string | null): Promise<void> {
    await tx.query(`update job set target_snapshot = $3, judged_by = $4 where id = $1 and round = $2 and state <> 'ended'`, [jobId, round, snapshot, judgedBy]);
  }

  /** Is the agreement still the one that was known when the job's source was read? */
  async isCurrent(tx: Tx, jobId: string): Promise<boolean> {
    return (await askInTx(tx, CURRENT, jobId)) === true;
  }

  /** Notes what a write of the job came to, whatever becomes of the round that did it: it ends as `pushed`, though its last round found nothing to do. */
  async wrote(tx: Tx, jobId: string, { fields, lost, versions }: WroteToTarget): Promise<void> {
    await tx.query(
      `update job set written = ${union('written', '$2')}, lost = ${union('lost', '$3')}, version_before = coalesce(version_before, $4), version_after = coalesce($5, version_after) where id = $1`,
      [jobId, [...fields], [...lost], versions?.before ?? null, versions?.after ?? null],
    );
  }

  /** Ends the job, with all that its rounds wrote. Answers the row, with whether a newcomer asked for another look; `null` when this round is no longer the one in hand. */
  async end(
    tx: Tx,
    jobId: string,
    round: number,
    end: { readonly outcome: Outcome; readonly fields: readonly string[]; readonly lost: readonly string[] },
  ): Promise<{ readonly job: Job; readonly marked: boolean } | null> {
    const [row] = await tx.query<JobRow & { outcome: Outcome; written: string[]; lost: string[] }>(
      `update job set state = 'ended', outcome = case when $3::text = 'in-step' and cardinality(written) > 0 then 'pushed' else $3::text end,
         written = ${union('written', '$4')}, lost = ${union('lost', '$5')}, ended_at = now(), held_at = null, reason = null, code = null
       where id = $1 and round = $2 and state = 'ready' returning *`,
      [jobId, round, end.outcome, [...end.fields], [...end.lost]],
    );
    if (row === undefined) return null;
    const job = jobOf(row);
    if (hasLanded(row)) await tx.query(`delete from metadata_pull where link = $1 and kind = $2 and uuid = $3`, [row.link, row.aggregate, row.uuid]);
    const versions = row.version_before === null || row.version_after === null ? {} : { versionBefore: row.version_before, versionAfter: row.version_after };
    const names = { fields: row.written, lost: row.lost };
    const said = { jobId, round, record: job.record, link: job.route.link, site: job.route.target, outcome: row.outcome, ...names, ...versions };
    tx.say(JobEnded, jobId, said, walkOfJob(row));
    return { job, marked: row.look_again !== row.looked };
  }

  /** Holds the job, unless a newcomer asked for another look (and found at its target something else than the job saw there) or the ends agreed on something meanwhile; `null` then, or when the round is no longer the one in hand. */
  async hold(
    tx: Tx,
    jobId: string,
    round: number,
    hold: { readonly held: HeldState; readonly reason: string; readonly code: string; readonly details: SafeDetails; readonly saw: string | null },
  ): Promise<Job | null> {
    const [row] = await tx.query<JobRow>(
      `update job set state = $3, reason = $4, code = $5, details = $6, held_at = now(), target_hash = coalesce($7, target_hash)
       where id = $1 and round = $2 and state = 'ready' and (look_again = looked or marked_hash = $7)
         and read_at_revision = coalesce((select revision from agreement where agreement.link = job.link and agreement.aggregate = job.aggregate and agreement.uuid = job.uuid), 0)
       returning *`,
      [jobId, round, hold.held, hold.reason, hold.code, JSON.stringify(hold.details), hold.saw],
    );
    if (row === undefined) return null;
    const job = jobOf(row);
    const why = { held: hold.held, reason: hold.reason, code: hold.code, details: { ...hold.details } };
    tx.say(JobHeld, jobId, { jobId, round, record: job.record, link: job.route.link, site: job.route.target, ...why }, walkOfJob(row));
    return job;
  }

  /** Sends the job back to the fetcher: it stays open until its source was looked at again. */
  async sendBack(tx: Tx, jobId: string, round: number): Promise<Job | null> {
    const [row] = await tx.query<JobRow>(`update job set state = 'looking' where id = $1 and round = $2 and state = 'ready' returning *`, [jobId, round]);
    return row === undefined ? null : jobOf(row);
  }

  /** Ends an open job that is no longer admitted, whatever its state, without a push. */
  async filter(tx: Tx, job: Pick<Job, 'id'>): Promise<void> {
    await this.close(tx, job.id, 'filtered');
  }

  /** Ends an open job whose record is known by another name at its source from now on, whatever its state. */
  async supersede(tx: Tx, jobId: string): Promise<void> {
    await this.close(tx, jobId, 'superseded');
  }

  /** Ends the jobs that a conflict holds, in either direction: a person lets both ends stay as they are. */
  async discardHeld(tx: Tx, { link, record }: OnLink): Promise<void> {
    const rows = await tx.query<{ id: string }>(`select id from job where link = $1 and aggregate = $2 and uuid = $3 and state = 'conflict' order by id`, [
      link,
      record.aggregate,
      record.uuid,
    ]);
    for (const { id } of rows) await this.close(tx, id, 'discarded');
  }

  /** Did a person let both ends stay as they are, with just what the job's source holds and this at its target? Only the last conflict of the record counts. */
  async isDismissed(jobId: string, targetHash: string): Promise<boolean> {
    const [row] = await this.database.query<{ dismissed: boolean }>(
      `select closed_as is not distinct from 'dismissed' and source.content_hash = now_source.content_hash and target.content_hash = $2 as dismissed
       from job join conflict using (link, aggregate, uuid) join snapshot as now_source on now_source.id = job.source_snapshot
         join snapshot as source on source.id = case when job.direction = 'pull' then parent_snapshot else child_snapshot end
         join snapshot as target on target.id = case when job.direction = 'pull' then child_snapshot else parent_snapshot end
       where job.id = $1 order by conflict.opened_at desc limit 1`,
      [jobId, targetHash],
    );
    return row?.dismissed === true;
  }

  /** Has somebody answered the record's conflict on the link who was shown just these records, as a digest, that a void takes along? */
  async mayTake(jobId: string, takes: string): Promise<boolean> {
    const rows = await this.database.query(
      `select 1 from job join conflict using (link, aggregate, uuid) join conflict_answer on conflict_answer.id = conflict.answer
       where job.id = $1 and closed_at is null and ended_as = 'applied' and takes = $2`,
      [jobId, takes],
    );
    return rows.length > 0;
  }

  /** Ends a job that a person wants no more. False where it has ended already. */
  async discard(tx: Tx, jobId: string): Promise<boolean> {
    return this.close(tx, jobId, 'discarded');
  }

  private async close(tx: Tx, jobId: string, outcome: Outcome): Promise<boolean> {
    const [row] = await tx.query<JobRow>(
      `update job set state = 'ended', outcome = $2, ended_at = now(), held_at = null where id = $1 and state <> 'ended' returning *`,
      [jobId, outcome],
    );
    if (row === undefined) return false;
    await tx.query(`delete from waiter where job_id = $1`, [jobId]);
    const { record, route } = jobOf(row);
    tx.later(closeConflicts, { link: route.link, record, as: outcome, jobId });
    tx.say(JobEnded, jobId, { jobId, round: row.round, record, link: route.link, site: route.target, outcome, fields: [], lost: [] }, walkOfJob(row));
    return true;
  }

  /** Lets go of the snapshots of jobs that ended so long ago; what a write overwrote stays with its intent. Returns how many jobs. */
  async releaseSnapshots(tx: Tx, endedBeforeSeconds: number, limit: number): Promise<number> {
    const rows = await tx.query(
      `update job set source_snapshot = null, target_snapshot = null, source_sights = '{}' where id in (
         select id from job where state = 'ended' and ended_at < now() - make_interval(secs => $1) and source_snapshot is not null
         order by ended_at limit $2 for update skip locked)
       returning id`,
      [endedBeforeSeconds, limit],
    );
    return rows.length;
  }

  /** Names what blocks a waiting job. */
  async nameBlocker(tx: Tx, target: SiteId, reference: RecordRef, blockedBy: string): Promise<void> {
    await tx.query(`update waiter set blocked_by = $4 where target = $1 and aggregate = $2 and uuid = $3`, [
      target,
      reference.aggregate,
      reference.uuid,
      blockedBy,
    ]);
    await tx.query(
      `update job set details = job.details || jsonb_build_object('blockedBy', $4::text) from waiter
       where waiter.job_id = job.id and job.state = 'waiting' and waiter.target = $1 and waiter.aggregate = $2 and waiter.uuid = $3`,
      [target, reference.aggregate, reference.uuid, blockedBy],
    );
  }
}
