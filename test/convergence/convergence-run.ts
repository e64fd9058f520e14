import { setTimeout as pause } from 'node:timers/promises';
import { startWorld, type World, type WorldOptions } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { ORDER_TYPES, type SampleVisit, type Simulator, sampleData, sampleVisit } from '@sync-hub/openmrs-simulator';
import { account } from './account.js';
import type { Work } from './acts.js';
import type { Shown } from './answering.js';
import { Answers } from './answers.js';
import { isBahmni } from './bahmni.js';
import { keepsCare } from './care-scene.js';
import { Clinicians } from './clinicians.js';
import { contentsOf, type RecordKey } from './content.js';
import { HubDatabase } from './hub-database.js';
import type { HubShape, StartShape } from './hub-shape.js';
import { LIST_KINDS } from './list-content.js';
import { heldByRule, rulesUsed } from './list-rules.js';
import { isRefusedRestore } from './restores.js';
import { RivalEdits } from './rival-edits.js';
import { storyOf } from './story.js';

export interface RunOptions<Shape extends HubShape = HubShape> {
  readonly seed: string;
  readonly shape: StartShape<Shape>;
  /** The parent first; all of profile 2.8 unless given. */
  readonly sites?: WorldOptions['sites'];
  /** Whose module writes a site's feed, where it is not the generic one. */
  readonly flavours?: WorldOptions['flavours'];
  /** What is recorded and travels: people and places alone, visits, encounters and obs as well, or also what is kept as a list of a patient; `people` unless given. */
  readonly work?: Work;
  readonly changes: number;
  /** Pause between two edits. */
  readonly everyMs?: number;
  /** After so many edits everybody edits one record at the same moment. */
  readonly raceEvery?: number;
  /** What else happens while people work. */
  readonly meanwhile?: readonly Trouble<Shape>[];
  readonly restsWithinMs?: number;
}

/** Something that happens once so large a share of the work is done, and goes on beside it. */
export interface Trouble<Shape extends HubShape = HubShape> {
  readonly after: number;
  happens(run: { readonly shape: Shape; readonly world: World }): void | Promise<void>;
}

const SITES: WorldOptions['sites'] = { central: '2.8', kisumu: '2.8', siaya: '2.8' };
const EVERY_MS = 40;
const RESTS_WITHIN_MS = 240_000;
const RACE_EVERY = 15;
/** So often what is asked is answered, at most. */
const ANSWERS = 'of answers';
const ROUNDS = 10;

/** One visit with three encounters, of a patient who is never voided, in a visit that is not voided either. */
export function careAtFirst(): SampleVisit {
  const { patients, locations } = sampleData('central', 6);
  const patient = patients.map(({ uuid }) => String(uuid)).find(keepsCare) ?? '';
  const location = String(locations.at(-1)?.['uuid']);
  const seeds = Array.from({ length: 40 }, (_, n) => `care ${n}`);
  const visits = seeds.map((seed) => sampleVisit(seed, { patient, location, day: '2026-03-20' }));
  return visits.find(({ visit }) => keepsCare(visit.uuid))!;
}

export function recordCareAtFirst(parent: Simulator | undefined): void {
  const { visit, encounters } = careAtFirst();
  parent?.clinician.care.startVisit({ ...visit, startDatetime: '2026-03-20T00:00:00', stopDatetime: '2026-03-20T22:00:00' });
  for (const encounter of encounters) parent?.clinician.care.recordEncounter(encounter);
}

const hasCare = ({ work = 'people' }: Pick<RunOptions, 'work'>): boolean => work !== 'people';

const wasAnswered = ({ how }: Shown): boolean => how === 'answered' || how === 'dismissed';

/** A parent and two children with a hub between them, people who work at all three, and the account of it when they have gone home. */
export class ConvergenceRun<Shape extends HubShape = HubShape> {
  readonly clinicians: Clinicians;
  readonly answers: Answers;
  #isAnswered = false;
  readonly seconds: Record<string, number> = {};

