import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Configuration } from '@sync-hub/configuration';
import { type AuditReport, type AuditRow, ContractError, MOST_AUDIT_ROWS, SyncError } from '@sync-hub/contracts';
import { type Settled, ShippedAuditRepository } from '@sync-hub/persistence';
import { Hub, Periodic, Periodics } from '@sync-hub/runtime';
import { backOff } from './back-off.js';
import { type Group, groupOf } from './group-of.js';
import { type ReportingTo, sendReport } from './send-report.js';
import { settledBy } from './settled-by.js';

/** Ships the audit of this instance to the one that it reports to, where there is one: every row, in order, once that one can be reached. */
@Injectable()
export class ShipAuditService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work = new Periodics();
  private failures = 0;

  constructor(
    private readonly hub: Hub,
    private readonly shipped: ShippedAuditRepository,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.hub.rules.onTaken(async (configuration) => this.keepTo(configuration));
    this.keepTo(this.hub.rules.current);
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  private keepTo({ instance: { id, reportsTo } }: Configuration): void {
    const secret = this.hub.reportSecrets.to;
    if (reportsTo === undefined || secret === null) return this.work.keep(new Map());
    const to = { url: reportsTo.url, instance: id, secret };
    const begin = (): Periodic => {
      this.failures = 0;
      return new Periodic('ship-audit', this.hub.times.shipAuditMs, () => this.ship(to), this.hub.parts.log);
    };
    this.work.keep(new Map([['audit', { as: JSON.stringify(to), begin }]]));
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
    const answer = await sendReport(to, { rows: [...group.rows], waiting }, this.ending.signal);
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
    if (this.ending.signal.aborted) return;
    this.failures += 1;
    if (this.failures === 1) this.hub.parts.log.warn('audit-not-shipped', { code: error.code }, error);
    await this.shipped.failed(url, error.code);
    const { shipAgainMs, shipAgainAtMostMs } = this.hub.times;
    return backOff(this.failures, { firstMs: shipAgainMs, atMostMs: shipAgainAtMostMs }, Math.random());
  }
}

/** Something of ours that went wrong; anything else is a fault of the code, and thrown. */
function failureIn(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  throw error;
}
