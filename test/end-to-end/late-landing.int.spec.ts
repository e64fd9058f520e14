import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { type RequestFacts, SAMPLE } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(90_000);

const LONGEST_SECONDS = 3;

describe('a write whose answer is lost, and that lands late', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: LONGEST_SECONDS });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const nameAt = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.find((one) => one.uuid === uuid)?.values['name'];
  const settled = async (uuid: string) =>
    (await world.query<{ site: string; settled_as: string | null }>(`select site, settled_as from intent where uuid = $1 order by committed_at`, [uuid])).map(
      (one) => `${one.site} ${one.settled_as}`,
    );
  /** The next write of that kind is cut, and handled only when told to. */
  const holdNext = async (site: string, when: (request: RequestFacts) => boolean, act: () => void): Promise<void> => {
    const { faults } = world.site(site);
    faults.holdAndLandLate((request) => request.isWrite && when(request));
    act();
    await until(`a write to ${site} is held`, () => faults.heldCount > 0, 20_000);
    faults.heal();
  };
  const isPosted = (resource: string) => (request: RequestFacts) => request.method === 'POST' && request.path.includes(`/rest/v1/${resource}`);
  const posts = (site: string, resource: string) => world.site(site).requests.filter((one) => one.method === 'POST' && one.path.endsWith(`/${resource}`));

  it('as a create is found, and not done again', async () => {
    const uuid = aUuid();
    world.site('central').resetRequests();
    await holdNext('central', isPosted('location'), () => world.site('kisumu').clinician.addLocation({ uuid, name: 'Late ward' }));
    world.site('central').faults.landHeld();
    await world.atRest();
    expect(posts('central', 'location')).toHaveLength(1);
    expect(await settled(uuid)).toContain('central landed');
    expect(await world.held()).toEqual([]);
  });

  it('as a create of a patient that lands after it was given up and done again, makes no second one', async () => {
    const uuid = aUuid();
    const identifiers = [{ identifier: 'LATE-1', identifierType: SAMPLE.openmrsId, location: aClinic(), preferred: true }];
    await world.atRest();
    await holdNext('central', isPosted('patient'), () =>
      world.site('kisumu').clinician.addPatient({ uuid, gender: 'F', names: [{ givenName: 'Late', familyName: 'Lander' }], identifiers }),
    );
    await world.atRest(40_000);
    const before = world.site('central').count('patient');
    world.site('central').faults.landHeld();
    await world.atRest();
    expect([before, world.site('central').count('patient')]).toEqual([1, 1]);
    expect(
      world
        .site('central')
        .state()
        .people.find((one) => one.uuid === uuid)
        ?.identifiers.filter(({ gone }) => !gone),
    ).toHaveLength(1);
    expect(await settled(uuid)).toEqual(expect.arrayContaining(['central not-landed', 'central written']));
  });

  it('is not written over, nor writes over what is newer: nothing is sent until it can land no more', async () => {
    const uuid = aUuid();
    world.site('kisumu').clinician.addLocation({ uuid, name: 'first' });
    await world.atRest();
    await holdNext('central', isPosted('location'), () => world.site('kisumu').clinician.edit('location', uuid, { name: 'second' }));
    world.site('kisumu').clinician.edit('location', uuid, { name: 'third' });
    await until(
      'the newer edit is in hand, and waits',
      async () =>
        (await world.count(
          `select count(*) from inbox join job on message_id = 'record.mapped.v1:' || job.id || ':' || job.round where uuid = $1 and inbox.code = 'unknown-write'`,
          [uuid],
        )) > 0,
      20_000,
    );
    expect(nameAt('central', uuid)).toBe('first');
    world.site('central').faults.landHeld();
    expect(nameAt('central', uuid)).toBe('second');
    await world.atRest();
    expect([nameAt('central', uuid), nameAt('kisumu', uuid)]).toEqual(['third', 'third']);
    expect(await world.held(uuid)).toEqual([]);
  });

  it('and is undone at the clinic, is asked about: the person is not overruled', async () => {
    const uuid = aUuid();
    world.site('kisumu').clinician.addLocation({ uuid, name: 'first' });
    await world.atRest();
    await holdNext('central', isPosted('location'), () => world.site('kisumu').clinician.edit('location', uuid, { name: 'second' }));
    world.site('central').faults.landHeld();
    world.site('central').clinician.edit('location', uuid, { name: 'as it was' });
    await world.atRest();
    expect([nameAt('central', uuid), nameAt('kisumu', uuid)]).toEqual(['as it was', 'second']);
    expect(await world.query(`select fields from conflict where uuid = $1 and closed_at is null`, [uuid])).toEqual([{ fields: ['name'] }]);
  });

  const aClinic = (): string => world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: `Clinic ${aUuid().slice(0, 4)}` });
});
