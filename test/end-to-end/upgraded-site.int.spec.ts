import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

describe('a site that is upgraded', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.1-old' } });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const people = (site: string) => world.site(site).state().people;
  const named = (site: string, familyName: string) => people(site).find(({ names }) => names[0]?.values['familyName'] === familyName)!.uuid;
  const birthdates = (site: string) => people(site).map(({ values }) => values['birthdate']);
  const aNurse = (familyName: string) => at('central').addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Achieng', familyName }] });

  it('is asked anew what it can, takes our uuids from then on, and nobody is asked about what it holds under its own', async () => {
    const [nurse] = ['Okello', 'Odhiambo', 'Otieno'].map(aNurse);
    await world.atRest();
    expect([people('kisumu').length, people('kisumu').filter(({ uuid }) => people('central').some((one) => one.uuid === uuid))]).toEqual([3, []]);

    await world.site('kisumu').down();
    await until('it is seen to be down', async () => (await world.siteState('kisumu')) === 'down', 30_000);
    await world.world.upgrade('kisumu', '2.8');
    await until('it is asked what it can', () => world.log('site-changed').length > 0, 30_000);
    expect(world.log('site-changed')).toEqual([
      expect.objectContaining({ site: 'kisumu', fields: expect.arrayContaining(['platform', 'rest', 'takesUuids', 'undeletes']) }),
    ]);
    await world.isUp('kisumu');
    await world.atRest();
    expect(world.site('kisumu').requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    const { sites } = await world.hub.repositories.overview.read();
    expect(sites.find(({ site }) => site === 'kisumu')?.versions).toEqual({
      platform: world.site('central').profile.platform,
      rest: '3.4.0',
      atomfeed: '1.0.13',
    });

    at('central').edit('person', nurse!, { birthdate: '1981-02-03' });
    at('kisumu').edit('person', named('kisumu', 'Otieno'), { birthdate: '1990-05-06' });
    const after = aNurse('Akinyi');
    await world.atRest();
    for (const site of ['central', 'kisumu']) expect([site, birthdates(site).sort()]).toEqual([site, ['1981-02-03', '1990-05-06', undefined, undefined]]);
    expect(people('kisumu').filter(({ uuid }) => uuid === after)).toHaveLength(1);
    expect([await world.held(), await world.count(`select count(*) from conflict`)]).toEqual([[], 0]);
  });
});
