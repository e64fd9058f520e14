import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type LinkConfiguration, linksRunAt } from '@sync-hub/configuration';
import { SyncError } from '@sync-hub/contracts';
import { type Departure, DepartureRepository } from '@sync-hub/persistence';
import { eachInTurn, Hub, Periodic } from '@sync-hub/runtime';
import { Leaving } from './leaving.js';
import { Returning } from './returning.js';

const EVERY_MS = 1000;
/** Longer than one takes; another instance takes over after it. */
const LEASE_SECONDS = 300;
const AT_ONCE = 5;
const AFTER_FAILURE_SECONDS = 60;
const STOPPED_SECONDS = 5;

/** Carries on with patients who have left a catchment, or are back, link by link. */
@Injectable()
export class DeparturesService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly departures: DepartureRepository,
    private readonly leaving: Leaving,
    private readonly returning: Returning,
  ) {
    this.work = new Periodic('departures', EVERY_MS, () => this.carryOn(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  /** Only where this instance alone writes, neither a brake, a person nor its schedule keeps the link from it, and both ends are what they were. */
  private async carryOn(): Promise<void> {
    const { rules, circuit, repositories } = this.hub;
    const closed = await circuit.closed();
    await eachInTurn(linksRunAt(rules.current), async (link) => {
      if (rules.writing(link.id) !== 'live' || rules.secondsToSchedule(link.id, 'pull') > 0) return;
      if (closed.has(link.child) || closed.has(link.parent)) return;
      // Of what leaves nothing is in hand that could not wait: both kinds of a pause keep it.
      const leaves = { direction: 'pull' as const, openedAt: new Date() };
      if ((await repositories.engines.standingForPush(link.id, rules.current.instance.id, leaves)) !== 'here') return;
      await eachInTurn(await this.departures.take(link.id, LEASE_SECONDS, AT_ONCE), (departure) => this.step(link, departure));
    });
  }

  private async step(link: LinkConfiguration, departure: Departure): Promise<void> {
    if (this.ending.signal.aborted) return;
    const { signal } = this.ending;
    if ((await this.hub.repositories.patientStops.of(link.id, [departure.patient])) !== null) {
      await this.wait(link, departure, { reason: 'patient-stopped', seconds: STOPPED_SECONDS });
      return;
    }
    const isLeaving = departure.state === 'leaving' || departure.state === 'closed' || departure.state === 'voiding';
    const step = isLeaving ? this.leaving.go(link, departure, signal) : this.returning.go(link, departure, signal);
    await step.catch((error: unknown) => this.failed(link, departure, error));
  }

  /** A site that is down has said so by its circuit, and the departure is taken again when it is back; else it is tried again later, and says what failed. */
  private async failed(link: LinkConfiguration, departure: Departure, error: unknown): Promise<void> {
    if (this.ending.signal.aborted) return;
    const state = await this.hub.circuit.confirm(link.child);
    const isUp = state === 'up';
    const reason = isUp ? codeOf(error) : state === 'rests' ? 'site-rests' : 'site-down';
    await this.wait(link, departure, { reason, seconds: isUp ? AFTER_FAILURE_SECONDS : 5 });
    if (isUp && !(error instanceof SyncError)) throw error;
  }

  private async wait(link: LinkConfiguration, departure: Departure, until: { readonly reason: string; readonly seconds: number }): Promise<void> {
    const { said } = await this.hub.parts.database.transaction((tx) => this.departures.wait(tx, departure, until, link.child));
    await this.hub.outgoing.send(said);
  }
}

const codeOf = (error: unknown): string => (error instanceof SyncError ? error.code : 'failed');