  private constructor(
    readonly options: RunOptions<Shape>,
    readonly world: World,
    readonly shape: Shape,
    readonly hub: HubDatabase,
    private readonly atFirst: ReadonlySet<RecordKey>,
  ) {
    const { patients, locations } = sampleData('central', 6);
    const hot = [...patients.slice(0, 2).map(({ uuid }) => `person/${String(uuid)}`), `location/${String(locations.at(-1)?.['uuid'])}`];
    const { visit, encounters } = careAtFirst();
    const hotCare = [`visit/${visit.uuid}`, ...encounters.slice(0, 2).map(({ uuid }) => `encounter/${uuid}`)];
    const work = options.work ?? 'people';
    this.answers = new Answers(hub, options.seed);
    this.clinicians = new Clinicians({ seed: options.seed, sites: this.sites, hot: work === 'people' ? hot : [...hot, ...hotCare], work });
  }

  static async start<Shape extends HubShape>(options: RunOptions<Shape>): Promise<ConvergenceRun<Shape>> {
    const world = await startWorld({
      sites: options.sites ?? SITES,
      flavours: options.flavours ?? {},
      care: hasCare(options),
      lists: options.work === 'lists',
    });
    const [parent, child] = [...world.sites.values()];
    const { patients, locations } = sampleData('central', 6);
    // Lists are kept of those who have care; nobody else is needed there.
    const isNeeded = ({ uuid }: (typeof patients)[number]): boolean => options.work !== 'lists' || keepsCare(String(uuid));
    parent?.load({ locations, patients: patients.filter(isNeeded) });
    if (options.work !== 'lists') child?.load(sampleData('kisumu', 4));
    if (hasCare(options)) recordCareAtFirst(parent);
    if (options.work === 'lists') for (const site of world.sites.values()) site.seedMetadata({ ordertype: ORDER_TYPES });
    const atFirst = new Set([...world.sites.values()].flatMap((site) => [...contentsOf(site.state()).keys()]));
    const shape = await options.shape(world).catch(async (error: unknown) => {
      await world.stop();
      throw error;
    });
    return new ConvergenceRun(options, world, shape, await HubDatabase.open(shape.databaseUrl, shape.keys), atFirst);
  }

  get sites(): readonly Simulator[] {
    return [...this.world.sites.values()];
  }

  /** Everything that was there at first has arrived; people work; everything comes to rest. */
  async live(): Promise<void> {
    await this.timed('until all was there', () => this.rest());
    await this.timed('of work', () => this.work());
    await this.timed('until nothing moved', () => this.rest());
    await this.timed('of audits', () => this.audit());
  }

  /** What is asked is answered, in the first rounds while people go on working, until nothing is asked any more, or there is no hope of that. */
  async answer(busyRounds: number): Promise<void> {
    this.#isAnswered = true;
    await this.timed(ANSWERS, async () => {
      for (let round = 0; round < ROUNDS && (await this.hub.conflicts()).length > 0; round += 1) {
        const isBusy = round < busyRounds;
        await this.answers.round(isBusy ? () => this.goOn() : undefined);
        await this.rest();
        if (await this.hub.halfAnHourPasses()) await this.rest();
        if (isBusy) await this.audit();
      }
    });
  }

  private goOn(): void {
    this.clinicians.edit();
    this.clinicians.race();
  }

  /** Where a feed does not tell of everything, the audit finds what it has not told of: no feed tells of reports. */
  private async audit(): Promise<void> {
    const within = this.options.restsWithinMs ?? RESTS_WITHIN_MS;
    for (const site of this.sites.filter(({ profile }) => isBahmni(profile) || this.options.work === 'lists')) {
      let [before, opened] = [Number.POSITIVE_INFINITY, await this.hub.auditOnce(site.id, within)];
      // What is in conflict is not as agreed, and is found again and again.
      while (opened < before) {
        await this.rest();
        [before, opened] = [opened, await this.hub.auditOnce(site.id, within)];
      }
      await this.rest();
    }
  }

  async work(changes = this.options.changes): Promise<void> {
    const troubles: Promise<void>[] = [];
    for (let n = 1; n <= changes; n += 1) {
      if (hasCare(this.options))
        await this.hub.aliases().then(
          (known) => this.clinicians.learn(known),
          () => undefined,
        );
      this.clinicians.edit();
      if (n % (this.options.raceEvery ?? RACE_EVERY) === 0) this.clinicians.race();
      for (const trouble of this.options.meanwhile ?? []) if (n === Math.ceil(trouble.after * changes)) troubles.push((async () => trouble.happens(this))());
      await pause(this.options.everyMs ?? EVERY_MS);
    }
    await Promise.all(troubles);
  }

