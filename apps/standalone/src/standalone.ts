import path from 'node:path';
import { AuditServiceModule } from '@sync-hub/audit-service';
import type { Logins } from '@sync-hub/configuration';
import { ConflictServiceModule } from '@sync-hub/conflict-service';
import { beginWithAdministrator, reachOf, startConsole, type ToldTo, tokenIn, wordingOf, workbenchAddress } from '@sync-hub/console';
import type { ConfigurationDesk } from '@sync-hub/contracts';
import { FeedWatcherModule } from '@sync-hub/feed-watcher';
import { FetcherModule } from '@sync-hub/fetcher';
import { MapperModule } from '@sync-hub/mapper';
import { InProcessBus, type InProcessOptions, type RunnerOptions, type SweepOptions } from '@sync-hub/messaging';
import { type EmbeddedPostgres, migrate, startEmbeddedPostgres } from '@sync-hub/persistence';
import { PusherModule } from '@sync-hub/pusher';
import {
  clientSecretOf,
  configurationDeskOn,
  type Hub,
  type HubToOpen,
  instancesOn,
  openHub,
  readConfiguration,
  receivingIn,
  secretsOf,
  startServices,
  type Times,
} from '@sync-hub/runtime';
import { desksOf } from './desks-of.js';
import { keysOf } from './keys.js';

/** The services that have stages, and those that only watch. */
const SERVICES = ['feed-watcher', 'fetcher', 'mapper', 'pusher', 'conflict-service', 'audit-service'];
const MODULES = [FeedWatcherModule, FetcherModule, MapperModule, PusherModule, ConflictServiceModule, AuditServiceModule].map((module) => module.on);

export interface StandaloneOptions {
  readonly configurationFile: string;
  /** Holds the embedded database and the keys. */
  readonly dataDir: string;
  /** Another PostgreSQL instead of the embedded one. */
  readonly databaseUrl?: string;
  /** Instead of the secrets that the configuration refers to. */
  readonly logins?: Logins;
  /** The token of its workbench is in the file `console-token` of the data folder, unless another is named; the first administrator's password is told at the terminal, or stands beside it. */
  readonly console?: { readonly port?: number; readonly tokenFile?: string; readonly terminal?: ToldTo['terminal'] };
  readonly health?: { readonly host: string; readonly port: number };
  readonly runner?: Partial<RunnerOptions>;
  readonly logStyle?: 'json' | 'pretty';
  readonly logTo?: { readonly write: (line: string) => void };
  readonly logLevel?: NonNullable<HubToOpen['logLevel']>;
  /** False only in tests: the embedded database may then lose what it committed with the machine's power. */
  readonly durable?: boolean;
  /** Other than in the field only in tests, as the two below. */
  readonly times?: Partial<Times>;
  readonly plugins?: NonNullable<HubToOpen['plugins']>;
  readonly bus?: Partial<InProcessOptions>;
  readonly sweep?: Partial<SweepOptions>;
}

export interface Standalone {
  readonly hub: Hub;
  readonly consoleUrl: string;
  /** The workbench, with the token: to be told to a person, and to no log. */
  readonly workbenchUrl: string;
  /** Where health and metrics are told; `null` where nobody asked for them. */
  readonly healthPort: number | null;
  readonly postgres: EmbeddedPostgres | null;
  stop(): Promise<void>;
}

/** Where nobody sits who could be told. */
const NO_TERMINAL = { write: () => undefined };

/** All services in one process, with an in-process bus and, unless another is named, a database of its own. */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const { dataDir, databaseUrl, durable } = options;
  await readConfiguration(options.configurationFile, options.plugins);
  const keys = await keysOf(dataDir);
  const postgres =
    databaseUrl === undefined ? await startEmbeddedPostgres({ dataDir: path.join(dataDir, 'postgres'), ...(durable === undefined ? {} : { durable }) }) : null;
  try {
    return await startOn({ url: databaseUrl ?? postgres?.url ?? '', keys, postgres }, options);
  } catch (error) {
    await postgres?.stop();
    throw error;
  }
}

interface Opened {
  readonly url: string;
  readonly keys: string;
  readonly postgres: EmbeddedPostgres | null;
}

async function startOn({ url, keys, postgres }: Opened, options: StandaloneOptions): Promise<Standalone> {
  await migrate(url);
  const bus = async () => new InProcessBus(options.bus);
  // There is no other process that could go by other rules.
  const times = { rulesSettleSeconds: 0, queuesSettleSeconds: 0, ...options.times };
  const hub = await openHub({ ...options, service: 'standalone', databaseUrl: url, keys, bus, poolSize: 20, times });
  const services = await startServices({ ...options, hub, services: SERVICES, modules: MODULES, busIsEmpty: true, sweeps: true });
  const tokenFile = options.console?.tokenFile ?? path.join(options.dataDir, 'console-token');
  const token = await tokenIn(tokenFile);
  const people = hub.accountDesks();
  await beginWithAdministrator(people.accounts, { terminal: options.console?.terminal ?? NO_TERMINAL, file: tokenFile });
  const page = await startConsole({
    overview: hub.repositories.overview,
    instances: instancesOn(hub.repositories.receivedWork, () => receivingIn(hub.rules.current)),
    wording: () => wordingOf(hub.rules.current),
    ...desksOf(hub),
    report: hub.repositories.conflictReport,
    configuration: configuring(hub, options),
    audit: { messages: hub.repositories.auditMessages, configuration: () => hub.rules.current },
    people,
    token,
    port: options.console?.port ?? 0,
    ...reachOf(() => hub.rules.current),
    log: hub.parts.log,
  });
  return {
    hub,
    consoleUrl: page.url,
    workbenchUrl: workbenchAddress(page.url, token),
    healthPort: services.healthPort,
    postgres,
    stop: async () => {
      await page.stop();
      await services.stop();
      await hub.close();
      await postgres?.stop();
    },
  };
}

/** The configuration, for administrators. */
const configuring = (hub: Hub, { configurationFile: file, logins }: StandaloneOptions): ConfigurationDesk =>
  configurationDeskOn(hub.parts.database, hub.parts.vault, {
    file,
    plugins: hub.rules.plugins,
    current: () => hub.rules.current,
    secrets: async (configuration) => {
      const oidc = configuration.instance.console?.oidc;
      await secretsOf(configuration, logins);
      if (oidc !== undefined) await clientSecretOf(oidc);
    },
    origin: 'console',
    send: (said) => hub.outgoing.send(said),
  });
