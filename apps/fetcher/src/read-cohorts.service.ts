import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { cohortsGoneBy, linksRunAt } from '@sync-hub/configuration';
import { type SiteId, safeError, type Uuid } from '@sync-hub/contracts';
import { CohortRepository, FailingWorkRepository } from '@sync-hub/persistence';
import { eachInTurn, Hub, Periodic, SiteClients } from '@sync-hub/runtime';

const EVERY_MS = 1000;
/** Longer than one cohort takes; another instance takes over after it. */
const LEASE_SECONDS = 300;

/**
 * Reads the cohorts that catchments go by, again and again: no server tells of whom it has by a patient, nor that a membership has begun or ended
 * by its date. Whoever came or went is looked at.
 */
@Injectable()
export class ReadCohortsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly cohorts: CohortRepository,
    private readonly failing: FailingWorkRepository,
    private readonly clients: SiteClients,
  ) {
    this.work = new Periodic('read-cohorts', EVERY_MS, () => this.readDue(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  private async readDue(): Promise<void> {
    const closed = await this.hub.circuit.closed();
    await eachInTurn(this.wanted(), async ([parent, cohorts]) => {
      if (closed.has(parent)) return;
      const due = await this.cohorts.take(parent, cohorts, this.hub.times.readCohortsSeconds, LEASE_SECONDS);
      await eachInTurn(due, async (cohort) => (this.ending.signal.aborted ? undefined : this.read(parent, cohort)));
    });
  }

  /** The cohorts that catchments go by, by the parent that has them. */
  private wanted(): ReadonlyMap<SiteId, readonly Uuid[]> {
    const wanted = new Map<SiteId, Uuid[]>();
    for (const { parent, catchment } of linksRunAt(this.hub.rules.current))
      for (const cohort of cohortsGoneBy(catchment)) wanted.set(parent, [...new Set([...(wanted.get(parent) ?? []), cohort])]);
    return wanted;
  }

  private async read(site: SiteId, uuid: Uuid): Promise<void> {
    const client = await this.clients.of(site);
    const members = await client.membersOf(uuid, { signal: this.ending.signal }).catch((error: unknown) => this.unlessDown(site, uuid, error));
    if (members === 'down') return;
    const links = linksRunAt(this.hub.rules.current).filter(({ parent, catchment }) => parent === site && cohortsGoneBy(catchment).includes(uuid));
    const { result } = await this.hub.parts.database.transaction(async (tx) => {
      await this.failing.succeeded(tx, { work: 'read-cohorts', place: site, uuid });
      return this.cohorts.note(
        tx,
        { site, uuid },
        members,
        links.map(({ id }) => id),
      );
    });
    if (result.wasKnown !== result.isKnown)
      this.hub.parts.log[result.isKnown ? 'info' : 'warn'](result.isKnown ? 'cohort-known' : 'cohort-unknown', { site, uuid });
  }

  /** A site that is down has said so by its circuit; its cohorts are taken again when their lease is over. What fails though it answers is shown. */
  private async unlessDown(site: SiteId, uuid: Uuid, error: unknown): Promise<'down'> {
    if (this.ending.signal.aborted || (await this.hub.circuit.confirm(site)) !== 'up') return 'down';
    await this.failing.failed({ work: 'read-cohorts', place: site, uuid }, safeError(error).code);
    throw error;
  }
}
