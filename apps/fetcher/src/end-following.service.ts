import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type LinkConfiguration, linksRunAt } from '@sync-hub/configuration';
import { ChangeRepository, FollowedRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 2000;
const AT_ONCE = 50;

/** A patient whose time on a link is over is looked at once more at the parent, by the catchment alone. */
@Injectable()
export class EndFollowingService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly followed: FollowedRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('end-following', EVERY_MS, () => this.end(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async end(): Promise<void> {
    for (const link of linksRunAt(this.hub.rules.current)) await this.endOn(link);
  }

  private async endOn({ id, parent, child }: LinkConfiguration): Promise<void> {
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      const patients = await this.followed.takeExpired(tx, id, child, AT_ONCE);
      await this.changes.open(
        tx,
        patients.map((uuid) => ({ site: parent, record: { aggregate: 'person', uuid } })),
      );
    });
    await this.hub.outgoing.send(said);
  }
}
