import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(90_000);

describe('a site that gives records uuids of its own', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', oldtown: '2.1-old' }, longestRequestSeconds: 2 });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const aliasOf = async (uuid: string) =>
    (await world.query<{ local_uuid: string }>(`select local_uuid from alias where site = 'oldtown' and uuid = $1`, [uuid]))[0]?.local_uuid;
  const counts = () => ['central', 'oldtown'].map((site) => [world.site(site).count('location'), world.site(site).count('person')]);

  it('tells of what it was sent under its own uuid, which is known again: nothing comes back as another record', async () => {
    const { clinician } = world.site('central');
    const ward = clinician.addLocation({ uuid: aUuid(), name: 'Maternity' });
    const nurse = clinician.addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Achieng', familyName: 'Okello' }] });
    await world.atRest();
    expect(counts()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const local = { ward: await aliasOf(ward), nurse: await aliasOf(nurse) };
    expect([local.ward, local.nurse].every((uuid) => uuid !== undefined && uuid !== ward && uuid !== nurse)).toBe(true);
    expect(await world.count(`select count(*) from job where uuid = any($1)`, [[local.ward, local.nurse]])).toBe(0);

    world.site('oldtown').clinician.edit('location', local.ward!, { description: 'edited there' });
    world.site('oldtown').clinician.edit('person', local.nurse!, { gender: 'M' });
    await world.atRest();
    expect(
      world
        .site('central')
        .state()
        .locations.find(({ uuid }) => uuid === ward)?.values,
    ).toMatchObject({ description: 'edited there' });
    expect(
      world
        .site('central')
        .state()
        .people.find(({ uuid }) => uuid === nurse)?.values,
    ).toMatchObject({ gender: 'M' });
    expect(counts()).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(await world.held()).toEqual([]);
  });

  it.each(['location', 'person'] as const)(
    'is not taken for the author of a %s whose create it never answered, however early its feed tells of it',
    async (resource) => {
      const { clinician } = world.site('central');
      const { faults } = world.site('oldtown');
      const before = counts();
      faults.holdAndLandLate(({ isWrite, path }) => isWrite && path.endsWith(`/${resource}`));
      const uuid = aUuid();
      if (resource === 'location') clinician.addLocation({ uuid, name: 'Outpatients' });
      else clinician.addPerson({ uuid, gender: 'M', names: [{ givenName: 'Juma', familyName: 'Barasa' }] });
      await until('the create is held', () => faults.heldCount > 0, 20_000);
      faults.heal();
      faults.landHeld();
      await until(
        'the feed has told of it',
        async () =>
          (await world.count(
            `select count(*) from change where site = 'oldtown' and aggregate = $1 and uuid <> $2 and opened_at > now() - interval '20 seconds'`,
            [resource, uuid],
          )) > 0,
        20_000,
      );
      await world.atRest();
      expect(counts()).toEqual(before.map(([locations = 0, people = 0]) => (resource === 'location' ? [locations + 1, people] : [locations, people + 1])));
      expect(await aliasOf(uuid)).toBeDefined();
      expect(await world.held()).toEqual([]);
    },
  );

  it('is sent nothing where somebody it cannot bring back came back elsewhere, and is in step once that is done there by hand', async () => {
    const { clinician } = world.site('central');
    const midwife = clinician.addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Wanjiru', familyName: 'Kamau' }] });
    await world.atRest();
    const there = (await aliasOf(midwife)) ?? midwife;
    const isVoidedAt = (site: string, uuid: string) =>
      world
        .site(site)
        .state()
        .people.find((one) => one.uuid === uuid)?.gone;
    clinician.voidPerson(midwife);
    await world.atRest();
    expect(isVoidedAt('oldtown', there)).toBe(true);

    const written = world.site('oldtown').writes('client');
    clinician.restorePerson(midwife);
    clinician.edit('person', midwife, { birthdate: '1980-02-03' });
    await world.atRest();
    expect(await world.held()).toMatchObject([{ kind: 'job', site: 'oldtown', state: 'parked', reason: 'refused', code: 'unsupported' }]);
    expect([isVoidedAt('oldtown', there), world.site('oldtown').writes('client')]).toEqual([true, written]);

    world.site('oldtown').clinician.restorePerson(there);
    await world.atRest();
    expect(await world.held()).toEqual([]);
    const held = world
      .site('oldtown')
      .state()
      .people.find((one) => one.uuid === there);
    expect([held?.gone, held?.values['birthdate'], isVoidedAt('central', midwife)]).toEqual([false, '1980-02-03', false]);
  });
});
