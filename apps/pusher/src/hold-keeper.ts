import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { CanonicalRecord, Reference } from '@sync-hub/categories';
import { ConflictFound, recordKey, type SafeDetails } from '@sync-hub/contracts';
import { fieldNames, otherSide, PRESENCE } from '@sync-hub/merge';
import { endJob, hold, type Tx, type Verdict } from '@sync-hub/messaging';
import { ChangeRepository, type ClosedClass, FOR_PEOPLE, JobRepository, lockRecords, SnapshotRepository, WaiterRepository } from '@sync-hub/persistence';
import { shutOut } from '@sync-hub/runtime';
import type { Round } from './bases.js';
import { RoundKeeper, type Written } from './round-keeper.js';

/** What a person is asked, and by which policies and rules it was judged before; `undefined` where it is none of what they decide. */
interface Asked {
  readonly reason: string;
  readonly paths: readonly string[];
  readonly judgedBy?: string | null;
}

/** Writes down why a job is held, and what will wake it. Each verb is one effect, and runs only where the hold stands. */
@Injectable()
export class HoldKeeper {
  constructor(
    private readonly jobs: JobRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly waiters: WaiterRepository,
    private readonly changes: ChangeRepository,
    private readonly rounds: RoundKeeper,
  ) {}

  /** The site does not take such a record from us, and nothing is sent: it goes on with the others of its class when that opens. */
  shut(round: Round, closed: ClosedClass): Verdict {
    return { ...shutOut(closed, this.seen(round.held)), effect: (tx) => this.rounds.keepBasis(tx, round) };
  }

  /** A person must choose: both versions are kept, the conflict is told of, and what became of unanswered writes is not forgotten. */
  private async ask(tx: Tx, round: Round, asked: Asked): Promise<void> {
    await this.tell(tx, round, asked, round.held);
    await this.rounds.keepBasis(tx, round);
  }

  /**
   * A person must choose; unless somebody has let both ends stay just as they are: then the job ends, and nothing is opened that was dismissed. What has
   * changed since at either end is asked about anew.
   */
  async asking(round: Round, asked: Asked, more: SafeDetails = {}): Promise<Verdict> {
    const saw = this.seen(round.held);
    if (await this.isDismissed(round)) return endJob('discarded', (tx) => this.rounds.keepBasis(tx, round));
    return hold('conflict', asked.reason, asked.reason, {
      details: { fields: fieldNames(asked.paths), ...more },
      effect: (tx) => this.ask(tx, round, asked),
      saw,
    });
  }

  /** A void would take others along that nobody has deleted: a person must choose, unless somebody who was shown just these has decided that it shall. */
  async askingToTake(round: Round, others: readonly string[]): Promise<Verdict | null> {
    const takes = createHash('sha256')
      .update([...others].sort().join('\n'))
      .digest('base64url');
    const isDecided = round.basis.decisions.some(({ path, value }) => path === PRESENCE && value === 'voided');
    if (isDecided && (await this.jobs.mayTake(round.job.id, takes))) return null;
    return this.asking(round, { reason: 'void-would-take-others', paths: [PRESENCE] }, { others: others.slice(0, 20), takes });
  }

  /** Did a person let both ends stay just as they are? */
  isDismissed({ job, held }: Round): Promise<boolean> {
    return this.jobs.isDismissed(job.id, this.seen(held));
  }

  private async tell(tx: Tx, round: Round, asked: Asked, target: CanonicalRecord): Promise<void> {
    const { job, known } = round;
    const snapshot = await this.snapshots.keep(tx, job.route.target, known.generations[otherSide(known.sourceIs)], target);
    await this.jobs.keepTarget(tx, job.id, job.round, snapshot, asked.judgedBy === undefined ? FOR_PEOPLE : asked.judgedBy);
    tx.say(ConflictFound, job.id, {
      jobId: job.id,
      round: job.round,
      record: job.record,
      link: job.route.link,
      site: job.route.target,
      reason: asked.reason,
      fields: fieldNames(asked.paths),
    });
  }

  /** Somebody else wrote to the target beside us (`Advanced.third`). What else was written is agreed. */
  async third(tx: Tx, round: Round, outcome: Written): Promise<void> {
    await this.tell(tx, round, { reason: 'third-value', paths: outcome.advanced.third }, outcome.written);
    await this.rounds.wrote(tx, round, outcome, false);
  }

  /**
   * The job waits for what the target lacks. Records are fetched at once on its behalf; metadata a person must add. Under the locks
   * of what it waits for, so that a landing since we looked is not missed.
   */
  async wait(tx: Tx, round: Round, missing: readonly Reference[], checkedAt: Date): Promise<void> {
    const { job } = round;
    await this.waiters.add(tx, job.id, job.route.target, missing);
    const records = missing.flatMap(({ aggregate, uuid }) => (aggregate === null ? [] : [{ aggregate, uuid }]));
    await lockRecords(tx, records);
    const isThereNow = await this.waiters.landedSince(tx, job.route.link, missing, checkedAt);
    await this.changes.open(tx, [
      ...records.filter((record) => recordKey(record) !== recordKey(job.record)).map((record) => ({ site: job.route.source, record, onBehalf: true })),
      ...(isThereNow ? [{ site: job.route.source, record: job.record, forced: true }] : []),
    ]);
    await this.rounds.keepBasis(tx, round);
  }

  /** The target has the record now, though not yet all of it: no ending of the job will tell those who wait for it soon, or for ever where it waits for them. */
  async landedInPart(tx: Tx, round: Round, outcome: Written): Promise<void> {
    await this.rounds.wrote(tx, round, outcome, false);
    const { job, held } = round;
    if (held.presence === 'absent') await this.changes.open(tx, await this.waiters.looksFor(tx, job.route.target, job.record));
  }

  /** The digest of what the target holds, for `hold`. */
  seen(target: CanonicalRecord): string {
    return this.snapshots.hashOf(target);
  }

  /** Noted before a write that may fail: what a job has seen of its target decides what wakes it. */
  async sawTarget(tx: Tx, round: Round): Promise<void> {
    await this.jobs.sawTarget(tx, round.job.id, round.job.round, this.snapshots.hashOf(round.held));
  }
}
