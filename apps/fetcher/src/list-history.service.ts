import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { CARE_CATEGORIES, type RecordCategory } from '@sync-hub/categories';
import { type LinkConfiguration, linksRunAt } from '@sync-hub/configuration';
import { safeError } from '@sync-hub/contracts';
import { ChangeRepository, FailingWorkRepository, lockRecords, MembershipRepository, type Unlisted, type WorkedOn } from '@sync-hub/persistence';
import { eachInTurn, Hub, Periodic, SiteClients } from '@sync-hub/runtime';

const EVERY_MS = 1000;
/** Longer than the listing of one patient takes; another instance takes over after it. */
const LEASE_SECONDS = 300;
const AT_ONCE = 20;
/** No history is listed while so many changes of its site are open: it would only wait. */
const MOST_OPEN_CHANGES = 500;

/**
 * A patient whom a child has come to hold brings a history that no new entry of the feed tells of: all that hangs on the patient at the parent is
 * looked at once. The membership is committed before, so that what is entered meanwhile is admitted by itself.
 */
@Injectable()
export class ListHistoryService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly memberships: MembershipRepository,
    private readonly changes: ChangeRepository,
    private readonly failing: FailingWorkRepository,
    private readonly clients: SiteClients,
  ) {
    this.work = new Periodic('list-history', EVERY_MS, () => this.list(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  private async list(): Promise<void> {
    const closed = await this.hub.circuit.closed();
    await eachInTurn(linksRunAt(this.hub.rules.current), async (link) => {
      const categories = pulledCare(link);
      if (categories.length === 0 || closed.has(link.parent)) return;
      if ((await this.changes.countOpen(link.parent)) >= MOST_OPEN_CHANGES) return;
      const taken = await this.memberships.takeUnlisted(link.id, categories, LEASE_SECONDS, AT_ONCE);
      await eachInTurn(taken, async (patient) => (this.ending.signal.aborted ? undefined : this.tell(link, categories, patient)));
    });
  }

  private async tell(link: LinkConfiguration, categories: readonly RecordCategory[], unlisted: Unlisted): Promise<void> {
    const client = await this.clients.of(link.parent);
    const options = { signal: this.ending.signal };
    const records = await client.historyOf(unlisted.patient, categories, options).catch((error: unknown) => this.unlessDown(link, unlisted, error));
    if (records === null) return;
    const { said } = await this.hub.parts.database.transaction(async (tx) => {
      await lockRecords(tx, records);
      await this.changes.open(
        tx,
        records.map((record) => ({ site: link.parent, record })),
      );
      await this.memberships.listed(tx, unlisted, categories);
      await this.failing.succeeded(tx, listingOf(unlisted));
    });
    await this.hub.outgoing.send(said);
  }

  /** A site that is down has said so by its circuit; its patients are taken again when their lease is over. What fails though it answers is shown. */
  private async unlessDown(link: LinkConfiguration, unlisted: Unlisted, error: unknown): Promise<null> {
    if (this.ending.signal.aborted || (await this.hub.circuit.confirm(link.parent)) !== 'up') return null;
    await this.failing.failed(listingOf(unlisted), safeError(error).code);
    throw error;
  }
}

const listingOf = ({ link, patient }: Unlisted): WorkedOn => ({ work: 'list-history', place: link, uuid: patient });

const pulledCare = ({ classes }: LinkConfiguration): RecordCategory[] => CARE_CATEGORIES.filter((category) => classes[category]?.pull === true);
