import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ChangeRepository, WaiterRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 5000;
/** So long a job waits for a message before its target is asked again without one. */
const OVERDUE_SECONDS = 60;
const AT_ONCE = 100;

/** The wake-up of waiting jobs that depends on no message: from time to time each is looked at anew, and its target asked. */
@Injectable()
export class WakeOverdueService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly waiters: WaiterRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('wake-overdue', EVERY_MS, () => this.wake(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async wake(): Promise<void> {
    const { said } = await this.hub.parts.database.transaction(async (tx) => this.changes.open(tx, await this.waiters.overdue(tx, OVERDUE_SECONDS, AT_ONCE)));
    await this.hub.outgoing.send(said);
  }
}
