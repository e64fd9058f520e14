import { type DynamicModule, type INestMicroservice, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { type RunnerOptions, StageServer, type SweepOptions } from '@sync-hub/messaging';
import { HealthServer, NestLog } from '@sync-hub/observability';
import type { Hub } from './hub.js';
import { messagingLog } from './messaging-log.js';
import { SettingsKeeper } from './settings-keeper.js';

export interface ServicesToStart {
  readonly hub: Hub;
  /** Names of the services this process is. */
  readonly services: readonly string[];
  readonly modules: readonly ((hub: Hub) => DynamicModule)[];
  /** True for a bus that begins empty with every process. */
  readonly busIsEmpty: boolean;
  /** One process of a hub sweeps; a standalone one does it itself. */
  readonly sweeps: boolean;
  readonly health?: { readonly host: string; readonly port: number };
  readonly runner?: Partial<RunnerOptions>;
  readonly sweep?: Partial<SweepOptions>;
  /** False only in tests that look at whatever is in the audit: that these services started is not. */
  readonly saysStart?: boolean;
}

export interface StartedServices {
  readonly healthPort: number | null;
  /** Lets handlers finish, hands the rest back, and closes everything but the database. */
  stop(): Promise<void>;
}

@Module({})
class Services {}

/** So many messages of a site are handled at once that its requests under way can reach their cap while others are at the database. */
const slotsFor = (maxInFlight: number): number => Math.max(8, Math.ceil((maxInFlight * 4) / 3));

type StagesToServe = Pick<ServicesToStart, 'hub' | 'services' | 'busIsEmpty' | 'sweeps'> & {
  readonly runner: ServicesToStart['runner'] | undefined;
  readonly sweep: ServicesToStart['sweep'] | undefined;
};

/** The stages of these services, over the hub's bus. */
function stageServerOf({ hub, services, busIsEmpty, sweeps, runner, sweep }: StagesToServe): StageServer {
  const { bus, log, meters } = hub.parts;
  return new StageServer({
    bus,
    store: hub.repositories.store,
    health: hub.circuit,
    logger: messagingLog(log),
    services,
    sites: hub.siteIds,
    busIsEmpty,
    sweeps,
    ...(sweep === undefined ? {} : { sweep }),
    runner: {
      slotsAt: (site) => slotsFor(hub.rules.site(site).maxInFlight),
      ...runner,
      onHandled: ({ stage, as, ms, site, trace, code }) => {
        meters.handled(stage, as, ms / 1000);
        log.debug('message-handled', {
          stage,
          site,
          verdict: as,
          seconds: ms / 1000,
          ...(code === '' ? {} : { code }),
          ...(trace === undefined ? {} : { trace }),
        });
      },
    },
  });
}

/** Starts services of the hub in this process: their stages over the bus, and their health. */
export async function startServices({
  hub,
  services,
  modules,
  busIsEmpty,
  sweeps,
  health,
  runner,
  sweep,
  saysStart = true,
}: ServicesToStart): Promise<StartedServices> {
  const { bus, log, meters } = hub.parts;
  const strategy = stageServerOf({ hub, services, busIsEmpty, sweeps, runner, sweep });
  const module = { module: Services, imports: modules.map((make) => make(hub)) };
  const app: INestMicroservice = await NestFactory.createMicroservice<MicroserviceOptions>(module, {
    strategy,
    logger: new NestLog(log, (text) => process.stderr.write(`${text}\n`)),
    abortOnError: false,
  });
  const keeper = new SettingsKeeper(hub, { services, isAlone: busIsEmpty, saysStart, follow: (sites) => strategy.follow(sites) });
  await keeper.begin();
  await app.listen();
  await keeper.watch();
  const server =
    health === undefined
      ? null
      : new HealthServer({
          ...health,
          meters,
          checks: { database: async () => (await hub.parts.database.query('select 1')).length === 1, bus: async () => bus.isConnected() },
        });
  const healthPort = server === null ? null : await server.start();
  log.info('services-started', { names: [...services], ...(healthPort === null ? {} : { port: healthPort }) });
  return {
    healthPort,
    stop: async () => {
      await keeper.stop();
      await server?.stop();
      await app.close();
      await keeper.end();
    },
  };
}
