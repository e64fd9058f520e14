import { Injectable } from '@nestjs/common';
import { type CanonicalRecord, patientsOf } from '@sync-hub/categories';
import { isAsAgreed, sightsIn } from '@sync-hub/merge';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, type Job, JobRepository, type OpenChange } from '@sync-hub/persistence';
import { Exclusions, Knowledge, keptBy, type LinkNow, Rules } from '@sync-hub/runtime';
import { armJob, markOpposite } from './arm-job.js';
import type { RefusedRoute } from './routes-for.js';

/** A look that is mapped, and what it saw. */
export interface Mapping {
  readonly change: OpenChange;
  readonly read: CanonicalRecord;
  readonly snapshot: string;
  /** A digest of what a link sees of it. */
  readonly hashOf: (seen: CanonicalRecord) => string;
  /** A digest of one thing that was found edited. */
  readonly sightOf: (word: string) => string;
}

/** Writes down what a look means for a route. Each verb is one effect, and holds under the record's lock. */
@Injectable()
export class RouteKeeper {
  constructor(
    private readonly rules: Rules,
    private readonly knowledge: Knowledge,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
    private readonly exclusions: Exclusions,
  ) {}

  /** The route out of this site gets its job, if there is one to do; the open job the other way is told that this end may have moved. */
  async arm(tx: Tx, { change, read, snapshot, hashOf, sightOf }: Mapping, link: LinkNow): Promise<void> {
    const { end, agreement, seen } = link;
    const contentHash = hashOf(seen);
    const open = await this.jobs.openFor([end.link.id], change.record, tx);
    const own = open.find((job) => job.route.direction === end.outward) ?? null;
    // A job that has ended since the link was asked may have agreed on something else: what is read may be an undo of just that.
    const agreed = isAsAgreed(agreement, end.side, seen) && (own !== null || (await this.knowledge.isCurrent(tx, link, change.record)));
    const decision = armJob({ agreed, job: own, contentHash, forced: change.forced || change.onBehalf || change.forcedOn.includes(end.link.id) });
    if (decision === 'arm') {
      await this.jobs.arm(tx, {
        route: this.rules.route(end.link, end.outward),
        record: change.record,
        category: read.category,
        patient: patientsOf(read)[0] ?? null,
        snapshot,
        sourceHash: contentHash,
        readAtRevision: change.readAtRevisions[end.link.id] ?? 0,
        sourceGeneration: change.readAtGenerations[change.site] ?? 1,
        targetGeneration: change.readAtGenerations[end.other] ?? 1,
        changedAt: change.openedAt,
        sights: sightsIn(agreement, end.side, seen).map(sightOf),
        trace: change.trace,
      });
    }
    await this.tellOpposite(tx, open.find((job) => job.route.direction === end.inward) ?? null, contentHash);
  }

  /** Not admitted on this route: its open job ends as filtered, who waits for the record there is told, and the other way is told too. */
  async turnAway(tx: Tx, { change, read, hashOf }: Mapping, { known, why }: RefusedRoute): Promise<void> {
    const { end } = known;
    const open = await this.jobs.openFor([end.link.id], change.record, tx);
    const by = keptBy({ admitted: false, why }, known);
    if (by !== null) await this.exclusions.note(tx, change.site, { link: end.link, direction: end.outward, read, keptBy: by });
    for (const job of open.filter((one) => one.route.direction === end.outward)) await this.jobs.filter(tx, job);
    await this.jobs.nameBlocker(tx, end.other, change.record, `not admitted on ${end.link.id}: ${why}`);
    await this.tellOpposite(tx, open.find((job) => job.route.direction === end.inward) ?? null, hashOf(known.seen));
  }

  private async tellOpposite(tx: Tx, job: Job | null, contentHash: string): Promise<void> {
    switch (markOpposite({ job, contentHash })) {
      case 'mark':
        return job === null ? undefined : this.jobs.mark(tx, job.id, contentHash);
      case 'wake':
        return job === null ? undefined : this.changes.open(tx, [{ site: job.route.source, record: job.record, forced: true }]);
      case 'none':
        return;
    }
  }
}
