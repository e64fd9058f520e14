import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { testRabbitMq } from '@sync-hub/messaging/testing';
import { migrate, openDatabase, startEmbeddedPostgres } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import { connect } from 'amqplib';
import { SERVICES } from '../convergence/services-shape.js';
import { SupervisedProcess } from '../convergence/supervised-process.js';
import { LOGIN } from './field.js';

export type ShapeName = 'standalone' | 'services';

/** What a hub stands on, over all its starts: a database, and a broker where it is separate services. */
export interface Ground {
  readonly shape: ShapeName;
  readonly databaseUrl: string;
  readonly amqpUrl: string | null;
  readonly keys: string;
  readonly folder: string;
  readonly versions: { readonly postgres: string; readonly rabbitmq: string };
  leave(): Promise<void>;
}

export interface GroundOptions {
  readonly shape: ShapeName;
  /** A folder of this ground's own. */
  readonly folder: string;
  /** A database server of this run alone, as durable as in the field; else the test run's. */
  readonly ownDatabase: boolean;
}

/** @throws Error where there is no RabbitMQ to be had. */
export async function prepareGround({ shape, folder, ownDatabase }: GroundOptions): Promise<Ground> {
  await mkdir(path.join(folder, 'logs'), { recursive: true });
  const database = ownDatabase ? await durableDatabase(path.join(folder, 'postgres')) : await testDatabase();
  const found = shape === 'services' ? await testRabbitMq({ mayInstall: true }) : null;
  if (found !== null && found.broker === null) throw new Error(`There is no RabbitMQ to be had: ${found.reason}`);
  return {
    shape,
    folder,
    databaseUrl: database.url,
    amqpUrl: found?.broker?.url ?? null,
    versions: { postgres: await postgresVersion(database.url), rabbitmq: found?.broker ? await rabbitMqVersion(found.broker.url) : 'none' },
    keys: `benchmark:${randomBytes(32).toString('base64')}`,
    leave: async () => {
      await found?.broker?.drop();
      await database.drop();
    },
  };
}

async function durableDatabase(dataDir: string): Promise<{ readonly url: string; drop(): Promise<void> }> {
  const postgres = await startEmbeddedPostgres({ dataDir, maxConnections: 200 });
  await migrate(postgres.url);
  return { url: postgres.url, drop: () => postgres.stop() };
}

async function postgresVersion(url: string): Promise<string> {
  const database = await openDatabase(url, 1);
  try {
    const [row] = await database.query<{ server_version: string }>('show server_version');
    return row?.server_version ?? 'unknown';
  } finally {
    await database.close();
  }
}

async function rabbitMqVersion(url: string): Promise<string> {
  const model = await connect(url);
  try {
    const { serverProperties } = model.connection as { readonly serverProperties?: { readonly version?: string } };
    return serverProperties?.version ?? 'unknown';
  } finally {
    await model.close();
  }
}

export interface HubToRun {
  readonly ground: Ground;
  readonly configurationFile: string;
  /** What `npm run build` made, as it runs in the field; else the sources as they stand. */
  readonly built: boolean;
  /** More options for Node, `--cpu-prof` for one. */
  readonly nodeOptions?: readonly string[];
}

/** The processes of a hub. */
export interface RunningHub {
  log(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts the hub's processes: one for all, or one for each service. */
export async function startHub({ ground, configurationFile, built, nodeOptions = [] }: HubToRun): Promise<RunningHub> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    SITE_USERNAME: LOGIN.username,
    SITE_PASSWORD: LOGIN.password,
    SYNC_HUB_CONFIG: configurationFile,
    SYNC_HUB_LOG: 'json',
    SYNC_HUB_CONSOLE_PORT: '0',
    SYNC_HUB_KEYS: ground.keys,
    DATABASE_URL: ground.databaseUrl,
    ...(ground.amqpUrl === null ? { SYNC_HUB_DATA: path.join(ground.folder, 'hub') } : { AMQP_URL: ground.amqpUrl }),
  };
  const names = ground.shape === 'standalone' ? ['standalone'] : SERVICES;
  const all = names.map((name) => {
    const script = built ? `apps/${name}/dist/main.js` : `apps/${name}/src/main.ts`;
    return new SupervisedProcess({
      name,
      script,
      env,
      nodeOptions,
      logFile: path.join(ground.folder, 'logs', `${name}-${randomBytes(3).toString('hex')}.log`),
    });
  });
  const stop = async (): Promise<void> => void (await Promise.all(all.map((one) => one.stop())));
  try {
    await Promise.all(all.map((one) => one.started()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { log: async () => (await Promise.all(all.map((one) => one.log()))).join(''), stop };
}
