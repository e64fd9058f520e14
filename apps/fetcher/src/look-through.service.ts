import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CARE_CATEGORIES, CATEGORIES } from '@sync-hub/categories';
import { classesOn, linkOf } from '@sync-hub/configuration';
import { type Aggregate, METADATA } from '@sync-hub/contracts';
import { ChangeRepository, lockRecords, type RouteRules, type RouteToLookThrough, RulesRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 1000;
const AT_ONCE = 100;
/** No more is looked at while so many changes of its site are open: it would only wait. */
const MOST_OPEN_CHANGES = 500;

/**
 * A link that is new, a class that was switched on, a catchment that was drawn wider: what the rules of before turned away is in no new entry
 * of a feed. Every record that is known at the route's source is looked at once more, by the rules of now, what others refer to first.
 */
@Injectable()
export class LookThroughService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;
  private behind = '';

  constructor(
    private readonly hub: Hub,
    private readonly rules: RulesRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('look-through', EVERY_MS, () => this.lookThrough(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async lookThrough(): Promise<void> {
    const routes = this.hub.routeRules();
    const waiting = await this.rules.toLookThrough(routes, this.hub.times.rulesSettleSeconds);
    const others = waiting.length === 0 ? [] : await this.hub.repositories.processes.goingByOthers(this.hub.settingsDigest);
    this.sayWhoIsBehind(waiting, others);
    for (const { link, direction, isDue, hasMore } of waiting) {
      const route = routes.find((one) => one.link === link && one.direction === direction);
      if (route === undefined) continue;
      // One that goes by other settings may still turn away what would be looked at.
      if (isDue && others.length > 0) continue;
      if (isDue) await this.list(route);
      else if (hasMore) await this.takeSome(route);
    }
  }

  /** The history of patients is listed where they become members, and not by what was known of it. */
  private aggregatesOf({ link, direction }: RouteRules): readonly Aggregate[] {
    const configured = linkOf(this.hub.rules.current, link);
    const classes = configured === null ? [] : classesOn(configured, direction);
    const aggregates = classes
      .filter((category) => direction === 'push' || !CARE_CATEGORIES.includes(category))
      .map((category) => CATEGORIES[category].aggregate);
    const isMetadata = (aggregate: Aggregate): boolean => METADATA.some((kind) => kind === aggregate);
    return [...new Set([...aggregates.filter(isMetadata), ...aggregates])];
  }

  private async list(route: RouteRules): Promise<void> {
    const { result } = await this.hub.parts.database.transaction((tx) => this.rules.list(tx, route, this.aggregatesOf(route)));
    if (result > 0) this.hub.parts.log.info('looked-through', { link: route.link, site: route.source, count: result });
  }

  private async takeSome(route: RouteRules): Promise<void> {
    if ((await this.changes.countOpen(route.source)) >= MOST_OPEN_CHANGES) return;
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      const records = await this.rules.take(tx, route, this.aggregatesOf(route), AT_ONCE);
      await lockRecords(tx, records);
      await this.changes.open(
        tx,
        records.map((record) => ({ site: route.source, record })),
      );
    });
    await this.hub.outgoing.send(said);
  }

  /** Said once, and again when it is others: nothing goes on for the route until they go by the same. */
  private sayWhoIsBehind(waiting: readonly RouteToLookThrough[], others: readonly string[]): void {
    const behind = waiting
      .map((one) => ({ ...one, behind: [...new Set([...one.behind, ...(one.isDue ? others : [])])].sort() }))
      .filter((one) => one.behind.length > 0);
    const word = JSON.stringify(behind.map(({ link, direction, behind: names }) => [link, direction, names]));
    if (word === this.behind) return;
    this.behind = word;
    for (const { link, behind: names } of behind) this.hub.parts.log.warn('configuration-differs', { link, names });
  }
}
