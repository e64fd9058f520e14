import { randomBytes } from 'node:crypto';
import { databaseUrl, onServer, startTestDatabaseServer, type TestDatabaseServer } from './database-server.js';

/** A database of a test file's own, with every migration applied and no rows. */
export interface TestDatabase {
  readonly url: string;
  readonly name: string;
  /** Cuts what is still connected and removes it. */
  drop(): Promise<void>;
}

type Clonable = Pick<TestDatabaseServer, 'adminUrl' | 'template'>;

/**
 * A clone of the run's template database. Under Jest the whole run shares one server, which the run's own process starts when the first
 * file asks for it and ends when the run ends; elsewhere (benchmarks, scripts) this process does, with its last database.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const servicesUrl = process.env['SYNC_HUB_TEST_SERVICES'];
  if (servicesUrl === undefined) return ownDatabase();
  const answer = await fetch(`${servicesUrl}/postgres`);
  if (!answer.ok) throw new Error(`no PostgreSQL for this test run: ${await answer.text()}`);
  return clone((await answer.json()) as Clonable);
}

async function clone({ adminUrl, template }: Clonable): Promise<TestDatabase> {
  const name = `${template.replace(/_template$/, '')}_${randomBytes(4).toString('hex')}`;
  await onServer(adminUrl, (client) => client.query(`create database ${name} template ${template}`));
  const drop = async (): Promise<void> => {
    await onServer(adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
  };
  return { url: databaseUrl(adminUrl, name), name, drop };
}

let own: Promise<TestDatabaseServer> | undefined;
let open = 0;

async function ownDatabase(): Promise<TestDatabase> {
  own ??= startTestDatabaseServer();
  open += 1;
  const server = await own;
  const made = await clone(server);
  const drop = async (): Promise<void> => {
    await made.drop();
    open -= 1;
    if (open > 0) return;
    own = undefined;
    await server.stop();
  };
  return { ...made, drop };
}
