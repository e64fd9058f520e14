import { readFile, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import { aUuid, hubOn } from './running-hub.js';

jest.setTimeout(120_000);

describe('real servers on a link that is only observed', () => {
  let world: World;
  let database: TestDatabase;
  beforeAll(async () => {
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: 1, link: () => ({ mode: 'observe' }) });
    database = await testDatabase();
  }, 60_000);
  afterAll(async () => {
    await database.drop();
    await world.stop();
  });

  const writesAt = (site: string) => world.site(site).requests.filter(({ method }) => method !== 'GET');
  const has = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.some((one) => one.uuid === uuid);

  it('are asked and not written to, not even for the claim on the link; live, everything goes', async () => {
    const ward = world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: 'Ward' });
    const store = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Store' });
    for (const site of ['central', 'kisumu']) world.site(site).resetRequests();
    const observing = await hubOn(world, { database });
    await until(
      'both are known to be missing',
      async () => (await observing.count(`select count(*) from job where reason = 'observed' and uuid = any($1)`, [[ward, store]])) === 2,
      30_000,
    );
    await observing.atRest();
    expect([writesAt('central'), writesAt('kisumu'), has('central', ward), has('kisumu', store)]).toEqual([[], [], false, false]);
    expect(observing.log('link-writes-nothing')).toMatchObject([{ level: 'warn', link: 'kisumu', code: 'observe' }]);
    expect(await (await fetch(observing.standalone.consoleUrl)).text()).toContain('is only observed');
    await observing.stop();

    await writeFile(world.configurationFile, (await readFile(world.configurationFile, 'utf8')).replace('"mode": "observe"', '"mode": "live"'));
    const live = await hubOn(world, { database });
    await until('everything observed has gone', () => has('central', ward) && has('kisumu', store), 30_000);
    await until('nothing is under way', async () => (await live.count(`select count(*) from job where state <> 'ended'`)) === 0, 30_000);
    expect(writesAt('central').some(({ path }) => path.includes('systemsetting'))).toBe(true);
    await live.stop();
  });
});
