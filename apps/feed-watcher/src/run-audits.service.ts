import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { auditEveryHoursOf, sitesRunHere } from '@sync-hub/configuration';
import type { SiteId } from '@sync-hub/contracts';
import { ChangeRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';
import { AuditUuidsService } from './audit-uuids.service.js';

/** An audit gives way while so many changes of its site are open: what people did goes first. */
const MOST_OPEN_CHANGES = 100;

/** Runs the audits of the sites whose feeds do not tell of voids: slowly, one request at a time, while the site is up and has little to do. */
@Injectable()
export class RunAuditsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly holder = randomUUID();
  private readonly ending = new AbortController();
  private audits: readonly Periodic[] = [];

  constructor(
    private readonly hub: Hub,
    private readonly changes: ChangeRepository,
    private readonly auditor: AuditUuidsService,
  ) {}

  onApplicationBootstrap(): void {
    const { log } = this.hub.parts;
    this.audits = sitesRunHere(this.hub.rules.current).flatMap((site) => {
      const hours = auditEveryHoursOf(site);
      return hours === null ? [] : [new Periodic('uuid-audit', this.hub.times.auditDueMs, () => this.step(site.id, hours), log.with({ site: site.id }))];
    });
    for (const audit of this.audits) audit.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await Promise.all(this.audits.map((audit) => audit.stop()));
  }

  /** Milliseconds until the next page, or nothing until it is asked again whether an audit is due. */
  private async step(site: SiteId, hours: number): Promise<number | void> {
    if ((await this.hub.circuit.closed()).has(site) || (await this.changes.countOpen(site)) >= MOST_OPEN_CHANGES) return;
    const audited = await this.auditor.audit(site, hours, this.holder, this.ending.signal).catch((error: unknown) => this.afterFailure(site, error));
    if (audited === 'more') return this.hub.times.auditPauseMs;
  }

  /** A site that is down has said so by its circuit, once; anything else is told, and the same page asked for again. */
  private async afterFailure(site: SiteId, error: unknown): Promise<'none'> {
    if (this.ending.signal.aborted || (await this.hub.circuit.confirm(site)) !== 'up') return 'none';
    throw error;
  }
}
