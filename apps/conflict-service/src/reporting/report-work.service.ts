import { randomUUID } from 'node:crypto';
import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type BecameOfHeldAct, type FarHeldAct, SyncError, type ToldHealth, WorkOrders, type WorkReport } from '@sync-hub/contracts';
import { FetchedHeldActRepository } from '@sync-hub/persistence';
import {
  actFromElsewhere,
  failureIn,
  HealthTelling,
  Hub,
  ownHealth,
  Periodic,
  Recent,
  type ReportingTo,
  ReportingWork,
  tellSealed,
  workNow,
} from '@sync-hub/runtime';

const MOST_ENDINGS = 200;
/** An instance that is older than this one does not take such reports: it may be another one by then. */
const NOBODY_RECEIVES_MS = 5 * 60_000;

/** Tells the instance that this one reports to how the work and the links here stand, and does here what people there did to what is held: whenever it can be reached. */
@Injectable()
export class ReportWorkService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly work: ReportingWork;
  private readonly health: HealthTelling;
  private readonly run = randomUUID();
  private number = 0;
  private wantsHeld = false;
  private isFailing = false;

  constructor(
    private readonly hub: Hub,
    private readonly fetched: FetchedHeldActRepository,
  ) {
    this.work = new ReportingWork(hub, (to) => this.tellingTo(to));
    // What is told once more at once goes by the same reading.
    const recent = new Recent(() => ownHealth(hub), hub.times.tellWorkMs / 2);
    this.health = new HealthTelling({
      read: () => recent.read(),
      againMs: hub.times.tellHealthMs,
      unreadable: (error) => hub.parts.log.error('health-not-read', error),
    });
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.work.stop();
  }

  private tellingTo(to: ReportingTo): Periodic {
    this.wantsHeld = false;
    this.health.beginAnew();
    return new Periodic('report-work', this.hub.times.tellWorkMs, () => this.tell(to), this.hub.parts.log);
  }

  /** Milliseconds until the next time, or nothing for the usual. */
  private async tell(to: ReportingTo): Promise<number | void> {
    const wasFailing = this.isFailing;
    // Nobody is asked how the links do for one that does not hear it.
    const health = wasFailing ? null : await this.health.next();
    const orders = await tellSealed(to, { path: 'standing', report: await this.report(health), answer: WorkOrders }, this.work.ending).catch(failureIn);
    if (orders instanceof SyncError) return this.afterFailure(orders);
    this.isFailing = false;
    this.health.arrived(health);
    await this.fetched.known(orders.known);
    for (const act of orders.acts) await this.act(act);
    this.wantsHeld = orders.wantsHeld;
    return wasFailing || orders.wantsHeld || orders.acts.length > 0 ? 0 : undefined;
  }

  private async report(health: ToldHealth | null): Promise<WorkReport> {
    this.number += 1;
    const told = await workNow(this.hub.heldDesk(), this.hub.repositories.held, this.wantsHeld);
    return { run: this.run, number: this.number, ...told, takesActs: this.takesActs, became: [...(await this.fetched.toTell(MOST_ENDINGS))], health };
  }

  private get takesActs(): boolean {
    return this.hub.rules.current.instance.reportsTo?.conflicts === true;
  }

  private async act(act: FarHeldAct): Promise<void> {
    if (!(await this.fetched.isToDo(act.id))) return;
    const became = await this.becameOf(act);
    await this.fetched.done(became);
    this.hub.parts.log.info('held-act-done', { action: act.what, outcome: became.as, count: became.counts?.done ?? 0 });
  }

  private async becameOf(act: FarHeldAct): Promise<BecameOfHeldAct> {
    if (!this.takesActs) return { act: act.id, as: 'not-taken', counts: null };
    const { held, heldActs: acts } = this.hub.repositories;
    return actFromElsewhere({ database: this.hub.parts.database, held, acts, send: (said) => this.hub.outgoing.send(said) }, act);
  }

  /** Nothing is lost: all of it is told anew each time. It is said once. */
  private afterFailure(error: SyncError): number | void {
    if (this.work.ending.aborted) return;
    if (!this.isFailing) this.hub.parts.log.warn('work-not-told', { code: error.code }, error);
    this.isFailing = true;
    return error.code === 'nobody-receives' ? Math.max(NOBODY_RECEIVES_MS, this.hub.times.tellWorkMs) : undefined;
  }
}
