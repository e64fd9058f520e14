import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { WrongBody } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(60_000);

describe('a feed that cannot be read', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub();
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const has = (site: string, uuid: string) => [...world.site(site).state().locations, ...world.site(site).state().people].some((one) => one.uuid === uuid);
  const aWard = (site: string) => world.site(site).clinician.addLocation({ uuid: aUuid(), name: `Ward ${aUuid()}` });
  const aPerson = (site: string) => world.site(site).clinician.addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Zawadi', familyName: 'Mutua' }] });
  const isLocationFeed = ({ path }: { readonly path: string }) => path.includes('/ws/atomfeed/location/');
  const trouble = async () => {
    const { sites } = await world.hub.repositories.overview.read();
    return sites.find(({ site }) => site === 'kisumu')?.feeds.find(({ category }) => category === 'location')?.trouble;
  };
  const told = (since: number) =>
    world
      .log('periodic-work-failed')
      .slice(since)
      .filter(({ site, action }) => site === 'kisumu' && action === 'feed-location');

  it.each<WrongBody>(['html', 'json-stack-trace-200', 'truncated', 'wrong-type', 'huge-50mb'])(
    'because of its body (%s) is told with its site, shows, and stops no other feed and no other site; once healed it goes on where it was',
    async (body) => {
      const since = world.log('periodic-work-failed').length;
      world.site('kisumu').faults.wrongBody(isLocationFeed, body);
      const ward = aWard('kisumu');
      const [person, other] = [aPerson('kisumu'), aWard('siaya')];
      await until('the other feeds have gone on', () => has('central', person) && has('central', other), 20_000);
      await until('it is told', () => told(since).length > 0, 20_000);
      expect(told(since)[0]).toMatchObject({
        level: 'error',
        site: 'kisumu',
        error: { code: expect.any(String), message: expect.stringMatching(/feed|kisumu/) },
      });
      expect([await world.siteState('kisumu'), has('central', ward)]).toEqual(['up', false]);
      await until('it shows', async () => ['contract', 'site-down', 'feed-unreadable'].includes((await trouble()) ?? ''));

      world.site('kisumu').faults.heal();
      await until('it goes on', () => has('central', ward), 20_000);
      expect(await trouble()).toBeNull();
      await world.atRest();
      expect([has('siaya', ward), has('kisumu', other), await world.held()]).toEqual([true, true, []]);
    },
  );

  it('because of one poisoned entry is read around it, and what its page holds is owed until it can be told', async () => {
    const { feed } = world.site('kisumu');
    const row = {
      uuid: aUuid(),
      title: 'Location',
      category: 'location',
      tags: 'CREATED',
      object: `/openmrs/ws/rest/v1/location/${aUuid()}?v=full\u0001`,
      timestamp: Date.now(),
      dateCreated: Date.now(),
    };
    feed.add(row);
    const wards = Array.from({ length: 12 }, () => aWard('kisumu'));
    await until('what follows the poisoned page arrives', () => has('central', wards.at(-1)!), 20_000);
    expect(world.log('feed-finding')).toEqual(
      expect.arrayContaining([expect.objectContaining({ site: 'kisumu', category: 'location', code: 'page-unreadable' })]),
    );
    expect(await trouble()).toBe('page-unreadable');
    feed.delete(({ uuid }) => uuid === row.uuid);
    await until('what stood on that page arrives too', () => wards.every((uuid) => has('central', uuid)), 20_000);
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });

  it('for entries that name nothing goes on behind them, and keeps them for people', async () => {
    const { feed } = world.site('kisumu');
    const nothing = ['', 'null', '{"rest":"/openmrs/ws/rest/v1/location/"}', 'not a link at all', '{broken'];
    for (const object of nothing)
      feed.add({ uuid: aUuid(), title: 'Location', category: 'location', tags: 'UPDATED', object, timestamp: Date.now(), dateCreated: Date.now() });
    const ward = aWard('kisumu');
    await until('what follows arrives', () => has('central', ward), 20_000);
    await world.atRest();
    expect(await world.count(`select count(*) from unreadable_entry where site = 'kisumu' and category = 'location'`)).toBe(nothing.length);
    expect(world.log('feed-entries-unreadable')).toEqual(
      expect.arrayContaining([expect.objectContaining({ level: 'warn', site: 'kisumu', category: 'location' })]),
    );
    expect(await trouble()).toBe('unreadable-entries');
    expect(await world.held()).toEqual([]);
  });
});
