import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { LinkId } from '@sync-hub/contracts';
import { ChangeRepository, JobRepository, LeftRepository, lockRecords } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 2000;
const AT_ONCE = 100;

/**
 * Ends what is open on links and at sites that were taken out of the configuration, once every process goes by it: nothing of it can go on, and nobody
 * could see why. Agreements stay; if the link comes back its sources are looked through, and what was ended begins anew.
 */
@Injectable()
export class LeaveLinksService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly left: LeftRepository,
    private readonly jobs: JobRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('leave-links', EVERY_MS, () => this.leave(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  /** Goes on at once while there is more. */
  private async leave(): Promise<number | void> {
    const { repositories, settingsDigest, times } = this.hub;
    if ((await repositories.processes.goingByOthers(settingsDigest)).length > 0) return;
    const jobs = await this.endJobs(times.rulesSettleSeconds);
    const changes = await this.endChanges(times.rulesSettleSeconds);
    await this.hub.parts.database.transaction(async (tx) => {
      await this.left.settleMessages(tx, times.rulesSettleSeconds);
      await this.left.endMemberships(tx, times.rulesSettleSeconds);
      await this.left.forgetComparisons(tx, times.rulesSettleSeconds);
    });
    if (jobs === AT_ONCE || changes === AT_ONCE) return 0;
  }

  private async endJobs(settleSeconds: number): Promise<number> {
    const { result: ended, said } = await this.hub.parts.database.transaction(async (tx) => {
      const open = await this.left.openJobs(tx, settleSeconds, AT_ONCE);
      await lockRecords(
        tx,
        open.map(({ record }) => record),
      );
      for (const job of open) {
        await this.jobs.filter(tx, job);
        await this.left.countEnded(tx, job.route.link);
      }
      return open;
    });
    await this.hub.outgoing.send(said);
    const links = new Map<LinkId, number>();
    for (const { route } of ended) links.set(route.link, (links.get(route.link) ?? 0) + 1);
    for (const [link, count] of links) this.hub.parts.log.warn('link-left', { link, count });
    return ended.length;
  }

  private async endChanges(settleSeconds: number): Promise<number> {
    const { result: ended, said } = await this.hub.parts.database.transaction(async (tx) => {
      const open = await this.left.openChanges(tx, settleSeconds, AT_ONCE);
      await lockRecords(
        tx,
        open.map(({ record }) => record),
      );
      for (const { id } of open) await this.changes.leave(tx, id);
      return open;
    });
    await this.hub.outgoing.send(said);
    return ended.length;
  }
}
