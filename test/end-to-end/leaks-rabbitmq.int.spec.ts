import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { type TestVhost, testRabbitMq, until } from '@sync-hub/messaging/testing';
import { type Database, openDatabase, readMasterKeys, SnapshotRepository, Vault } from '@sync-hub/persistence';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import { SupervisedProcess } from '../convergence/supervised-process.js';
import { type ExchangeTap, tapExchange } from './exchange-tap.js';
import {
  commandLine,
  expectMarks,
  expectNoMarks,
  expectNoMarksInRows,
  expectNoMarksShown,
  expectOnlySearches,
  expectRowsToTell,
  expectSealedMarks,
  OPEN_TO_SEE,
  plantInHeld,
} from './leak-checks.js';
import { MARKED_WORLD } from './marked-kinds.js';
import { liveMarkedLives, PLANTED } from './marked-lives.js';
import { consoleTexts, healthTexts, type Place } from './places.js';
import { type ToldPeople, toldPeople } from './told-people.js';

jest.setTimeout(300_000);

const SERVICES = ['feed-watcher', 'fetcher', 'mapper', 'pusher', 'conflict-service', 'audit-service', 'console'] as const;
const TOKEN = 'the-token-of-these-tests-0123456789abcdef';

const { broker, ...found } = await testRabbitMq();
const withBroker = broker === null ? describe.skip : describe;
if (broker === null) process.stdout.write(`The leak run over RabbitMQ is not done: ${'reason' in found ? found.reason : ''}\n`);

async function aFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Every service as a process of its own; a port for the health of each, and one for the console. */
async function beginServices(world: World, urls: Readonly<Record<'DATABASE_URL' | 'AMQP_URL', string>>, keys: string) {
  const logs = path.join(world.folder, 'logs');
  await mkdir(logs);
  const tokenFile = path.join(world.folder, 'console.token');
  await writeFile(tokenFile, TOKEN);
  const consolePort = await aFreePort();
  const started = await Promise.all(
    SERVICES.map(async (name) => {
      const port = await aFreePort();
      const env = {
        PATH: process.env['PATH'] ?? '',
        ...world.env,
        ...urls,
        SYNC_HUB_CONFIG: world.configurationFile,
        SYNC_HUB_KEYS: keys,
        SYNC_HUB_LOG: 'json',
        SYNC_HUB_CONSOLE_PORT: String(consolePort),
        SYNC_HUB_CONSOLE_TOKEN_FILE: tokenFile,
        SYNC_HUB_HTTP_PORT: String(port),
      };
      const logFile = path.join(logs, `${name}.log`);
      return { name, port, logFile, process: new SupervisedProcess({ name, script: `apps/${name}/src/main.ts`, env, logFile }) };
    }),
  );
  return { services: started, consoleUrl: `http://127.0.0.1:${consolePort}` };
}

type Services = Awaited<ReturnType<typeof beginServices>>['services'];

async function areReady(services: Services): Promise<void> {
  for (const { name, process } of services)
    await until(`${name} has started`, async () => /"(services-started|console-open)"/.test(await process.log()), 180_000);
}

withBroker('marked people over RabbitMQ, a process per service', () => {
  let world: World;
  let books: TestDatabase;
  let database: Database;
  let tap: ExchangeTap;
  let told: ToldPeople;
  let running: Awaited<ReturnType<typeof beginServices>>;
  const keys = `test:${randomBytes(32).toString('base64')}`;
  let places: readonly Place[] = [];
  const query = (sql: string, parameters?: readonly unknown[]) => database.query(sql, parameters);
  beforeAll(async () => {
    const { url } = broker as TestVhost;
    told = await toldPeople();
    const sites = { central: '2.8', kisumu: '2.8', siaya: '2.8' } as const;
    world = await startWorld({ sites, longestRequestSeconds: 5, ...MARKED_WORLD, instance: OPEN_TO_SEE, messages: told.messages });
    books = await testDatabase();
    database = await openDatabase(books.url, 2);
    tap = await tapExchange(url);
    running = await beginServices(world, { DATABASE_URL: books.url, AMQP_URL: url }, keys);
    await areReady(running.services);
    places = [
      ...running.services.map(({ name, process }) => ({ name: `log of ${name}`, read: async () => [await process.log()] })),
      { name: 'broker', read: () => tap.heard() },
      { name: 'console', read: () => consoleTexts(running.consoleUrl) },
      { name: 'command line', read: () => commandLine(world, books.url) },
      ...told.places,
    ];
    await liveMarkedLives(world, query);
    await told.tell(query);
  }, 900_000);
  afterAll(async () => {
    await Promise.all((running?.services ?? []).map(({ process }) => process.stop()));
    await tap?.stop();
    await told?.stop();
    await database?.close();
    await books?.drop();
    await broker?.drop();
    await world?.stop();
  }, 60_000);

  it('are in no address and header of the console, and in no page but of who may see what stands in records, whatever is opened, looked for, typed and done', () =>
    expectNoMarksShown({ url: running.consoleUrl, token: TOKEN, query }));

  it('leave no mark in any log, message, metric, page, what people are told, or what the command line says', async () => {
    expect((await tap.heard()).length).toBeGreaterThan(100);
    const log = (await Promise.all(running.services.map(({ process }) => process.log()))).join('');
    expect(log.split('"stage-failed"').length - 1).toBeGreaterThan(4);
    await expectNoMarks([...places, ...running.services.map(({ name, port }) => ({ name: `metrics of ${name}`, read: () => healthTexts(port) }))]);
  });

  it('leave no mark in any column of any table, though all of it is kept there, sealed', async () => {
    await expectNoMarksInRows(world, database);
    await expectSealedMarks(database, new SnapshotRepository(database, new Vault(readMasterKeys(keys))));
  });

  it('are in no address at a site but that of a search', () => {
    expectOnlySearches(world);
  });

  it('would be found in each of these places', async () => {
    for (const { logFile } of running.services) await appendFile(logFile, `${JSON.stringify({ event: 'planted', names: [PLANTED] })}\n`);
    tap.plant(PLANTED);
    told.plant(PLANTED);
    await until('the tap hears it', async () => (await tap.heard()).some((text) => text.includes(PLANTED)));
    await plantInHeld(database);
    await expectMarks(places);
    await expectRowsToTell(database);
  });
});
