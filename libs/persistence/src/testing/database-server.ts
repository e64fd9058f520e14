import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { migrate } from '../database.js';
import { closedFolder, serverUser } from '../embedded/server-user.js';
import { startEmbeddedPostgres } from '../embedded-postgres.js';

/** A PostgreSQL for tests, with a migrated template to clone from. */
export interface TestDatabaseServer {
  /** Where clones are made and dropped. */
  readonly adminUrl: string;
  readonly template: string;
  /** One line for people: which server it is. */
  readonly about: string;
  /** Drops all that was made; ends the server where it is ours. */
  stop(): Promise<void>;
}

interface Server {
  readonly url: string;
  readonly about: string;
  end(): Promise<void>;
}

/** `DATABASE_URL`, else a container where Docker answers (not with `NO_DOCKER`), else the embedded server on a temporary folder. */
export async function startTestDatabaseServer(): Promise<TestDatabaseServer> {
  const server = given() ?? (await inContainer()) ?? (await embedded());
  const prefix = `sync_hub_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  const template = `${prefix}_template`;
  const stop = async (): Promise<void> => {
    await dropAll(server.url, prefix).finally(() => server.end());
  };
  try {
    await onServer(server.url, (client) => client.query(`create database ${template}`));
    await migrate(databaseUrl(server.url, template));
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return { adminUrl: server.url, template, about: server.about, stop };
}

/** The address of another database on the same server. */
export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}

/** One connection for the length of `work`. */
export async function onServer<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function dropAll(url: string, prefix: string): Promise<void> {
  await onServer(url, async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database where starts_with(datname, $1)', [prefix]);
    for (const { datname } of rows) await client.query(`drop database if exists ${datname} with (force)`);
  });
}

function given(): Server | undefined {
  const url = process.env['DATABASE_URL'];
  return url ? { url, about: 'PostgreSQL of DATABASE_URL', end: async () => undefined } : undefined;
}

async function inContainer(): Promise<Server | undefined> {
  if (process.env['NO_DOCKER']) return undefined;
  try {
    const { getContainerRuntimeClient } = await import('testcontainers');
    await getContainerRuntimeClient();
    const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
    const container = await new PostgreSqlContainer('postgres:18').withCommand(['postgres', '-c', 'fsync=off', '-c', 'max_connections=200']).start();
    return { url: container.getConnectionUri(), about: 'PostgreSQL 18 in a container', end: async () => void (await container.stop()) };
  } catch {
    return undefined; // no Docker here, or no way to the image
  }
}

const FOLDER_PREFIX = 'sync-hub-test-pg-';

async function embedded(): Promise<Server> {
  const root = [tmpdir(), '/var/tmp', '/tmp'].find((folder) => closedFolder(folder, serverUser()) === undefined) ?? tmpdir();
  await removeLeftovers(root);
  const folder = await mkdtemp(path.join(root, `${FOLDER_PREFIX}${process.pid}-`));
  await chmod(folder, 0o755);
  const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'data'), durable: false, maxConnections: 200 });
  const end = async (): Promise<void> => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, about: `embedded PostgreSQL (process ${server.pid})`, end };
}

/** What runs that were killed left behind: folders named after a process that is no more. */
async function removeLeftovers(root: string): Promise<void> {
  const folders = (await readdir(root)).filter((name) => name.startsWith(FOLDER_PREFIX));
  const left = folders.filter((name) => !isAlive(Number(name.slice(FOLDER_PREFIX.length).split('-')[0])));
  await Promise.all(left.map((name) => rm(path.join(root, name), { recursive: true, force: true }).catch(() => undefined)));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
