import { randomBytes } from 'node:crypto';
import type { DynamicModule } from '@nestjs/common';
import { type Configuration, NO_PLUGINS, NO_REPORTS, type Plugins, parseConfiguration, type ReportSecrets } from '@sync-hub/configuration';
import type { RecordRef, SiteId, StageName } from '@sync-hub/contracts';
import { InProcessBus, type RunnerOptions } from '@sync-hub/messaging';
import { until } from '@sync-hub/messaging/testing';
import { createLog, Meters } from '@sync-hub/observability';
import { openDatabase, Vault } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import { Hub, type HubParts } from '../hub.js';
import { startServices } from '../start-services.js';
import type { Times } from '../times.js';
import { MemorySites } from './memory-sites.js';

/** One parent and two children, everything admitted both ways. */
export function twoChildren(): Configuration {
  const site = (id: string) => ({
    id,
    baseUrl: `http://127.0.0.1:9/${id}`,
    login: { username: { env: 'USER' }, password: { env: 'PASSWORD' } },
    client: 'rest',
    feed: { startAt: 'beginning' },
  });
  const both = { pull: true, push: true };
  const link = (child: string) => ({
    id: child,
    parent: 'central',
    child,
    runsAt: 'hub',
    mode: 'live',
    brake: { voidsPerHour: 1_000_000, percentOfCategory: 100 },
    classes: { location: both, person: both, patient: both },
    metadataFromChild: true,
    persons: 'everyone',
    catchment: { rule: 'everyone' },
  });
  return parseConfiguration({ instance: { id: 'hub' }, sites: ['central', 'kisumu', 'siaya'].map(site), links: ['kisumu', 'siaya'].map(link) });
}

interface PipelineOptions {
  readonly configuration?: Configuration;
  readonly runner?: Partial<RunnerOptions>;
  readonly times?: Partial<Times>;
  readonly plugins?: Plugins;
  readonly now?: () => Date;
  readonly reports?: ReportSecrets;
  /** Sites that are spoken to; such in memory unless given. */
  readonly clients?: HubParts['clients'];
  /** The metadata of the ends of each link has been compared, so that nothing waits for it: so where it is not said. */
  readonly isCompared?: boolean;
}

/** The whole pipeline over a real database and sites in memory, without feeds: `look` says that a record may have changed. */
export async function pipelineOn(
  modules: readonly ((hub: Hub) => DynamicModule)[],
  { configuration = twoChildren(), runner = {}, times = {}, plugins = NO_PLUGINS, reports = NO_REPORTS, isCompared = true, now, clients }: PipelineOptions = {},
) {
  const { url, drop } = await testDatabase();
  const database = await openDatabase(url, 10);
  const lines: string[] = [];
  const sites = new MemorySites();
  const log = createLog({ service: 'test', level: 'debug', destination: { write: (line) => void lines.push(line) } });
  const bus = new InProcessBus({ secondInMs: 2 });
  const hub = new Hub({
    configuration,
    database,
    vault: new Vault([{ id: 'test', bytes: randomBytes(32) }]),
    bus,
    log,
    meters: new Meters(),
    clients: clients ?? (() => sites),
    times,
    plugins,
    ...(now === undefined ? {} : { now }),
    reports,
  });
  await database.transaction(async (tx) => {
    await hub.repositories.sites.join(tx, hub.siteIds);
    for (const site of hub.siteIds) await hub.repositories.sites.probed(tx, site, { state: 'up', reason: null, nextProbeSeconds: 3600 });
  });
  for (const { id } of configuration.links) await hub.repositories.engines.claim(id, configuration.instance.id, 3600);
  if (isCompared)
    for (const { id } of configuration.links) await database.transaction((tx) => hub.repositories.drift.keep(tx, id, '', { drifts: [], notCompared: [] }));
  const services = ['fetcher', 'mapper', 'pusher', 'conflict-service', 'audit-service'];
  const started = await startServices({ hub, services, modules, busIsEmpty: true, sweeps: true, runner, saysStart: false });
  const open = async () =>
    database.query<{ what: string; state: string; reason: string | null; code: string | null }>(
      `select 'change ' || site as what, state, reason, code from change where state <> 'ended' union all select 'job ' || link || ' ' || direction, state, reason, code from job where state <> 'ended'`,
    );
  const unsettled = async (): Promise<number> => {
    const rows = await database.query(
      `select 1 from outbox cross join unnest(consumers) as consumer (stage) left join inbox on inbox.message_id = outbox.message_id and inbox.stage = consumer.stage where settled_at is null`,
    );
    return rows.length;
  };
  return {
    hub,
    sites,
    lines,
    /** Says that these records may have changed at the site. */
    look: async (site: SiteId, ...records: RecordRef[]): Promise<void> => {
      const { said } = await database.transaction((tx) =>
        hub.repositories.changes.open(
          tx,
          records.map((record) => ({ site, record })),
        ),
      );
      await hub.outgoing.send(said);
    },
    open,
    /** Waits until nothing moves any more: what is left open is held. */
    atRest: (withinMs = 20_000): Promise<unknown> =>
      until(
        'the pipeline comes to rest',
        async () => (await open()).every(({ state }) => ['waiting', 'conflict', 'parked'].includes(state)) && (await unsettled()) === 0,
        withinMs,
      ),
    /** How often this stage was done with a message in that way. */
    handled: (stage: StageName, verdict: string): number =>
      lines.filter((line) => line.includes('message-handled') && line.includes(`"stage":"${stage}"`) && line.includes(`"verdict":"${verdict}"`)).length,
    query: database.query.bind(database),
    stop: async (): Promise<void> => {
      await started.stop();
      await database.close();
      await drop();
    },
  };
}

export type Pipeline = Awaited<ReturnType<typeof pipelineOn>>;
