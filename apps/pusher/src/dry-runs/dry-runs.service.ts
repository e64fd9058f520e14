import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type LinkConfiguration, linkOf, linksRunAt } from '@sync-hub/configuration';
import { type AskedOfSite, recordNamed, type SiteId, SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { type Along, ChangeRepository, DryRunRepository, ManualRunRepository, type OpenManualRun, type ToForetell } from '@sync-hub/persistence';
import { categoriesToList, categoryFor, eachInTurn, Hub, Periodic } from '@sync-hub/runtime';
import type { Metering } from '../reading-clients.js';
import { type DryVerdict, dryEnd } from './ends-of-verdicts.js';
import { RecordAhead } from './record-ahead.js';

const EVERY_MS = 500;
/** Of what a site may be asked at once, a dry run takes no more than this share: what people enter goes on beside it. */
const SHARE_OF_CAP = 1 / 3;
/** Nothing more is taken while so much is open at an end. */
const MOST_OPEN_CHANGES = 500;
const RECORD_MS = 60_000;
const TAKEN_IN_TURN = 2;
/** Longer than all that is taken at once can take; another process takes it after that. */
const LEASE_SECONDS = (TAKEN_IN_TURN * RECORD_MS) / 1000 + 30;
/** What failed for a moment is tried again at once, so often. */
const TRIES = 3;

/** Finds out what would come of each record of a dry run. Several processes do so side by side. Nothing is written but that. */
@Injectable()
export class DryRunsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly runs: ManualRunRepository,
    private readonly dryRuns: DryRunRepository,
    private readonly changes: ChangeRepository,
  ) {
    this.work = new Periodic('dry-runs', EVERY_MS, () => this.goOn(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  /** At once again where something was found out. */
  private async goOn(): Promise<number> {
    const { current } = this.hub.rules;
    const open = (await this.runs.open(linksRunAt(current).map(({ id }) => id))).filter(({ dry }) => dry);
    if (open.length === 0) return EVERY_MS;
    let found = 0;
    await eachInTurn(open, async (run) => {
      const link = linkOf(current, run.route.link);
      if (link === null || this.ending.signal.aborted || !(await this.mayAsk(run))) return;
      const taken = await this.write((tx) => this.dryRuns.take(tx, run, this.atOnce(run) * TAKEN_IN_TURN, LEASE_SECONDS));
      found += taken.length;
      await this.inLanes(taken, this.atOnce(run), (one) => this.foretell(run, link, one));
    });
    return found === 0 ? EVERY_MS : 0;
  }

  /** Not while an end is away, rests or is no more what it was, nor while it has much to do. */
  private async mayAsk({ route }: OpenManualRun): Promise<boolean> {
    const ends = [route.source, route.target];
    const [closed, away] = [await this.hub.circuit.closed(), await this.hub.repositories.held.away()];
    if (ends.some((site) => closed.has(site) || away.some((one) => one.site === site))) return false;
    const open = await Promise.all(ends.map((site) => this.changes.countOpen(site)));
    return open.every((count) => count < MOST_OPEN_CHANGES);
  }

  private atOnce({ route }: OpenManualRun): number {
    const cap = Math.min(...[route.source, route.target].map((site) => this.hub.rules.site(site).maxInFlight));
    return Math.max(1, Math.floor(cap * SHARE_OF_CAP));
  }

  private async inLanes<Item>(items: readonly Item[], lanes: number, work: (item: Item) => Promise<void>): Promise<void> {
    const lane = (number: number) =>
      eachInTurn(
        items.filter((_, index) => index % lanes === number),
        work,
      );
    await Promise.all(Array.from({ length: lanes }, (_, number) => lane(number)));
  }

  private async foretell(run: OpenManualRun, link: LinkConfiguration, one: ToForetell): Promise<void> {
    const meter = new Meter();
    const verdict = this.ending.signal.aborted ? null : await this.verdictOn(run, one, meter);
    if (verdict === null) return this.write((tx) => this.dryRuns.giveBack(tx, run, one.record));
    const isOtherwise = verdict.as === 'in-step';
    const told = { ...verdict, awaits: isOtherwise ? [] : verdict.awaits, source: meter.of(run.route.source), target: meter.of(run.route.target) };
    await this.write((tx) => this.dryRuns.found(tx, run, one.record, told, alongOf(verdict, link, run)));
  }

  /** Null where it cannot be asked now. */
  private async verdictOn(run: OpenManualRun, { record, isAlong }: ToForetell, meter: Meter, tried = 1): Promise<DryVerdict | null> {
    const known = { isAlong, people: (uuids: readonly string[]) => this.dryRuns.peopleIn(run, uuids) };
    const signal = AbortSignal.any([this.ending.signal, AbortSignal.timeout(RECORD_MS)]);
    try {
      return await new RecordAhead(this.hub, run.route, meter).of(record, known, { signal });
    } catch (error) {
      if (this.ending.signal.aborted) return null;
      if (!(error instanceof SyncError) || error.code === 'bug') this.hub.parts.log.error('dry-run-failed', error, { action: 'dry-runs' });
      if (!(error instanceof SyncError)) return dryEnd('cannot-be-read', 'broken');
      if (error.retry === 'when-site-is-back') return this.whereAway(run, error);
      return error.retry === 'later' && tried < TRIES ? this.verdictOn(run, { record, isAlong }, meter, tried + 1) : dryEnd('cannot-be-read', error.code);
    }
  }

  /** A site that is down has said so by its circuit, and the run waits for it. One that answers its probe did not answer this. */
  private async whereAway({ route }: OpenManualRun, error: SyncError): Promise<DryVerdict | null> {
    const { site } = error.details;
    const asked = [route.source, route.target].filter((one) => typeof site !== 'string' || one === site);
    const states = await Promise.all(asked.map((one) => this.hub.circuit.confirm(one)));
    return states.some((state) => state !== 'up') ? null : dryEnd('cannot-be-read', error.code);
  }

  private async write<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const { result, said } = await this.hub.parts.database.transaction(work);
    await this.hub.outgoing.send(said);
    return result;
  }
}

/** Records that would be brought along, of kinds that travel on the run's route. */
function alongOf({ awaits }: DryVerdict, link: LinkConfiguration, { route }: OpenManualRun): readonly Along[] {
  const categories = categoriesToList(link, route.direction);
  return awaits.flatMap((name) => {
    const record = recordNamed(name);
    const as = record === null ? null : categoryFor(categories, record.aggregate);
    return record === null || as === null ? [] : [{ ...record, category: as.category, place: as.place }];
  });
}

/** What was asked of each site. */
class Meter implements Metering {
  private readonly asked = new Map<SiteId, AskedOfSite>();

  of(site: SiteId): AskedOfSite {
    return this.asked.get(site) ?? { requests: 0, ms: 0, bytes: 0 };
  }

  answered(site: SiteId, tookMs: number): void {
    const { requests, ms, bytes } = this.of(site);
    this.asked.set(site, { requests: requests + 1, ms: ms + tookMs, bytes });
  }

  received(site: SiteId, bytes: number): void {
    this.asked.set(site, { ...this.of(site), bytes: this.of(site).bytes + bytes });
  }
}
