import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aPatient, personAt } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

describe('a child whose changes are known by its fhir2 alone', () => {
  let world: RunningWorld;
  let ward = '';
  beforeAll(async () => {
    world = await runningHub({ site: (id) => (id === 'kisumu' ? { feed: { handler: 'fhir-lastupdated', startAt: 'beginning', pollSeconds: 1 } } : {}) });
    ward = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Outpatients' });
    await until('its place has come', () => world.site('kisumu').count('location') > 0, 30_000);
    await world.atRest();
  }, 180_000);
  afterAll(() => world.stop());

  const patientAt = (site: string, number: string) => world.site(site).clinician.addPatient(aPatient({ location: ward, number }));
  const at = (site: string, uuid: string) => personAt(world.site(site), uuid);
  const SITES = ['central', 'kisumu', 'siaya'];
  const birthdates = (uuid: string) => SITES.map((site) => at(site, uuid)?.values['birthdate']);
  const isEverywhere = (uuid: string) => SITES.every((site) => at(site, uuid)?.isPatient === true);
  const rest = () => world.atRest(60_000);

  it('sends what is entered and edited there, and gets what is entered and edited elsewhere; its feed is never read', async () => {
    const [theirs, ours] = [patientAt('kisumu', 'SCANNED-1'), patientAt('siaya', 'FED-1')];
    await until('both are everywhere', () => isEverywhere(theirs) && isEverywhere(ours), 40_000);
    await rest();
    world.site('kisumu').clinician.edit('person', theirs, { birthdate: '1981-02-03' });
    world.site('siaya').clinician.edit('person', ours, { birthdate: '1982-03-04' });
    await until(
      'both edits are everywhere',
      () => birthdates(theirs).every((one) => one === '1981-02-03') && birthdates(ours).every((one) => one === '1982-03-04'),
      40_000,
    );
    await rest();
    expect(await world.held()).toEqual([]);
    expect(world.site('kisumu').requests.filter(({ path }) => path.includes('/ws/atomfeed/'))).toEqual([]);
  });

  it('is at rest once all is told: what we wrote there is found as agreed, and written nowhere', async () => {
    await rest();
    const writes = () => SITES.map((site) => world.site(site).writes.length);
    const before = writes();
    const since = await world.clock();
    await until(
      'it was asked again',
      async () => (await world.count(`select count(*) from feed_marker where site = 'kisumu' and read_at > $1`, [since])) >= 3,
      20_000,
    );
    await rest();
    expect(writes()).toEqual(before);
  });

  it('tells of a void that follows soon; a name that moved no date is found by the audit', async () => {
    const [soon, named] = [patientAt('kisumu', 'SCANNED-2'), patientAt('kisumu', 'SCANNED-3')];
    await until('they are everywhere', () => isEverywhere(soon) && isEverywhere(named), 40_000);
    await rest();
    world.site('kisumu').clinician.voidPatient(soon);
    await until('the void is everywhere', () => SITES.every((site) => at(site, soon)?.gone), 40_000);
    const name = at('kisumu', named)?.names[0]?.uuid ?? '';
    world.site('kisumu').clinician.editName(name, { familyName: 'Otieno' });
    await rest();
    const families = () =>
      ['central', 'siaya'].map((site) =>
        at(site, named)
          ?.names.map((one) => one.values['familyName'])
          .join(),
      );
    expect(families()).toEqual(['Kemunto', 'Kemunto']);
    await until('the last audit has ended', async () => (await world.count(`select count(*) from uuid_audit where finished_at is not null`)) === 1, 20_000);
    await world.hub.parts.database.write(`update uuid_audit set begun_at = begun_at - interval '25 hours'`);
    await until('the name is found', () => families().every((one) => one === 'Otieno'), 40_000);
    expect(await world.held()).toEqual([]);
  });
});
