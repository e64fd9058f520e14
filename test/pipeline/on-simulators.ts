import { readFile } from 'node:fs/promises';
import { type Configuration, feedCategoriesOf, parseConfiguration } from '@sync-hub/configuration';
import { SiteDownError, type SiteId } from '@sync-hub/contracts';
import { startWorld, type WorldOptions } from '@sync-hub/demo';
import { WatchFeedService } from '@sync-hub/feed-watcher';
import { Meters } from '@sync-hub/observability';
import { ORDER_TYPES, type Simulator } from '@sync-hub/openmrs-simulator';
import { OpenmrsSiteClients, TIMES } from '@sync-hub/runtime';
import { pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

/** The whole pipeline over simulators, whose feeds are read when a test says so: the parent first, each other one its child. */
export async function pipelineOnSimulators(options: WorldOptions & { readonly audit?: Configuration['instance']['audit'] }) {
  const world = await startWorld(options);
  const read = parseConfiguration(JSON.parse(await readFile(world.configurationFile, 'utf8')));
  const configuration = options.audit === undefined ? read : { ...read, instance: { ...read.instance, audit: options.audit } };
  const { logins } = world;
  const made: OpenmrsSiteClients[] = [];
  const pipeline = await pipelineOn(STAGE_SERVICES, {
    configuration,
    clients: (repositories) => {
      const clients = new OpenmrsSiteClients({ configuration, logins, repositories, times: TIMES, meters: new Meters() });
      made.push(clients);
      return clients;
    },
  });
  const { hub } = pipeline;
  const sites: readonly Simulator[] = [...world.sites.values()];
  if (options.lists === true) for (const site of sites) site.seedMetadata({ ordertype: ORDER_TYPES });
  const feeds = sites.flatMap(({ id }) => feedCategoriesOf(configuration, id).map((category) => ({ id, category })));
  await hub.parts.database.transaction(async (tx) => {
    for (const { id } of sites) await hub.repositories.markers.follow(tx, id, feedCategoriesOf(configuration, id));
  });
  const { markers, changes, sites: rows } = hub.repositories;
  const watcher = new WatchFeedService(hub, markers, changes, rows, made[0]!);
  /** A site that does not answer in time is asked again, as the feed-watcher would. */
  const watched = async (id: SiteId, category: string, tries = 20): Promise<unknown> => {
    try {
      return await watcher.watch(id, category, 'test', new AbortController().signal);
    } catch (error) {
      if (!(error instanceof SiteDownError) || tries <= 1) throw error;
      return watched(id, category, tries - 1);
    }
  };
  /** Reads all feeds of these sites to their ends; true where any of them told of something. */
  const readFeeds = async (...ids: readonly SiteId[]): Promise<boolean> => {
    const told = await pipeline.query<{ sum: string }>(`select coalesce(sum(entries), 0) as sum from feed_marker`);
    for (const { id, category } of feeds) {
      if (ids.length > 0 && !ids.includes(id)) continue;
      while ((await watched(id, category)) === 'more');
    }
    return (await pipeline.query<{ sum: string }>(`select coalesce(sum(entries), 0) as sum from feed_marker`))[0]?.sum !== told[0]?.sum;
  };
  return {
    ...pipeline,
    world,
    simulators: sites,
    readFeeds,
    /** All that the feeds tell of has come to an end or is held, what that brought about too. */
    settle: async (withinMs?: number): Promise<void> => {
      do await pipeline.atRest(withinMs);
      while (await readFeeds());
    },
    stop: async (): Promise<void> => {
      await pipeline.stop();
      await Promise.all(made.map((clients) => clients.close()));
      await world.stop();
    },
  };
}

export type PipelineOnSimulators = Awaited<ReturnType<typeof pipelineOnSimulators>>;
