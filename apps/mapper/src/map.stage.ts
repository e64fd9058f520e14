import { type CanonicalRecord, patientsOf } from '@sync-hub/categories';
import type { PayloadFor } from '@sync-hub/contracts';
import { isAsAgreed } from '@sync-hub/merge';
import { endChange, Stage, type StageContext, type StageHandler, skip, type Tx, type Verdict } from '@sync-hub/messaging';
import { ChangeRepository, type Job, JobRepository, type OpenChange, SnapshotRepository } from '@sync-hub/persistence';
import { Knowledge, type LinkNow, Rules } from '@sync-hub/runtime';
import { armJob, markOpposite } from './arm-job.js';
import { routesFor } from './routes-for.js';

interface Mapping {
  readonly change: OpenChange;
  readonly read: CanonicalRecord;
  readonly snapshot: string;
  readonly contentHash: string;
}

/** Opens one job per route whose rules admit the record. */
@Stage('map')
export class MapStage implements StageHandler<'map'> {
  constructor(
    private readonly rules: Rules,
    private readonly knowledge: Knowledge,
    private readonly changes: ChangeRepository,
    private readonly jobs: JobRepository,
    private readonly snapshots: SnapshotRepository,
  ) {}

  async handle({ changeId, round, record, site, snapshot }: PayloadFor<'map'>, _context: StageContext): Promise<Verdict> {
    const change = await this.changes.find(changeId, round);
    if (change === null) return skip('this round is over');
    const read = await this.snapshots.read(snapshot);
    const known = await this.knowledge.of(this.rules.linksOf(site), site, record);
    const { admitted, refused } = routesFor(this.rules, await this.knowledge.asOf(known, site, read), read);
    const mapping = { change, read, snapshot, contentHash: this.snapshots.hashOf(read) };

    const end = admitted.length === 0 ? 'not-admitted' : 'mapped';
    return endChange(
      end,
      async (tx) => {
        for (const link of admitted) await this.arm(tx, mapping, link);
        for (const { known: link, why } of refused) await this.turnAway(tx, mapping, link, why);
      },
      {
        opened: admitted.filter((link) => !isAsAgreed(link.agreement, link.end.side, read)).length,
        notAdmitted: refused.map(({ known: link, why }) => `${link.end.link.id}: ${why}`),
      },
    );
  }

  /** The route out of this site gets its job, if there is one to do; the open job the other way is told that this end may have moved. */
  private async arm(tx: Tx, { change, read, snapshot, contentHash }: Mapping, link: LinkNow): Promise<void> {
    const { end, agreement } = link;
    const open = await this.jobs.openFor([end.link.id], change.record, tx);
    const own = open.find((job) => job.route.direction === end.outward) ?? null;
    // A job that has ended since the link was asked may have agreed on something else: what is read may be an undo of just that.
    const agreed = isAsAgreed(agreement, end.side, read) && (own !== null || (await this.knowledge.isCurrent(tx, link, change.record)));
    const decision = armJob({ agreed, job: own, contentHash, forced: change.forced || change.onBehalf });
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
      });
    }
    await this.tellOpposite(tx, open.find((job) => job.route.direction === end.inward) ?? null, contentHash);
  }

  /** Not admitted on this route: its open job ends as filtered, who waits for the record there is told, and the other way is told too. */
  private async turnAway(tx: Tx, { change, contentHash }: Mapping, { end }: LinkNow, why: string): Promise<void> {
    const open = await this.jobs.openFor([end.link.id], change.record, tx);
    for (const job of open.filter((one) => one.route.direction === end.outward)) await this.jobs.filter(tx, job);
    await this.jobs.nameBlocker(tx, end.other, change.record, `not admitted on ${end.link.id}: ${why}`);
    await this.tellOpposite(tx, open.find((job) => job.route.direction === end.inward) ?? null, contentHash);
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
