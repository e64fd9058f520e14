import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { HubDatabase } from '../convergence/hub-database.js';
import { arrivals, lastAnswer, mostInFlight, type Purpose, purposes, type Window, windowsOf } from './calls.js';
import { writeConfiguration } from './configuration.js';
import type { Call, Made, SiteName } from './field.js';
import type { FieldProcess } from './field-process.js';
import { type Component, type ComponentOf, databaseOrBroker, Meter, type Used } from './meter.js';
import { type Ground, type RunningHub, startHub } from './shapes.js';

/** What a run of a hub came to. */
export interface Measured {
  readonly maxInFlight: number;
  readonly records: number;
  /** From the moment at which the feed told of the changes to the answer of the last request about them. */
  readonly seconds: number;
  readonly calls: readonly Call[];
  readonly purposes: ReadonlyMap<Purpose, number>;
  readonly used: ReadonlyMap<Component, Used>;
  readonly mostInFlight: number;
}

export interface HubRunParts {
  readonly ground: Ground;
  readonly field: FieldProcess;
  readonly addresses: Readonly<Record<SiteName, string>>;
  readonly built: boolean;
  readonly say: (text: string) => void;
  readonly nodeOptions?: readonly string[];
}

/** How long the sites of a benchmark take for an answer. */
export const ANSWER_MS = 100;
const QUIET_WITHIN_MS = 900_000;
const LOOK_EVERY_MS = 250;
const WINDOWS_IN_FLIGHT = 6;

/** One shape of the hub between the two sites of the field, started anew for another number of requests in flight. */
export class HubRun {
  #running: { readonly maxInFlight: number; readonly hub: RunningHub } | null = null;

  private constructor(
    private readonly parts: HubRunParts,
    private readonly books: HubDatabase,
  ) {}

  /** The hub has seen every record at both sites, and has agreed on all of them. */
  static async prepare(parts: HubRunParts, maxInFlight: number): Promise<HubRun> {
    const run = new HubRun(parts, await HubDatabase.open(parts.ground.databaseUrl, parts.ground.keys));
    await parts.field.ask('answerIn', 0);
    try {
      await run.hubWith(maxInFlight);
      await run.rest();
      return run;
    } catch (error) {
      await run.close();
      throw error;
    }
  }

  /** All these records change at once. */
  async burst(records: number, maxInFlight: number): Promise<Measured> {
    return this.running(maxInFlight, async () => {
      const { field, say } = this.parts;
      const meter = await Meter.start(process.pid, componentOf(field.pid));
      const made = await field.ask('change', records);
      await this.until('all is written', async () => {
        const written = await field.ask('writes', null);
        say(`${written} of ${records} written, ${(written / ((Date.now() - (made[0]?.at ?? 0)) / 1000)).toFixed(1)} a second`);
        return written >= records;
      });
      await this.rest();
      const used = await meter.stop();
      const calls = await field.ask('calls', null);
      await this.proveArrived(made);
      const seconds = (lastAnswer(calls) - (made[0]?.at ?? 0)) / 1000;
      const uuids = made.map(({ uuid }) => uuid);
      return { maxInFlight, records, seconds, calls, purposes: purposes(calls, uuids), used, mostInFlight: mostInFlight(calls, 'central') };
    });
  }

  /** So many changes, one after the other; milliseconds from each to its arrival. */
  async trickle(changes: number, everyMs: number, maxInFlight: number): Promise<readonly number[]> {
    return this.running(maxInFlight, async () => {
      const { field, say } = this.parts;
      const made: Made[] = [];
      const started = Date.now();
      for (let n = 0; n < changes; n += 1) {
        made.push(await field.ask('changeOne', n));
        say(`${made.length} of ${changes} changes made`);
        await pause(Math.max(0, started + (n + 1) * everyMs - Date.now()));
      }
      await this.rest();
      await this.proveArrived(made);
      const uuids = made.map(({ uuid }) => uuid);
      const arrived = arrivals(await field.ask('calls', null), uuids);
      return made.map(({ uuid, at }) => (arrived.get(uuid) ?? Number.NaN) - at);
    });
  }

