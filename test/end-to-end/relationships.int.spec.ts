import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

describe('relationships', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      publishes: ['relationship'],
      link: carrying('relationship'),
    });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const at = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .relationships.find((one) => one.uuid === uuid);
  const aPatientOf = (countyDistrict: string) => {
    const uuid = aUuid();
    return clinicianAt('kisumu').addPatient({
      uuid,
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
      addresses: [{ countyDistrict, country: 'Kenya', preferred: true }],
      identifiers: [{ identifier: `${uuid.slice(0, 8).toUpperCase()}-1`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
  };
  const relate = (personA: string, personB: string) =>
    clinicianAt('kisumu').care.relate({ uuid: aUuid(), personA, relationshipType: CARE.parentOf, personB, startDate: '2020-05-01' });
  const movesToSiaya = (patient: string) => clinicianAt('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });

  it('go up with a relative who is no patient, follow the patient to another clinic, and are voided for all', async () => {
    const patient = aPatientOf('Kisumu');
    const mother = clinicianAt('kisumu').addPerson({ uuid: aUuid(), gender: 'F', names: [{ givenName: 'Kerubo', familyName: 'Kemunto' }] });
    const kin = relate(mother, patient);
    await world.atRest();
    expect(at('central', kin)?.values).toEqual(at('kisumu', kin)?.values);
    expect(at('siaya', kin)).toBeUndefined();
    movesToSiaya(patient);
    await until('it is at the other clinic too', () => at('siaya', kin) !== undefined, 60_000);
    clinicianAt('central').care.voidRelationship(kin);
    await world.atRest();
    expect([at('kisumu', kin)?.gone, at('siaya', kin)?.gone, await world.held()]).toEqual([true, true, []]);
  });

  it('between two patients wait where only one is held, for that reason, and go on when the other comes', async () => {
    const [mother, child] = [aPatientOf('Kisumu'), aPatientOf('Siaya')];
    const kin = relate(mother, child);
    await world.atRest();
    expect((await world.held(kin)).map(({ site, code, details }) => [site, code, details?.['missing']])).toEqual([
      ['siaya', 'missing-reference', [`person/${mother}`]],
    ]);
    movesToSiaya(mother);
    await until('both are there, and it is', () => at('siaya', kin) !== undefined, 60_000);
    await world.atRest();
    expect([at('siaya', kin)?.values, await world.held()]).toEqual([at('central', kin)?.values, []]);
  });
});
