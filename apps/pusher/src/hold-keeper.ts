import { Injectable } from '@nestjs/common';
import type { CanonicalRecord, Reference } from '@sync-hub/categories';
import { ConflictFound, recordKey } from '@sync-hub/contracts';
import { fieldNames, otherSide } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, JobRepository, lockRecords, SnapshotRepository, WaiterRepository } from '@sync-hub/persistence';
import type { Round } from './bases.js';
import { RoundKeeper, type Written } from './round-keeper.js';

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

  /** A person must choose: both versions are kept, the conflict is told of, and what became of unanswered writes is not forgotten. */
  async ask(tx: Tx, round: Round, asked: { readonly reason: string; readonly paths: readonly string[] }): Promise<void> {
    await this.tell(tx, round, asked, round.held);
    await this.rounds.keepBasis(tx, round);
  }

  private async tell(tx: Tx, round: Round, asked: { readonly reason: string; readonly paths: readonly string[] }, target: CanonicalRecord): Promise<void> {
    const { job, known } = round;
    const snapshot = await this.snapshots.keep(tx, job.route.target, known.generations[otherSide(known.sourceIs)], target);
    await this.jobs.keepTarget(tx, job.id, job.round, snapshot);
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
