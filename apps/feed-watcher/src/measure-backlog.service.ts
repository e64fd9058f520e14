import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OverviewRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 10_000;

/** Measures, for `/metrics`, what waits where and how old it is. */
@Injectable()
export class MeasureBacklogService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly overview: OverviewRepository,
  ) {
    this.work = new Periodic('measure-backlog', EVERY_MS, () => this.measure(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async measure(): Promise<void> {
    const { meters } = this.hub.parts;
    const [{ takenAt, sites, links, routes }, backlog] = await Promise.all([this.overview.read(), this.overview.backlog()]);
    meters.setBacklog(backlog);
    meters.setSites(sites);
    meters.setLinks(links);
    meters.setFreshness(
      routes.flatMap(({ route, categories }) =>
        categories.map(({ category, oldestAt }) => ({ route, category, seconds: oldestAt === null ? 0 : (takenAt.getTime() - oldestAt.getTime()) / 1000 })),
      ),
    );
  }
}
