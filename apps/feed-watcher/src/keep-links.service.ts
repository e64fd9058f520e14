import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type LinkConfiguration, linksRunAt, type Writing } from '@sync-hub/configuration';
import { EngineRepository, InstallationRepository } from '@sync-hub/persistence';
import { Hub, Periodic, SiteClients } from '@sync-hub/runtime';
import { type Claimed, judgeClaim, type SeenClaim } from './judge-claim.js';

/** Keeps this instance's claim on the links it runs: in its own database, and in a setting at the parent, where another engine with another database sees it. */
@Injectable()
export class KeepLinksService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly seen = new Map<string, SeenClaim>();
  private readonly work: Periodic;
  private writesNothing: ReadonlyMap<string, Writing> = new Map();

  constructor(
    private readonly hub: Hub,
    private readonly engines: EngineRepository,
    private readonly installation: InstallationRepository,
    private readonly clients: SiteClients,
  ) {
    this.work = new Periodic('keep-links', hub.times.keepLinksMs, () => this.keepAll(), hub.parts.log);
  }

  async onApplicationBootstrap(): Promise<void> {
    this.hub.rules.onTaken(async () => this.sayWhatWritesNothing());
    this.sayWhatWritesNothing();
    this.work.start();
  }

  /** Said once of each. */
  private sayWhatWritesNothing(): void {
    const { rules, parts } = this.hub;
    const now = new Map(linksRunAt(rules.current).flatMap(({ id }) => (rules.writing(id) === 'live' ? [] : [[id, rules.writing(id)] as const])));
    for (const [link, code] of now) if (this.writesNothing.get(link) !== code) parts.log.warn('link-writes-nothing', { link, code });
    this.writesNothing = now;
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async keepAll(): Promise<number | void> {
    const closed = await this.hub.circuit.closed();
    // The claim is a setting at the parent, and so a write: where nothing may be written, none is made and none is needed.
    const links = linksRunAt(this.hub.rules.current).filter(({ id }) => this.hub.rules.writing(id) === 'live');
    const reachable = links.filter((link) => !closed.has(link.parent));
    await Promise.all(
      reachable.map((link) => this.keep(link).catch((error: unknown) => this.hub.parts.log.error('link-claim-failed', error, { link: link.id }))),
    );
    for (const { id } of links.filter((link) => closed.has(link.parent)))
      await this.engines.renew(id, this.hub.rules.current.instance.id, this.hub.times.claimSeconds);
    if (reachable.length < links.length) return 1000;
  }

  /** Reads the claim at the parent, and takes or renews it, or stands back. */
  async keep(link: LinkConfiguration): Promise<Claimed> {
    const { instance } = this.hub.rules.current;
    const ours = await this.engines.noted(link.id);
    const held = await this.clients.readEngineClaim(link.parent, link.id);
    const judged = judgeClaim({ ours, held, seen: this.seen.get(link.id) ?? null, now: new Date(), claimSeconds: this.hub.times.claimSeconds });
    this.seen.set(link.id, judged.seen);
    if (judged.claimed === 'ours' && (await this.take(link))) return 'ours';
    await this.engines.refused(link.id, instance.id, 'another-engine');
    this.hub.parts.log.warn('link-run-elsewhere', { link: link.id, code: 'another-engine' });
    return 'refused';
  }

  /** Writes a claim of our own; unless it renews one that stands, it must stand for a moment before it counts. False where another engine was later. */
  private async take({ id, parent }: LinkConfiguration): Promise<boolean> {
    const { instance } = this.hub.rules.current;
    const isRenewed = (await this.engines.standing(id, instance.id)) === 'here';
    const claim = `${instance.id}@${await this.installation.id()} ${randomUUID()} ${new Date().toISOString()}`;
    await this.engines.note(id, instance.id, claim);
    await this.clients.writeEngineClaim(parent, id, claim);
    if (!isRenewed) {
      await sleep(this.hub.times.settleClaimMs);
      if (!(await this.engines.noted(id)).includes((await this.clients.readEngineClaim(parent, id)) ?? '')) return false;
    }
    return this.engines.claim(id, instance.id, this.hub.times.claimSeconds);
  }
}