  /** Every feed was read to its end after everything had become quiet, and all stayed so. */
  async rest(): Promise<void> {
    const within = this.options.restsWithinMs ?? RESTS_WITHIN_MS;
    await until(
      'the hub comes to rest',
      async () => {
        const [since, written] = [await this.hub.now(), this.written()];
        if (!(await this.hub.isQuiet())) return pause(100, false);
        await until('every feed is read once more', async () => (await this.hub.oldestFeedRead()) > since || pause(50, false), within);
        return (await this.hub.isQuiet()) && this.written() === written;
      },
      within,
    ).catch(async (error: Error) => {
      throw new Error(`${error.message}\n${(await this.hub.moving()).join('\n')}`);
    });
  }

  private written(): number {
    return this.sites.reduce((sum, site) => sum + site.writes().length, 0);
  }

  /** Everything that is not as it must be, with the story of each record of it. */
  async findings(): Promise<string> {
    const rivals = await RivalEdits.of(this.sites, this.hub);
    const { sites, hub, atFirst, answers } = this;
    const { edits } = this.clinicians.ledger;
    const ofAll = await account({ sites, edits, hub, rivals, atFirst, shown: answers.shown.filter(wasAnswered) });
    const faults = [...ofAll, ...(this.#isAnswered ? await answers.faults({ sites, edits }) : [])];
    for (const n of rivals.found) process.stdout.write(`edit ${n} was made beside a write of the hub, and is undone by it: no server could tell\n`);
    const records = [...new Set(faults.flatMap((fault) => [...fault.matchAll(/[a-z]+\/[0-9a-f]{8}-[A-Za-z0-9-]+/g)].map(([record]) => record)))];
    const stories = await Promise.all(records.slice(0, 5).map((record) => storyOf(record, { hub, edits, sites, shown: answers.shown })));
    return [...faults, ...stories].join('\n\n');
  }

  /** One line about the run. */
  async summary(): Promise<string> {
    const { edits } = this.clinicians.ledger;
    const seconds = Object.entries(this.seconds).map(([what, s]) => `${s.toFixed(0)} s ${what}`);
    const [conflicts, { locations, people, visits, encounters }] = [await this.hub.conflicts(), this.sites[0]!.state()];
    const open = await this.hub.open();
    const lists = LIST_KINDS.flatMap((kind) => {
      const made = edits.filter(({ record }) => record.startsWith(`${kind}/`)).length;
      return made === 0 ? [] : [`${made} of kind ${kind}`];
    });
    const rules = [...rulesUsed(heldByRule(open, { sites: this.sites, knownAt: await this.hub.aliases() }), edits)];
    const [restores, waiters] = [open.filter(isRefusedRestore), open.filter(({ state }) => state === 'waiting')];
    return `seed ${this.options.seed}: ${edits.length} edits (${this.clinicians.refused.length} refused by their own servers) of ${locations.length} locations, ${people.length} people, ${visits.length} visits and ${encounters.length} encounters, ${conflicts.length} conflicts of ${new Set(conflicts.map(({ record }) => record)).size} records, ${restores.length} restores and ${waiters.length} waiters held; ${[...lists, ...(lists.length === 0 ? [] : rules.map(([rule, times]) => `${rule} ${times} times`)), ...seconds].join(', ')}`;
  }

  summaryOfAnswers(): string {
    return `seed ${this.options.seed}: ${this.answers.summary()}; ${(this.seconds[ANSWERS] ?? 0).toFixed(0)} s ${ANSWERS}`;
  }

  async stop(): Promise<void> {
    await this.hub.close();
    await this.shape.stop();
    await this.world.stop();
  }

  private async timed(what: string, work: () => Promise<void>): Promise<void> {
    const started = performance.now();
    await work();
    this.seconds[what] = (performance.now() - started) / 1000;
  }
}
