import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { SiteRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

const EVERY_MS = 1000;
/** So long one process has the probe to itself. */
const TAKEN_SECONDS = 30;

/** Asks each site from time to time whether it is there, and none that rests. */
@Injectable()
export class ProbeSitesService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly sites: SiteRepository,
  ) {
    this.work = new Periodic('probe-sites', EVERY_MS, () => this.probe(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async probe(): Promise<void> {
    const { parts, repositories, rules, settingsDigest, siteIds, times } = this.hub;
    const isSettled = (await repositories.processes.goingByOthers(settingsDigest)).length === 0;
    const toTake = { joiningSeconds: times.queuesSettleSeconds, isSettled, resting: siteIds.filter((site) => rules.isResting(site)) };
    const { result: due } = await parts.database.transaction((tx) => this.sites.takeDueProbes(tx, this.holder, TAKEN_SECONDS, toTake));
    const ours = new Set(siteIds);
    await Promise.all(due.filter((site) => ours.has(site)).map((site) => this.hub.circuit.probeDue(site)));
  }
}
