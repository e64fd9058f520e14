import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { AuditMonthRepository } from '@sync-hub/persistence';
import { Hub, Periodic } from '@sync-hub/runtime';

/** Where somebody had the table, it is tried again so soon. */
const AGAIN_MS = 60_000;

/** Opens the months of the audit before they begin, and drops those that are past their time. */
@Injectable()
export class KeepAuditService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly months: AuditMonthRepository,
  ) {
    this.work = new Periodic('keep-audit', hub.times.keepAuditMs, () => this.keep(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private async keep(): Promise<number | void> {
    const { id, reportsTo, audit } = this.hub.rules.current.instance;
    if (!(await this.months.open())) return AGAIN_MS;
    if (audit?.keepMonths === undefined) return;
    const dropped = await this.months.drop({ keepMonths: audit.keepMonths, url: reportsTo?.url ?? null, site: id });
    if (dropped === null) return AGAIN_MS;
    for (const { kind, months, others, kept } of dropped) {
      if (months.length + others > 0) this.hub.parts.log.info('audit-dropped', { source: kind, count: months.length + others });
      if (kept.length > 0) this.hub.parts.log.warn('audit-kept-until-shipped', { source: kind, count: kept.length });
    }
  }
}
