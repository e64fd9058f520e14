import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type ConflictDesk, type ConflictOrders, SyncError } from '@sync-hub/contracts';
import { FetchedActRepository } from '@sync-hub/persistence';
import { failureIn, Hub, Periodic, type ReportingTo, ReportingWork } from '@sync-hub/runtime';
import { actOnConflict } from './act-on-conflict.js';
import { reportOf, tellConflicts } from './tell-conflicts.js';

export const DESK = Symbol('ConflictDesk');

/** Tells the instance that this one reports to of the conflicts here, where that is configured, and does here what people there did to them: whenever it can be reached. */
@Injectable()
export class ReportConflictsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: ReportingWork;
  private wanted: readonly string[] = [];
  private isFailing = false;

  constructor(
    private readonly hub: Hub,
    @Inject(DESK) private readonly desk: ConflictDesk,
    private readonly fetched: FetchedActRepository,
  ) {
    this.work = new ReportingWork(
      hub,
      (to) => this.tellingTo(to),
      ({ conflicts }) => conflicts,
    );
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private tellingTo(to: ReportingTo): Periodic {
    this.wanted = [];
    return new Periodic('report-conflicts', this.hub.times.tellConflictsMs, () => this.tell(to), this.hub.parts.log);
  }

  /** Milliseconds until the next time, or nothing for the usual. */
  private async tell(to: ReportingTo): Promise<number | void> {
    const report = await reportOf(this.desk, this.wanted, await this.fetched.toTell(MOST_ENDINGS));
    const orders = await tellConflicts(to, report, this.work.ending).catch(failureIn);
    if (orders instanceof SyncError) return this.afterFailure(orders);
    this.isFailing = false;
    await this.fetched.known(orders.known);
    for (const act of orders.acts) await this.act(act);
    this.wanted = orders.wants;
    return orders.wants.length > 0 || orders.acts.length > 0 ? 0 : undefined;
  }

  private async act(act: ConflictOrders['acts'][number]): Promise<void> {
    if (!(await this.fetched.isToDo(act.id, act.conflict))) return;
    const as = await actOnConflict(this.desk, act);
    await this.fetched.done({ act: act.id, as });
    this.hub.parts.log.info('conflict-act-done', { action: act.act.does, outcome: as });
  }

  /** Nothing is lost: what is told is told anew each time. It is said once. */
  private afterFailure(error: SyncError): void {
    if (this.work.ending.aborted) return;
    if (!this.isFailing) this.hub.parts.log.warn('conflicts-not-told', { code: error.code }, error);
    this.isFailing = true;
  }
}

const MOST_ENDINGS = 200;
