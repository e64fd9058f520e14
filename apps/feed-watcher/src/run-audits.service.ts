import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type AuditOf, auditOf, type Configuration, sitesRunHere } from '@sync-hub/configuration';
import type { SiteId } from '@sync-hub/contracts';
import { ChangeRepository } from '@sync-hub/persistence';
import { Hub, Periodic, Periodics, type Wanted } from '@sync-hub/runtime';
import { AuditUuidsService } from './audit-uuids.service.js';

/** An audit gives way while so many changes of its site are open: what people did goes first. */
const MOST_OPEN_CHANGES = 100;

/** Runs the audits of the sites whose feeds do not tell of voids: slowly, one request at a time, while the site is up and has little to do. */
@Injectable()
export class RunAuditsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly ending = new AbortController();
  private readonly audits = new Periodics();

  constructor(
    private readonly hub: Hub,
    private readonly changes: ChangeRepository,
    private readonly auditor: AuditUuidsService,
  ) {}

  onApplicationBootstrap(): void {
    this.hub.rules.onTaken(async (configuration) => this.runAll(configuration));
    this.runAll(this.hub.rules.current);
  }

  private runAll(configuration: Configuration): void {
    const due = sitesRunHere(configuration).flatMap((site) => {
      const audit = auditOf(configuration, site);
      return audit === null ? [] : [[site.id, this.auditAt(site.id, audit)] as const];
    });
    this.audits.keep(new Map(due));
  }

  private auditAt(site: SiteId, audit: AuditOf): Wanted {
    const { times, parts } = this.hub;
    return { as: JSON.stringify(audit), begin: () => new Periodic('uuid-audit', times.auditDueMs, () => this.step(site, audit), parts.log.with({ site })) };
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.audits.stop();
  }

  /** Milliseconds until the next page, or nothing until it is asked again whether an audit is due. */
  private async step(site: SiteId, audit: AuditOf): Promise<number | void> {
    if (!this.hub.siteIds.includes(site)) return;
    if ((await this.hub.circuit.closed()).has(site) || (await this.changes.countOpen(site)) >= MOST_OPEN_CHANGES) return;
    const audited = await this.auditor.audit(site, audit, this.holder, this.ending.signal).catch((error: unknown) => this.afterFailure(site, error));
    if (audited === 'more') return this.hub.times.auditPauseMs;
  }

  /** A site that is down has said so by its circuit, once; anything else is told, and the same page asked for again. */
  private async afterFailure(site: SiteId, error: unknown): Promise<'none'> {
    if (this.ending.signal.aborted || !this.hub.siteIds.includes(site) || (await this.hub.circuit.confirm(site)) !== 'up') return 'none';
    throw error;
  }
}
