import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { startWorld, type World, type WorldOptions } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { MetadataDriftRepository, openDatabase } from '@sync-hub/persistence';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import { type Standalone, type StandaloneOptions, startStandalone } from '@sync-hub/standalone';

export interface Line {
  readonly level: string;
  readonly event: string;
  readonly site?: string;
  readonly link?: string;
  readonly code?: string;
  readonly error?: { readonly code: string; readonly message: string; readonly details?: Readonly<Record<string, unknown>> };
  readonly [key: string]: unknown;
}

export interface Held {
  readonly kind: 'change' | 'job';
  readonly site: string;
  readonly uuid: string;
  readonly state: string;
  readonly reason: string | null;
  readonly code: string | null;
  readonly details: Readonly<Record<string, unknown>> | null;
}

export interface HubOptions extends Partial<Omit<StandaloneOptions, 'dataDir' | 'databaseUrl' | 'logTo'>> {
  /** Shared by hubs of one test that are to keep the same rows; a new one if not given. */
  readonly database?: TestDatabase;
  /** The logins are read from where the configuration says, as in the field. */
  readonly readsSecrets?: boolean;
  /** The metadata of the ends is compared first, as in the field; else it is as if it had been, which spares some dozens of requests. */
  readonly comparesFirst?: boolean;
}

/** A standalone hub on a database of its own, with what it logs and what it knows at hand. A second of a waiting room lasts 2 ms. */
export async function hubOn(world: World, { readsSecrets = false, comparesFirst = false, ...options }: HubOptions = {}) {
  const database = options.database ?? (await testDatabase());
  if (!comparesFirst) await noteCompared(database.url, options.configurationFile ?? world.configurationFile);
  const lines: string[] = [];
  const dataDir = path.join(world.folder, `hub-${path.basename(new URL(database.url).pathname)}`); // its keys are those of its database
  const standalone = await startStandalone({
    configurationFile: world.configurationFile,
    ...(readsSecrets ? {} : { logins: world.logins }),
    logStyle: 'json',
    logLevel: 'debug',
    bus: { secondInMs: 2 },
    ...options,
    // Metadata is compared where a test asks for it: each comparison is some dozens of requests.
    times: {
      keepLinksMs: 500,
      settleClaimMs: 200,
      pollSecondMs: 400,
      probeUpSeconds: 2,
      probeDownSeconds: 1,
      auditDueMs: 300,
      auditPauseMs: 10,
      readCohortsSeconds: 1,
      compareMetadataMs: 3_600_000,
      ...options.times,
    },
    dataDir,
    databaseUrl: database.url,
    logTo: { write: (line) => void lines.push(line) },
  });
  /** As `SYNC_HUB_KEYS` has them, for a process of its own. */
  const keys = async (): Promise<string> => (await readFile(path.join(dataDir, 'keys'), 'utf8')).trim();
  return { ...watching(standalone, lines), lines, standalone, hub: standalone.hub, database, keys, stop: standalone.stop };
}

async function noteCompared(url: string, configurationFile: string): Promise<void> {
  const { links } = JSON.parse(await readFile(configurationFile, 'utf8')) as { readonly links: readonly { readonly id: string }[] };
  const database = await openDatabase(url, 1);
  const drift = new MetadataDriftRepository(database);
  const known = await drift.neverCompared(links.map(({ id }) => id));
  await database.transaction(async (tx) => {
    for (const link of known) await drift.keep(tx, link, '', { drifts: [], notCompared: [] });
  });
  await database.close();
}

/** A standalone hub on a database of its own in `dataDir`, as in the field; it may be stopped and another started on the same folder. */
export async function embeddedHubOn(world: World, dataDir: string) {
  const lines: string[] = [];
  const standalone = await startStandalone({
    configurationFile: world.configurationFile,
    logins: world.logins,
    logStyle: 'json',
    bus: { secondInMs: 2 },
    times: { keepLinksMs: 500, settleClaimMs: 200, pollSecondMs: 400, claimSeconds: 3, probeUpSeconds: 2, probeDownSeconds: 1 },
    health: { host: '127.0.0.1', port: 0 },
    durable: false,
    dataDir,
    logTo: { write: (line) => void lines.push(line) },
  });
  return { ...watching(standalone, lines), standalone, hub: standalone.hub, stop: standalone.stop };
}

