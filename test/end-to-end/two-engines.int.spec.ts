import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { onServer, testDatabase } from '@sync-hub/persistence/testing';
import { aUuid, hubOn, type RunningHub } from './running-hub.js';

jest.setTimeout(90_000);

const CLAIM_SECONDS = 3;
const TIMES = { keepLinksMs: 300, settleClaimMs: 300, claimSeconds: CLAIM_SECONDS, probeUpSeconds: 2, probeDownSeconds: 1 };

/** Databases of one test run are copies of one template: an installation of its own is what two real ones have. */
async function anotherInstallation() {
  const database = await testDatabase();
  await onServer(database.url, (client) => client.query(`update installation set id = gen_random_uuid()`));
  return database;
}

/** The same configuration for an instance of that name. */
async function configurationFor(world: World, instance: string): Promise<string> {
  const file = path.join(world.folder, `${instance}.json`);
  await writeFile(file, (await readFile(world.configurationFile, 'utf8')).replaceAll('"hub"', JSON.stringify(instance)));
  return file;
}

describe.each([
  ['of the same name', 'hub'],
  ['of another name', 'other-hub'],
])('a second engine %s on one link', (_, name) => {
  let world: World;
  let first: RunningHub;
  let second: RunningHub;
  beforeAll(async () => {
    const feed = { startAt: 'beginning', pollSeconds: 1, categories: ['location'] };
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: 1, site: () => ({ feed }) });
    first = await hubOn(world, { database: await anotherInstallation(), times: TIMES });
    await until('the first has the link', async () => (await first.count(`select count(*) from link_engine where claimed_until > now()`)) === 1);
    second = await hubOn(world, { database: await anotherInstallation(), times: TIMES, configurationFile: await configurationFor(world, name) });
  }, 60_000);
  afterAll(async () => {
    await second.stop();
    await Promise.all([first.database.drop(), second.database.drop()]);
    await world.stop();
  });

  const arrives = (uuid: string) =>
    until(
      `${uuid} is at the parent`,
      () =>
        world
          .site('central')
          .state()
          .locations.some((one) => one.uuid === uuid),
      30_000,
    );
  const engineOf = async (hub: RunningHub) =>
    (await hub.query<{ refused_because: string | null; holds: boolean }>(`select refused_because, claimed_until > now() as holds from link_engine`))[0];

  it('refuses the link, says so, and writes nothing, while the first goes on', async () => {
    await until('it refuses', async () => (await engineOf(second))?.refused_because === 'another-engine');
    expect(second.log('link-run-elsewhere')[0]).toMatchObject({ level: 'warn', link: 'kisumu', code: 'another-engine' });

    const uuid = world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: 'Ward 1' });
    await arrives(uuid);
    await until('the second has read it too', async () => (await second.count(`select count(*) from job where uuid = $1 and state = 'ready'`, [uuid])) > 0);
    await until('the second has tried to push it', async () => (await second.count(`select count(*) from inbox where code = 'link-run-elsewhere'`)) > 0);
    expect(await engineOf(first)).toEqual({ refused_because: null, holds: true });
    expect(await engineOf(second)).toEqual({ refused_because: 'another-engine', holds: false });
    expect(await second.count(`select count(*) from intent`)).toBe(0);
    expect(await first.count(`select count(*) from intent where uuid = $1`, [uuid])).toBe(1);
    expect(world.site('central').requests.filter(({ method, path: at }) => method === 'POST' && at.endsWith('/location'))).toHaveLength(1);
  });

  it('takes the link over once the first is gone and its claim has stood unchanged for long enough, and does what was left', async () => {
    await first.stop();
    const stopped = performance.now();
    const uuid = world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: 'Ward 2' });
    await until('it holds the link', async () => (await engineOf(second))?.holds === true, 30_000);
    expect(performance.now() - stopped).toBeGreaterThan(CLAIM_SECONDS * 1000 - TIMES.keepLinksMs);
    await arrives(uuid);
    await second.atRest(40_000);
    expect(await engineOf(second)).toEqual({ refused_because: null, holds: true });
    expect(await second.held()).toEqual([]);
    expect(world.site('central').count('location')).toBe(2);
  });
});

describe('two engines that begin at once, one with a copy of the other\u2019s database', () => {
  let world: World;
  let hubs: RunningHub[];
  beforeAll(async () => {
    const feed = { startAt: 'beginning', pollSeconds: 1, categories: ['location'] };
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: 1, site: () => ({ feed }) });
    hubs = await Promise.all([await testDatabase(), await testDatabase()].map((database) => hubOn(world, { database, times: TIMES })));
  }, 60_000);
  afterAll(async () => {
    await Promise.all(hubs.map((hub) => hub.stop()));
    await Promise.all(hubs.map((hub) => hub.database.drop()));
    await world.stop();
  });

  it('never both hold the link, and one of them does the work', async () => {
    const holders = async () =>
      (await Promise.all(hubs.map((hub) => hub.count(`select count(*) from link_engine where claimed_until > now()`)))).reduce((sum, one) => sum + one, 0);
    const seen: number[] = [];
    const uuids = Array.from({ length: 5 }, aUuid);
    for (const [index, uuid] of uuids.entries()) world.site('kisumu').clinician.addLocation({ uuid, name: `Ward ${index}` });
    await until(
      'all are at the parent',
      async () => {
        seen.push(await holders());
        return world.site('central').count('location') === uuids.length;
      },
      30_000,
    );
    for (let looks = 0; looks < 20; looks += 1) seen.push(await holders());
    expect(Math.max(...seen)).toBe(1);
    const intents = await Promise.all(hubs.map((hub) => hub.count(`select count(*) from intent`)));
    expect(intents.sort((a, b) => a - b)).toEqual([0, uuids.length]);
  });
});
