import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { tokenIn, workbenchAddress } from '@sync-hub/console';
import { migrate, startEmbeddedPostgres } from '@sync-hub/persistence';
import type { DemoHub } from './demo-hub.js';
import { ServiceProcess } from './service-process.js';
import type { World } from './world.js';

const SERVICES = ['feed-watcher', 'fetcher', 'mapper', 'pusher', 'conflict-service', 'audit-service'];

/** A server of others, or of our own, with how to leave it. */
interface Server {
  readonly url: string;
  leave(): Promise<void>;
}

/** Every service as a process of its own, over RabbitMQ and PostgreSQL. */
export async function startAsServices(world: World, say: (text: string) => void): Promise<DemoHub> {
  const begun: { leave(): Promise<void> }[] = [];
  const leaveAll = async (): Promise<void> => {
    for (const one of begun.splice(0).reverse()) await one.leave();
  };
  const begin = async <One extends { leave(): Promise<void> }>(starting: Promise<One>): Promise<One> => {
    const one = await starting;
    begun.push(one);
    return one;
  };
  try {
    say('Starting PostgreSQL ...');
    const { url: databaseUrl } = await begin(aDatabase(world));
    await migrate(databaseUrl);
    say('Looking for RabbitMQ: AMQP_URL, Docker, an installed one, else (root on Debian or Ubuntu) one is installed with apt, which takes a minute ...');
    const { url: amqpUrl } = await begin(aVirtualHost());
    say(`Starting ${SERVICES.length + 1} services, each as a process of its own ...`);
    const services = await begin(startServices(world, { DATABASE_URL: databaseUrl, AMQP_URL: amqpUrl }));
    return { ...services, databaseUrl, stop: leaveAll };
  } catch (error) {
    await leaveAll();
    throw error;
  }
}

async function startServices(world: World, urls: Readonly<Record<string, string>>) {
  const logs = path.join(world.folder, 'logs');
  await mkdir(logs);
  const tokenFile = path.join(world.folder, 'console-token');
  const env = {
    PATH: process.env['PATH'] ?? '',
    ...world.env,
    ...urls,
    SYNC_HUB_CONFIG: world.configurationFile,
    SYNC_HUB_KEYS: `demo:${randomBytes(32).toString('base64')}`,
    SYNC_HUB_LOG: 'json',
    SYNC_HUB_CONSOLE_PORT: '0',
    SYNC_HUB_CONSOLE_TOKEN_FILE: tokenFile,
  };
  const processes = new Map(
    [...SERVICES, 'console'].map((name) => [name, ServiceProcess.start({ name, script: scriptOf(name), env, logFile: path.join(logs, `${name}.log`) })]),
  );
  const leave = async (): Promise<void> => void (await Promise.all([...processes.values()].map((one) => one.stop())));
  try {
    const [page] = await Promise.all([
      processes.get('console')?.tells('console-open'),
      ...SERVICES.map((name) => processes.get(name)?.tells('services-started')),
    ]);
    const died = Promise.race([...processes.values()].map((one) => one.died));
    died.catch(() => undefined); // heard by whoever waits for it
    const consoleUrl = `http://127.0.0.1:${String(page?.['port'])}`;
    return { consoleUrl, workbenchUrl: workbenchAddress(consoleUrl, await tokenIn(tokenFile)), logs, died, leave };
  } catch (error) {
    await leave();
    throw error;
  }
}

const scriptOf = (service: string): string => fileURLToPath(new URL(`../../../apps/${service}/dist/main.js`, import.meta.url));

/** A database of this run's own: on the server of `DATABASE_URL`, else on an embedded one. */
async function aDatabase(world: World): Promise<Server> {
  const given = process.env['DATABASE_URL'];
  if (given === undefined || given === '') {
    const postgres = await startEmbeddedPostgres({ dataDir: path.join(world.folder, 'postgres'), maxConnections: 200 });
    return { url: postgres.url, leave: () => postgres.stop() };
  }
  const { databaseUrl, onServer } = await import('@sync-hub/persistence/testing');
  const name = `sync_hub_demo_${randomBytes(4).toString('hex')}`;
  await onServer(given, (client) => client.query(`create database ${name}`));
  return { url: databaseUrl(given, name), leave: async () => void (await onServer(given, (client) => client.query(`drop database ${name} with (force)`))) };
}

async function aVirtualHost(): Promise<Server> {
  const { testRabbitMq } = await import('@sync-hub/messaging/testing');
  const found = await testRabbitMq({ mayInstall: true });
  if (found.broker === null)
    throw new Error(`There is no RabbitMQ to be had: ${found.reason}. Set AMQP_URL, install rabbitmq-server, or run the demo without --rabbitmq.`);
  return { url: found.broker.url, leave: () => found.broker.drop() };
}
