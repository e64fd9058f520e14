import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { BrakeRepository, JobRepository, SnapshotRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 60_000;
const DAY_SECONDS = 24 * 3600;
/** An ended job keeps its snapshots for so long, for whoever asks what it carried. */
const JOB_DAYS = 30;
const AT_ONCE = 1000;

/** Drops snapshots that nothing points at any more, bodies of writes whose days are over, voids that count no more, and failures of what is done for nobody any more. */
@Injectable()
export class TidyService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly jobs: JobRepository,
    private readonly snapshots: SnapshotRepository,
    private readonly brakes: BrakeRepository,
  ) {
    this.work = new Periodic('tidy', EVERY_MS, () => this.tidy(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async tidy(): Promise<void> {
    await this.hub.parts.database.transaction(async (tx) => {
      await this.jobs.releaseSnapshots(tx, JOB_DAYS * DAY_SECONDS, AT_ONCE);
      await this.brakes.tidy(tx);
      await this.hub.repositories.failing.tidy(tx);
      await this.snapshots.prune(tx, DAY_SECONDS, AT_ONCE);
      await this.hub.repositories.auditBodies.prune(tx, AT_ONCE);
    });
  }
}
