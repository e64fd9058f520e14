import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Replayed, replay } from './bare-loop.js';
import type { Call, SiteName } from './field.js';
import { FieldProcess } from './field-process.js';
import { ANSWER_MS, HubRun, type Measured } from './hub-run.js';
import { type Reenacted, reenactSync2 } from './one-at-a-time.js';
import { prepareGround, type ShapeName } from './shapes.js';

export interface ToMeasure {
  /** Records that change in each run. */
  readonly records: number;
  readonly shapes: readonly ShapeName[];
  /** Requests in flight at each site, one run for each. */
  readonly inFlight: readonly number[];
  /** Records that Sync 2.0's way is tried on. */
  readonly oneAtATime: number;
  readonly trickle: { readonly changes: number; readonly everyMs: number };
  /** What `npm run build` made, on a database of this run alone; else the sources, on the test run's. */
  readonly asInTheField: boolean;
  readonly say: (what: string, text: string) => void;
  readonly nodeOptions?: readonly string[];
}

/** The bare loop, with the requests in flight that it was given. */
export interface BareLoop extends Replayed {
  readonly maxInFlight: number;
}

/** What one shape of the hub came to. */
export interface HubResults {
  readonly shape: ShapeName;
  readonly bursts: readonly Measured[];
  /** From each change of the trickle to its arrival. */
  readonly lagsMs: readonly number[];
  readonly versions: Versions;
}

/** All numbers of one run of the benchmark. */
export interface Results {
  readonly records: number;
  readonly answerMs: number;
  readonly entriesPerPage: number;
  readonly hubs: readonly HubResults[];
  readonly bareLoops: readonly BareLoop[];
  readonly sync2: Reenacted;
  readonly versions: Versions;
}

/** What the hub ran on, as the servers say themselves. */
export interface Versions {
  readonly postgres: string;
  readonly rabbitmq: string;
}

/** The module's default of 5 would hold every reader of a feed to 50 entries a second where a page takes 100 ms. */
export const ENTRIES_PER_PAGE = 100;
const LAG_IN_FLIGHT = 6;

/** Runs everything, one after the other, on the same two sites. */
export async function measure(options: ToMeasure): Promise<Results> {
  const folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-benchmark-'));
  // PostgreSQL runs as another user where we are root, and must reach its data.
  await chmod(folder, 0o755);
  const field = new FieldProcess();
  try {
    options.say('the sites', `are filled with ${options.records} patients each`);
    const addresses = await field.ask('start', { records: options.records, entriesPerPage: ENTRIES_PER_PAGE });
    const hubs: HubResults[] = [];
    for (const shape of options.shapes) hubs.push(await measureHub(shape, { ...options, folder, field, addresses }));
    const [first] = hubs;
    await field.ask('answerIn', ANSWER_MS);
    const bareLoops: BareLoop[] = [];
    for (const { maxInFlight, calls } of first?.bursts ?? []) bareLoops.push(await measureBareLoop({ addresses, calls, maxInFlight }, options));
    const sync2 = await measureSync2(field, addresses, options);
    return { records: options.records, answerMs: ANSWER_MS, entriesPerPage: ENTRIES_PER_PAGE, hubs, bareLoops, sync2, versions: versionsOf(hubs) };
  } finally {
    await field.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

const versionsOf = (hubs: readonly HubResults[]): Versions => ({
  postgres: hubs[0]?.versions.postgres ?? 'none',
  rabbitmq: hubs.find(({ versions }) => versions.rabbitmq !== 'none')?.versions.rabbitmq ?? 'none',
});

interface Place extends ToMeasure {
  readonly folder: string;
  readonly field: FieldProcess;
  readonly addresses: Readonly<Record<SiteName, string>>;
}

async function measureHub(shape: ShapeName, place: Place): Promise<HubResults> {
  const { field, addresses, say, asInTheField, trickle, records, nodeOptions = [] } = place;
  const ground = await prepareGround({ shape, folder: path.join(place.folder, shape), ownDatabase: asInTheField });
  try {
    say(shape, 'both sites are compared for the first time');
    const parts = { ground, field, addresses, built: asInTheField, nodeOptions, say: (text: string) => say(shape, text) };
    const run = await HubRun.prepare(parts, Math.max(...place.inFlight));
    try {
      const bursts: Measured[] = [];
      for (const maxInFlight of place.inFlight) bursts.push(await run.burst(records, maxInFlight));
      const lagsMs = await run.trickle(trickle.changes, trickle.everyMs, LAG_IN_FLIGHT);
      return { shape, bursts, lagsMs, versions: ground.versions };
    } finally {
      await run.close();
    }
  } finally {
    await ground.leave();
  }
}

async function measureBareLoop(
  { addresses, calls, maxInFlight }: { readonly addresses: Readonly<Record<SiteName, string>>; readonly calls: readonly Call[]; readonly maxInFlight: number },
  { say }: ToMeasure,
): Promise<BareLoop> {
  say('bare loop', `${maxInFlight} in flight`);
  const uuids = [...new Set(calls.flatMap(({ method, path: at }) => (method === 'GET' ? (/\/patient\/([0-9a-f-]{36})/.exec(at)?.[1] ?? []) : [])))];
  return { maxInFlight, ...(await replay({ addresses, calls, uuids, maxInFlight })) };
}

async function measureSync2(field: FieldProcess, addresses: Readonly<Record<SiteName, string>>, { oneAtATime, say }: ToMeasure): Promise<Reenacted> {
  say('Sync 2.0', `${oneAtATime} records, one at a time`);
  const made = await field.ask('change', oneAtATime);
  return reenactSync2({ addresses, uuids: made.map(({ uuid }) => uuid), entriesPerPage: ENTRIES_PER_PAGE });
}
