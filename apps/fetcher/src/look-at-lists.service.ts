import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CATEGORIES } from '@sync-hub/categories';
import { categoriesOn, type LinkConfiguration, linksRunAt } from '@sync-hub/configuration';
import { AGGREGATES, type Aggregate, type LinkId } from '@sync-hub/contracts';
import { ChangeRepository, MembershipRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

/**
 * A list of patients holds on a link those whom its child holds. When somebody comes to be held, or is held no more, no feed tells of the lists that
 * name her, so all of them that the link knows are looked at again, at both ends; once, too, when the service starts.
 */
@Injectable()
export class LookAtListsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;
  /** Whom each link's child held when its lists were looked at last. */
  private readonly looked = new Map<LinkId, string>();

  constructor(
    private readonly hub: Hub,
    private readonly memberships: MembershipRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('look-at-lists', Math.max(1, hub.times.readCohortsSeconds) * 1000, () => this.look(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async look(): Promise<void> {
    for (const link of linksRunAt(this.hub.rules.current)) {
      const lists = listsOf(link);
      if (lists.length === 0) continue;
      const held = await this.memberships.fingerprintOf(link.id);
      if (this.looked.get(link.id) === held) continue;
      const { said } = await this.hub.parts.database.transaction((tx) => this.changes.openForListsOf(tx, link, lists));
      await this.hub.outgoing.send(said);
      this.looked.set(link.id, held);
    }
  }
}

/** The kinds of record on the link that list patients of whom it sees some. */
const listsOf = (link: LinkConfiguration): readonly Aggregate[] => {
  const travelling = categoriesOn(link).filter((category) => CATEGORIES[category].onlyHeld !== undefined);
  return AGGREGATES.filter((aggregate) => travelling.some((category) => CATEGORIES[category].aggregate === aggregate));
};
