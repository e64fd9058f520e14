import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { World } from '@sync-hub/demo';
import { type PrivateRabbitMq, privateRabbitMq, testRabbitMq } from '@sync-hub/messaging/testing';
import { type EmbeddedPostgres, migrate, startEmbeddedPostgres } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import type { HubShape, StartShape } from './hub-shape.js';
import { SupervisedProcess } from './supervised-process.js';

export const SERVICES = ['feed-watcher', 'fetcher', 'mapper', 'pusher', 'conflict-service', 'audit-service'] as const;
export type Service = (typeof SERVICES)[number];

/** Every service as a process of its own, over RabbitMQ and PostgreSQL. */
export interface ServicesShape extends HubShape {
  readonly services: ReadonlyMap<Service, SupervisedProcess>;
}

/** The same, with a broker and a database of its own, which may be killed. */
export interface KillableShape extends ServicesShape {
  readonly broker: PrivateRabbitMq;
  readonly postgres: EmbeddedPostgres;
}

/** On the test run's own broker and database server. */
export const servicesShape: StartShape<ServicesShape> = async (world) => {
  const { broker, ...found } = await testRabbitMq();
  if (broker === null) throw new Error(`no RabbitMQ: ${'reason' in found ? found.reason : ''}`);
  const database = await testDatabase();
  const services = await startServices(world, database.url, broker.url);
  return {
    ...services,
    stop: async () => {
      await services.stop();
      await broker.drop();
      await database.drop();
    },
  };
};

export const killableShape: StartShape<KillableShape> = async (world) => {
  const { broker, ...found } = await privateRabbitMq();
  if (broker === null) throw new Error(`no RabbitMQ: ${'reason' in found ? found.reason : ''}`);
  const postgres = await startEmbeddedPostgres({ dataDir: path.join(world.folder, 'postgres'), maxConnections: 200 });
  await migrate(postgres.url);
  const services = await startServices(world, postgres.url, (await broker.vhost()).url);
  return {
    ...services,
    broker,
    postgres,
    stop: async () => {
      await services.stop();
      await postgres.stop();
      await broker.stop();
    },
  };
};

async function startServices(world: World, databaseUrl: string, amqpUrl: string): Promise<ServicesShape> {
  const logs = path.join(world.folder, 'logs');
  await mkdir(logs);
  const keys = `test:${randomBytes(32).toString('base64')}`;
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...world.env,
    DATABASE_URL: databaseUrl,
    AMQP_URL: amqpUrl,
    SYNC_HUB_CONFIG: world.configurationFile,
    SYNC_HUB_KEYS: keys,
    SYNC_HUB_LOG: 'json',
  };
  const services = new Map(
    SERVICES.map((name) => [name, new SupervisedProcess({ name, script: `apps/${name}/src/main.ts`, env, logFile: path.join(logs, `${name}.log`) })]),
  );
  const all = [...services.values()];
  const stop = async (): Promise<void> => void (await Promise.all(all.map((service) => service.stop())));
  try {
    await Promise.all(all.map((service) => service.started()));
  } catch (error) {
    await stop();
    throw error;
  }
  return { databaseUrl, keys, services, log: async () => (await Promise.all(all.map((service) => service.log()))).join(''), stop };
}
