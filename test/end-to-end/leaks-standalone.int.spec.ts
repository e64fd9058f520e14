import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import {
  commandLine,
  expectMarks,
  expectMetricsToTell,
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
import { type RunningWorld, runningHub } from './running-hub.js';
import { type ToldPeople, toldPeople } from './told-people.js';

jest.setTimeout(300_000);

describe('marked people in one process', () => {
  let world: RunningWorld;
  let told: ToldPeople;
  const passed: string[] = [];
  let places: Place[] = [];
  beforeAll(async () => {
    told = await toldPeople();
    const options = { health: { host: '127.0.0.1', port: 0 }, times: { compareMetadataMs: 1000, tellPeopleMs: 5000 } };
    world = await runningHub({ ...MARKED_WORLD, instance: OPEN_TO_SEE, messages: told.messages }, options);
    places = [
      { name: 'log', read: async () => world.lines },
      { name: 'bus', read: async () => passed },
      { name: 'console', read: () => consoleTexts(world.standalone.consoleUrl) },
      { name: 'command line', read: () => commandLine(world.world, world.database.url) },
      ...told.places,
    ];
    const { bus } = world.hub.parts;
    for (const way of ['publish', 'sendTo', 'sendLater', 'park'] as const) {
      const go = bus[way].bind(bus) as (...said: unknown[]) => Promise<never>;
      jest.spyOn(bus, way).mockImplementation((...said: unknown[]) => {
        passed.push(JSON.stringify([way, ...said]));
        return go(...said);
      });
    }
    await liveMarkedLives(world.world, world.query);
    await world.query(`update metadata_comparison set begun_at = now() - interval '2 days'`);
    const isFound = async () => (await world.count(`select count(*) from metadata_drift where kind = 'personattributetype'`)) > 0;
    await until('a type whose name is marked is found to be missing', isFound, 60_000);
    await told.tell(world.query);
  }, 900_000);
  afterAll(async () => {
    jest.restoreAllMocks();
    await world?.stop();
    await told?.stop();
  });

  it('are in no address and header of the console, and in no page but of who may see what stands in records, whatever is opened, looked for, typed and done', async () => {
    const { consoleUrl: url, workbenchUrl } = world.standalone;
    await expectNoMarksShown({ url, token: new URL(workbenchUrl).hash.replace('#token=', ''), query: world.query });
  });

  it('leave no mark in the log, messages, metrics, pages, what people are told, or what the command line says', async () => {
    expect(world.log('stage-failed').length).toBeGreaterThan(4);
    expect(passed.length).toBeGreaterThan(100);
    await expectNoMarks([...places, { name: 'metrics', read: () => healthTexts(world.standalone.healthPort!) }]);
  });

  it('leave no mark in any column of any table, though all of it is kept there, sealed', async () => {
    await expectNoMarksInRows(world.world, world.hub.parts.database);
    await expectSealedMarks(world.hub.parts.database, world.hub.repositories.snapshots);
  });

  it('are in no address at a site but that of a search', () => {
    expectOnlySearches(world.world);
  });

  it('would be found in each of these places', async () => {
    world.lines.push(JSON.stringify({ event: 'planted', names: [PLANTED] }));
    told.plant(PLANTED);
    const envelope = { type: 'record.fetched.v1', site: 'kisumu', correlationId: 'planted', timestamp: new Date() };
    await world.hub.parts.bus.sendTo({ stage: 'map', site: null }, { ...envelope, messageId: 'planted:1', payload: { site: 'kisumu', name: PLANTED } });
    await plantInHeld(world.hub.parts.database);
    await expectMarks(places);
    await expectMetricsToTell();
    await expectRowsToTell(world.hub.parts.database);
  });
});
