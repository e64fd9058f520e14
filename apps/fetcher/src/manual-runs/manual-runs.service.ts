import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { type LinkConfiguration, linkOf, linksRunAt } from '@sync-hub/configuration';
import { SyncError } from '@sync-hub/contracts';
import type { Tx } from '@sync-hub/messaging';
import { ChangeRepository, lockRecords, ManualRunRepository, type OpenManualRun } from '@sync-hub/persistence';
import { eachInTurn, Hub, Periodic, RECORDS_A_SECOND, SiteClients, toList } from '@sync-hub/runtime';
import { type FoundAtSource, listAtSource, listPatient } from './list-run.js';

const EVERY_MS = 1000;
const AT_ONCE = (RECORDS_A_SECOND * EVERY_MS) / 1000;
const PATIENTS_AT_ONCE = 10;
/** No more is looked at while so many changes of its site are open: what people enter meanwhile is to get through. */
const MOST_OPEN_CHANGES = 500;

/** Does what people have asked for by hand: lists it, has each record looked at, and writes down what became of it. What a dry run would come to the pusher finds out, which reads both ends. */
@Injectable()
export class ManualRunsService implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly ending = new AbortController();
  private readonly work: Periodic;

  constructor(
    private readonly hub: Hub,
    private readonly runs: ManualRunRepository,
    private readonly changes: ChangeRepository,
    private readonly clients: SiteClients,
  ) {
    this.work = new Periodic('manual-runs', EVERY_MS, () => this.keep(), hub.parts.log);
  }

  onApplicationBootstrap(): void {
    this.work.start();
  }

  async onApplicationShutdown(): Promise<void> {
    this.ending.abort();
    await this.work.stop();
  }

  private async keep(): Promise<void> {
    const { current } = this.hub.rules;
    const links = linksRunAt(current).map(({ id }) => id);
    if ((await this.hub.repositories.processes.goingByOthers(this.hub.settingsDigest)).length === 0) await this.write((tx) => this.runs.leaveAllBut(tx, links));
    const open = await this.runs.open(links);
    if (open.length === 0) return;
    const closed = await this.hub.circuit.closed();
    await eachInTurn(open, async (run) => {
      const link = linkOf(current, run.route.link);
      if (link !== null && !closed.has(run.route.source) && !this.ending.signal.aborted)
        await this.list(run, link).catch((error: unknown) => this.unlessDown(run, error));
      if (!run.dry) await this.look(run);
      await this.write((tx) => this.runs.settle(tx, run));
    });
  }

  /** What can be listed at once, and then what hangs on some of the patients. */
  private async list(run: OpenManualRun, link: LinkConfiguration): Promise<void> {
    const client = await this.clients.of(run.route.source);
    const options = { signal: this.ending.signal };
    if (run.state === 'listing') {
      const found = await listAtSource(run, link, client, options);
      await this.write((tx) => this.begin(tx, run, link, found));
    }
    await eachInTurn(await this.runs.patientsOf(run, PATIENTS_AT_ONCE), async (patient) => {
      const found = await listPatient({ run, link, patient }, client, await this.runs.knownOf(run, patient), options);
      await this.write(async (tx) => {
        await this.add(tx, run, found);
        await this.runs.patientListed(tx, run, patient);
      });
    });
  }

  private async begin(tx: Tx, run: OpenManualRun, link: LinkConfiguration, found: FoundAtSource): Promise<void> {
    const { known, histories } = toList(run, link);
    await this.add(tx, run, found);
    await this.runs.listKnown(tx, run, known);
    if (run.scope.what === 'patient') await this.runs.addPatients(tx, run, [run.scope.patient]);
    if (histories) await this.runs.addMembers(tx, run);
    await this.runs.listed(tx, run);
  }

  private async add(tx: Tx, run: OpenManualRun, { records, notListed }: FoundAtSource): Promise<void> {
    await this.runs.add(tx, run, records);
    await this.runs.noteNotListed(tx, run, notListed);
  }

  private async look(run: OpenManualRun): Promise<void> {
    if ((await this.changes.countOpen(run.route.source)) >= MOST_OPEN_CHANGES) return;
    await this.write(async (tx) => {
      const looks = await this.runs.take(tx, run, AT_ONCE);
      await lockRecords(
        tx,
        looks.map(({ record }) => record),
      );
      await this.changes.open(tx, looks);
    });
  }

  private async write(work: (tx: Tx) => Promise<unknown>): Promise<void> {
    const { said } = await this.hub.parts.database.transaction(work);
    await this.hub.outgoing.send(said);
  }

  /** A site that is down has said so by its circuit, and the run waits for it. */
  private async unlessDown({ route }: OpenManualRun, error: unknown): Promise<void> {
    const isItsSite = error instanceof SyncError && error.retry === 'when-site-is-back';
    if (this.ending.signal.aborted || (isItsSite && (await this.hub.circuit.confirm(route.source)) !== 'up')) return;
    throw error;
  }
}