export type RunningHub = Awaited<ReturnType<typeof hubOn>>;

/** A parent `central`, children `kisumu` and `siaya`, and the hub that runs their links. `stop` ends all of it. */
export async function runningHub(worldOptions: Partial<WorldOptions> = {}, hubOptions: HubOptions = {}) {
  const world = await startWorld({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' }, longestRequestSeconds: 3, ...worldOptions });
  const running = await hubOn(world, hubOptions);
  return {
    ...running,
    world,
    site: world.site,
    stop: async (): Promise<void> => {
      await running.stop();
      await running.database.drop();
      await world.stop();
    },
  };
}

export type RunningWorld = Awaited<ReturnType<typeof runningHub>>;

const HELD = `('waiting', 'conflict', 'parked')`;

function watching({ hub }: Standalone, lines: readonly string[]) {
  const query = hub.parts.database.query.bind(hub.parts.database);
  const count = async (sql: string, parameters: readonly unknown[] = []): Promise<number> =>
    Number((await query<{ count: string }>(sql, parameters))[0]?.count);
  const moving = () =>
    count(`select (select count(*) from change where state = 'open') + (select count(*) from job where state in ('ready', 'looking'))
      + (select count(*) from outbox cross join unnest(consumers) as consumer (stage) left join inbox on inbox.message_id = outbox.message_id and inbox.stage = consumer.stage where settled_at is null) as count`);
  const changesEver = () => count(`select coalesce(sum(round + look_again), 0) as count from change`);
  const unread = (since: Date) =>
    count(
      `select count(*) from feed_marker join site on site.id = feed_marker.site where site.state in ('joining', 'up') and (read_at is null or read_at <= $1)`,
      [since],
    );

  /** Waits until every feed of every site that is there has been read, and what they told has come to an end or is held. */
  const atRest = (withinMs = 60_000): Promise<unknown> =>
    until(
      'everything comes to rest',
      async () => {
        if ((await moving()) > 0) return false;
        const before = await changesEver();
        const since = await clock();
        await until('every feed is read once more', async () => (await moving()) > 0 || (await unread(since)) === 0, withinMs);
        return (await moving()) === 0 && (await changesEver()) === before;
      },
      withinMs,
    );
  const clock = async (): Promise<Date> => (await query<{ now: Date }>(`select clock_timestamp() as now`))[0]!.now;
  const held = (uuid: string | null = null): Promise<Held[]> =>
    query<Held & Record<string, unknown>>(
      `select 'change' as kind, site, uuid, state, reason, code, null as details from change where state in ${HELD} and ($1::text is null or uuid = $1)
       union all select 'job', target, uuid, state, reason, code, details from job where state in ${HELD} and ($1::text is null or uuid = $1) order by 1, 2`,
      [uuid],
    );
  return {
    query,
    count,
    clock,
    atRest,
    held,
    /** The log so far, of this event where one is named. */
    log: (event?: string): Line[] => lines.map((line) => JSON.parse(line) as Line).filter((line) => event === undefined || line.event === event),
    siteState: async (site: string): Promise<string | undefined> => (await query<{ state: string }>(`select state from site where id = $1`, [site]))[0]?.state,
    isUp: (...sites: string[]): Promise<unknown> =>
      until(
        `${sites.join(', ')} are up`,
        async () => (await count(`select count(*) from site where id = any($1) and state = 'up'`, [sites])) === sites.length,
        20_000,
      ),
  };
}

/** A uuid to choose before a record is made. */
export const aUuid = (): string => randomUUID();
