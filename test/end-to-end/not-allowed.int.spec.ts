import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { SAMPLE } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(60_000);

describe('a privilege that our user lacks', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub();
    await world.isUp('central', 'kisumu', 'siaya');
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const has = (site: string, uuid: string) => [...world.site(site).state().locations, ...world.site(site).state().people].some((one) => one.uuid === uuid);
  const shown = async () => (await fetch(world.standalone.consoleUrl)).text();

  it('for writing closes that class at that site, with the privilege named, and nothing else; granted, all of it goes on by itself', async () => {
    world.site('kisumu').revoke('Manage Locations');
    const ward = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Ward' });
    const person = world.site('central').clinician.addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Akinyi', familyName: 'Mutua' }] });
    await world.atRest();
    expect(await world.held()).toMatchObject([
      {
        kind: 'job',
        site: 'kisumu',
        uuid: ward,
        state: 'parked',
        reason: 'class-closed',
        code: 'not-allowed',
        details: { privilege: 'Manage Locations', site: 'kisumu' },
      },
    ]);
    expect(await shown()).toContain('lacks the privilege Manage Locations');
    await until('the log says so', () => world.log('class-closed').length > 0, 30_000);
    expect(world.log('class-closed')).toMatchObject([
      { site: 'kisumu', category: 'location', code: 'not-allowed', error: { details: { privilege: 'Manage Locations' } } },
    ]);
    expect([has('siaya', ward), has('kisumu', person), has('siaya', person)]).toEqual([true, true, true]);
    expect(await world.siteState('kisumu')).toBe('up');

    world.site('kisumu').grant('Manage Locations');
    await until('the ward is there', () => has('kisumu', ward), 30_000);
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });

  it('for reading closes that class of what is looked at there, with the privilege named, and nothing else; granted, it goes on by itself', async () => {
    world.site('kisumu').revoke('Get Patients');
    const clinic = world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: 'Clinic' });
    const patient = world.site('kisumu').clinician.addPatient({
      uuid: aUuid(),
      gender: 'M',
      names: [{ givenName: 'Otieno', familyName: 'Okello' }],
      identifiers: [{ identifier: 'NA-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
    await world.atRest();
    expect(await world.held()).toMatchObject([{ kind: 'change', site: 'kisumu', uuid: patient, state: 'parked', reason: 'class-closed', code: 'not-allowed' }]);
    expect(await shown()).toContain('lacks the privilege Get Patients');
    expect([has('central', clinic), has('central', patient)]).toEqual([true, false]);

    world.site('kisumu').grant('Get Patients');
    await until('the patient is there', () => has('siaya', patient), 30_000);
    await world.atRest();
    expect([has('central', patient), await world.held()]).toEqual([true, []]);
  });
});
