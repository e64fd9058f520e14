import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import type { Configuration } from '@sync-hub/configuration';
import { type ConflictDesk, type ConflictOrders, SyncError } from '@sync-hub/contracts';
import { FetchedActRepository } from '@sync-hub/persistence';
import { Hub, Periodic, Periodics } from '@sync-hub/runtime';
import { actOnConflict } from './act-on-conflict.js';
import { reportOf, type TellingTo, tellConflicts } from './tell-conflicts.js';

export const DESK = Symbol('ConflictDesk');

/** Tells the instance that this one reports to of the conflicts here, where that is configured, and does here what people there did to them: whenever it can be reached. */
@Injectable()
export class ReportConflictsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work = new Periodics();
  private wanted: readonly string[] = [];
  private isFailing = false;

  constructor(
    private readonly hub: Hub,
    @Inject(DESK) private readonly desk: ConflictDesk,
    private readonly fetched: FetchedActRepository,
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
    if (reportsTo?.conflicts !== true || secret === null) return this.work.keep(new Map());
    const to = { url: reportsTo.url, instance: id, secret };
    const begin = (): Periodic => {
      this.wanted = [];
      return new Periodic('report-conflicts', this.hub.times.tellConflictsMs, () => this.tell(to), this.hub.parts.log);
    };
    this.work.keep(new Map([['conflicts', { as: JSON.stringify(to), begin }]]));
  }

  /** Milliseconds until the next time, or nothing for the usual. */
  private async tell(to: TellingTo): Promise<number | void> {
    const report = await reportOf(this.desk, this.wanted, await this.fetched.toTell(MOST_ENDINGS));
    const orders = await tellConflicts(to, report, this.ending.signal).catch(failureIn);
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
    if (this.ending.signal.aborted) return;
    if (!this.isFailing) this.hub.parts.log.warn('conflicts-not-told', { code: error.code }, error);
    this.isFailing = true;
  }
}

const MOST_ENDINGS = 200;

/** Something of ours that went wrong; anything else is a fault of the code, and thrown. */
function failureIn(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  throw error;
}
