import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(600_000);

const ALL = 1000;

describe('one record that always times out', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({
      sites: { central: '2.8', kisumu: '2.8' },
      // Sites and hub share this process: within half a second its thousand records may leave a probe no turn.
      longestRequestSeconds: 8,
      site: () => ({ feed: { startAt: 'beginning', pollSeconds: 1, categories: ['location'] } }),
    });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  it('is held alone: 999 others land, and neither the site nor the queue is closed because of it', async () => {
    const uuids = Array.from({ length: ALL }, aUuid);
    const never = uuids[ALL / 2]!;
    const [central, kisumu] = [world.site('central'), world.site('kisumu')];
    central.faults.neverAnswer(({ path }) => path.includes(never));
    for (const [index, uuid] of uuids.entries()) kisumu.clinician.addLocation({ uuid, name: `Ward ${index}` });

    await until('999 have landed', () => central.count('location') === ALL - 1, 400_000);
    await world.atRest(150_000);

    expect(new Set(central.state().locations.map(({ uuid }) => uuid))).toEqual(new Set(uuids.filter((uuid) => uuid !== never)));
    expect(await world.held()).toMatchObject([{ kind: 'job', site: 'central', uuid: never, state: 'parked', reason: 'gave-up', code: 'site-down' }]);
    expect(world.log('site-state').map(({ site, state }) => `${site} ${state}`)).toEqual(expect.arrayContaining(['central up', 'kisumu up']));
    expect(world.log('site-state')).toHaveLength(2);
    expect(await world.count(`select count(*) from inbox where stage = 'push' and attempts > 0`)).toBeLessThanOrEqual(1);
  });

  it('lands once it is answered again and looked at', async () => {
    const [held] = await world.held();
    world.site('central').faults.heal();
    world.site('kisumu').clinician.edit('location', held!.uuid, { description: 'edited since' });
    await world.atRest();
    expect(await world.held()).toEqual([]);
    expect(
      world
        .site('central')
        .state()
        .locations.find(({ uuid }) => uuid === held!.uuid)?.values,
    ).toMatchObject({ description: 'edited since' });
  });
});