  /** So many changes, one after the other, where the sites take that long for an answer: what lies between the read and the write of each. */
  async windows(changes: number, everyMs: number, answerMs: number): Promise<readonly Window[]> {
    return this.running(WINDOWS_IN_FLIGHT, async () => {
      const { field } = this.parts;
      await field.ask('answerIn', answerMs);
      const made: Made[] = [];
      for (let n = 0; n < changes; n += 1) {
        made.push(await field.ask('changeOne', n));
        await pause(everyMs);
      }
      await this.rest();
      await this.proveArrived(made);
      return windowsOf(
        await field.ask('calls', null),
        made.map(({ uuid }) => uuid),
      );
    });
  }

  async close(): Promise<void> {
    await this.#running?.hub.stop();
    this.#running = null;
    await this.books.close();
  }

  /** With the hub started and warm, the sites slow, and no request counted yet. */
  private async running<Result>(maxInFlight: number, work: () => Promise<Result>): Promise<Result> {
    const { field } = this.parts;
    const hub = await this.hubWith(maxInFlight);
    try {
      await field.ask('answerIn', ANSWER_MS);
      await this.proveArrived([await field.ask('changeOne', 0)], () => this.rest());
      await field.ask('forget', null);
      return await work();
    } catch (error) {
      const last = (await hub.log()).split('\n').filter((line) => /"level":"(warn|error)"/.test(line));
      throw new Error(`${error instanceof Error ? error.message : 'it failed'}\n${(await this.books.moving()).join('\n')}\n${last.slice(-10).join('\n')}`);
    } finally {
      await field.ask('answerIn', 0);
    }
  }

  private async hubWith(maxInFlight: number): Promise<RunningHub> {
    if (this.#running?.maxInFlight === maxInFlight) return this.#running.hub;
    await this.#running?.hub.stop();
    this.#running = null;
    const hub = await this.start(maxInFlight);
    this.#running = { maxInFlight, hub };
    return hub;
  }

  private async start(maxInFlight: number): Promise<RunningHub> {
    const { ground, addresses, built, nodeOptions = [] } = this.parts;
    const configurationFile = path.join(ground.folder, `sync-hub-${maxInFlight}.json`);
    await writeConfiguration({ file: configurationFile, addresses, maxInFlight });
    return startHub({ ground, configurationFile, built, nodeOptions });
  }

  /** Every feed was read once more, and nothing moves. */
  private async rest(): Promise<void> {
    const since = await this.books.now();
    await this.until('every feed is read once more', async () => (await this.books.oldestFeedRead()) > since);
    await this.until('nothing moves', () => this.books.isQuiet());
    const again = await this.books.now();
    await this.until('every feed is read again', async () => (await this.books.oldestFeedRead()) > again);
    await this.until('nothing moves any more', () => this.books.isQuiet());
  }

  /** A run in which not every change has arrived has measured nothing. */
  private async proveArrived(made: readonly Made[], first: () => Promise<void> = async () => undefined): Promise<void> {
    await first();
    const uuids = [...new Set(made.map(({ uuid }) => uuid))];
    const arrived = await this.parts.field.ask('arrived', uuids);
    const open = await this.books.open();
    if (arrived !== uuids.length || open.length > 0) throw new Error(`${arrived} of ${uuids.length} changes arrived, ${open.length} are held`);
  }

  private async until(what: string, condition: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + QUIET_WITHIN_MS;
    while (!(await condition())) {
      if (Date.now() > deadline) throw new Error(`${what}: not within ${QUIET_WITHIN_MS / 1000} s`);
      await pause(LOOK_EVERY_MS);
    }
  }
}

/** The parts of a hub as the processes of a run show them; what is neither the hub's nor the sites' is not counted. */
const componentOf =
  (fieldPid: number): ComponentOf =>
  (facts) =>
    facts.pid === fieldPid ? 'simulated sites' : (databaseOrBroker(facts) ?? /\bapps\/([a-z-]+)\/(?:src|dist)\/main\.[jt]s/.exec(facts.command)?.[1] ?? null);
