import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { RefusedError } from '@sync-hub/contracts';
import { OverviewRepository, type ShownClosedClass } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 10_000;

/** Measures, for `/metrics`, what waits where and how old it is. */
@Injectable()
export class MeasureBacklogService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;
  private told: ReadonlyMap<string, ShownClosedClass> = new Map();

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
    const [{ takenAt, sites, links, routes, closedClasses }, backlog] = await Promise.all([this.overview.read(), this.overview.backlog()]);
    meters.setBacklog(backlog);
    meters.setSites(sites.map(({ site, state, rests }) => ({ site, state: rests === null ? state : 'rests' })));
    meters.setRests(routes);
    meters.setLinks(links);
    meters.setClosedClasses(closedClasses);
    this.tell(closedClasses);
    meters.setFreshness(
      routes.flatMap(({ route, categories }) =>
        categories.map(({ category, oldestAt }) => ({ route, category, seconds: oldestAt === null ? 0 : (takenAt.getTime() - oldestAt.getTime()) / 1000 })),
      ),
    );
  }

  /** Says of each class once that it is closed, at the start and as soon as it travels; and once that it is open. */
  private tell(closed: readonly ShownClosedClass[]): void {
    const { log } = this.hub.parts;
    const now = new Map(closed.map((one) => [JSON.stringify([one.site, one.class, one.code, one.privilege]), one]));
    for (const [key, one] of now) if (!this.told.has(key)) log.warn('class-closed', linesOf(one), whyOf(one));
    for (const [key, one] of this.told) if (!now.has(key)) log.info('class-opened', linesOf(one));
    this.told = now;
  }
}

const linesOf = ({ site, class: category, code, waiting }: ShownClosedClass) => ({ site, category, code, waiting });

/** In words, with the privilege that is wanting: modules name theirs as they like, so that it is no field of a line. */
const whyOf = ({ code, because, privilege }: ShownClosedClass): RefusedError => new RefusedError(code, because, privilege === null ? {} : { privilege });
