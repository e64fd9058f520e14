import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type AuditReport, type AuditRow, ContractError, MOST_AUDIT_ROWS, SyncError } from '@sync-hub/contracts';
import { type Settled, ShippedAuditRepository } from '@sync-hub/persistence';
import { failureIn, Hub, Periodic, type ReportingTo, ReportingWork } from '@sync-hub/runtime';
import { backOff } from './back-off.js';
import { type Group, groupOf } from './group-of.js';
import { sendReport } from './send-report.js';
import { settledBy } from './settled-by.js';

/** Ships the audit of this instance to the one that it reports to, where there is one: every row, in order, once that one can be reached. */
@Injectable()
export class ShipAuditService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: ReportingWork;
  private failures = 0;

  constructor(
    private readonly hub: Hub,
    private readonly shipped: ShippedAuditRepository,
  ) {
    this.work = new ReportingWork(hub, (to) => this.shippingTo(to));
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private shippingTo(to: ReportingTo): Periodic {
    this.failures = 0;
    return new Periodic('ship-audit', this.hub.times.shipAuditMs, () => this.ship(to), this.hub.parts.log);
  }

  /** Milliseconds until the next report, or nothing for the usual time. */
  private async ship(to: ReportingTo): Promise<number | void> {
    const rows = await this.rowsFor(to.url);
    if (rows.length === 0 && (await this.wasHeardLately(to.url))) return;
    const group = groupOf(rows);
    const { since, ...counts } = await this.shipped.waiting(to.url, group.ids.at(-1));
    const settled = await this.tell(to, group, { ...counts, since: since?.toISOString() ?? null }).catch(failureIn);
    if (settled instanceof SyncError) return this.afterFailure(to.url, settled);
    await this.hub.parts.database.transaction((tx) => this.shipped.heard(tx, to.url, settled));
    this.said(settled);
    return rows.length === MOST_AUDIT_ROWS || group.ids.length < rows.length ? 0 : undefined;
  }

  /** What has never been sent first; where there is nothing of that, what was not taken a day ago. */
  private async rowsFor(url: string): Promise<readonly AuditRow[]> {
    if ((await this.shipped.waiting(url)).rows === 0) return this.shipped.again(url, MOST_AUDIT_ROWS);
    const upTo = await this.shipped.settledTo();
    return upTo === null ? [] : this.shipped.next(url, upTo, MOST_AUDIT_ROWS);
  }

  private async wasHeardLately(url: string): Promise<boolean> {
    const seconds = await this.shipped.heardSecondsAgo(url);
    return seconds !== null && seconds < this.hub.times.sayWellSeconds;
  }

  /** What the answer settles; `null` where there was nothing to settle. */
  private async tell(to: ReportingTo, group: Group, waiting: AuditReport['waiting']): Promise<Settled | null> {
    const answer = await sendReport(to, { rows: [...group.rows], waiting }, this.work.ending);
    const settled = settledBy(group, answer);
    if (settled === null && group.ids.length > 0) throw new ContractError('the answer to a report does not say what became of its first row');
    return settled;
  }

  private said(settled: Settled | null): void {
    const { log } = this.hub.parts;
    if (this.failures > 0) log.info('audit-ships-again');
    this.failures = 0;
    if (settled === null) return;
    log.debug('audit-shipped', { count: settled.taken.length });
    if (settled.refused.length > 0) log.warn('audit-not-taken', { count: settled.refused.length });
  }

  /** Nothing is lost and nothing is passed over: the same rows are sent again. It is said once. */
  private async afterFailure(url: string, error: SyncError): Promise<number | void> {
    if (this.work.ending.aborted) return;
    this.failures += 1;
    if (this.failures === 1) this.hub.parts.log.warn('audit-not-shipped', { code: error.code }, error);
    await this.shipped.failed(url, error.code);
    const { shipAgainMs, shipAgainAtMostMs } = this.hub.times;
    return backOff(this.failures, { firstMs: shipAgainMs, atMostMs: shipAgainAtMostMs }, Math.random());
  }
}
