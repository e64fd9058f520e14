import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type LinkConfiguration, linksRunAt } from '@sync-hub/configuration';
import { type SiteId, safeError } from '@sync-hub/contracts';
import type { ClosedFor } from '@sync-hub/messaging';
import { FailingWorkRepository, MetadataDriftRepository, MetMetadataRepository } from '@sync-hub/persistence';
import { comparedOn, compareMetadata, comparisonDigest, eachInTurn, Hub, Periodic, SiteClients } from '@sync-hub/runtime';

const EVERY_HOURS = 24;
/** Another instance takes over so long after the one that compares was last heard of. */
const LEASE_SECONDS = 30;
const RENEW_MS = 10_000;
/** How soon it is asked again whether the ends are there, where data waits for their first comparison. */
const AWAITED_MS = 500;

/**
 * Compares the metadata of the ends of each link: at once where they never were, for data waits for it; else some time after the start, daily, and where
 * the link's modes or mappings have changed. Writes nothing at a site.
 */
@Injectable()
export class CompareMetadataService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly ending = new AbortController();
  private readonly work: Periodic;
  private askedAllAt = Date.now();

  constructor(
    private readonly hub: Hub,
    private readonly drift: MetadataDriftRepository,
    private readonly met: MetMetadataRepository,
    private readonly failing: FailingWorkRepository,
    private readonly clients: SiteClients,
  ) {
    this.work = new Periodic('compare-metadata', hub.times.compareMetadataMs, () => this.compareDue(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.hub.rules.onTaken(async () => this.work.hurry());
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  /** A hub that has just begun has other things to ask its sites first than what nothing waits for. */
  private async compareDue(): Promise<number | void> {
    const links = linksRunAt(this.hub.rules.current);
    const ids = links.map(({ id }) => id);
    const awaited = await this.drift.neverCompared(ids);
    const isTimeForAll = Date.now() - this.askedAllAt >= this.hub.times.compareMetadataMs;
    if (isTimeForAll) this.askedAllAt = Date.now();
    const closed = await this.hub.circuit.closed();
    await eachInTurn(
      links.filter(({ id }) => isTimeForAll || awaited.has(id)),
      (link) => this.compareIfDue(link, closed),
    );
    if ((await this.drift.neverCompared(ids)).size > 0) return AWAITED_MS;
  }

  private async compareIfDue(link: LinkConfiguration, closed: ReadonlyMap<SiteId, ClosedFor>): Promise<void> {
    if (this.ending.signal.aborted) return;
    const digest = comparisonDigest(link);
    const away = [closed.get(link.parent), closed.get(link.child)].filter((one) => one !== undefined);
    if (away.length > 0) return this.drift.waits(link.id, digest, away.includes('site-down') ? 'site-down' : 'site-rests');
    if (!(await this.drift.take(link.id, this.holder, { digest, everyHours: EVERY_HOURS, forSeconds: LEASE_SECONDS }))) return;
    const renewal = new Periodic('renew-comparison', RENEW_MS, () => this.drift.renew(link.id, this.holder, LEASE_SECONDS), this.hub.parts.log);
    renewal.start();
    await this.compare(link)
      .catch((error: unknown) => this.handBack(link, error))
      .finally(() => renewal.stop());
  }

  private async compare(link: LinkConfiguration): Promise<void> {
    const ends = { parent: await this.clients.of(link.parent), child: await this.clients.of(link.child) };
    const compared = await compareMetadata(ends, comparedOn(link), await this.met.on(link.id), { signal: this.ending.signal });
    await this.hub.parts.database.transaction(async (tx) => {
      await this.drift.keep(tx, link.id, comparisonDigest(link), compared);
      await this.failing.succeeded(tx, { work: 'compare-metadata', place: link.id });
    });
    this.hub.parts.log.info('metadata-compared', {
      link: link.id,
      count: compared.drifts.length,
      names: compared.notCompared.map((one) => one.split(':')[0] ?? ''),
    });
  }

  /** A site that is down has said so by its circuit; anything else is told, and tried again. */
  private async handBack(link: LinkConfiguration, error: unknown): Promise<void> {
    await this.drift.handBack(link.id, this.holder);
    if (this.ending.signal.aborted) return;
    const states = [await this.hub.circuit.confirm(link.parent), await this.hub.circuit.confirm(link.child)];
    if (!states.every((state) => state === 'up')) return;
    const { code } = safeError(error);
    await this.failing.failed({ work: 'compare-metadata', place: link.id }, code);
    this.hub.parts.log.warn('metadata-not-compared', { link: link.id, code });
    throw error;
  }
}
