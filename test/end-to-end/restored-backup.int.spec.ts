import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { SAMPLE } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

describe('a site that was restored from a backup', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({ site: (id) => ({ feed: { startAt: id === 'kisumu' ? 'now' : 'beginning', pollSeconds: 1 } }) });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const ward = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.find((one) => one.uuid === uuid);
  const person = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .people.find((one) => one.uuid === uuid);
  const nameAt = (site: string, uuid: string) => ward(site, uuid)?.values['name'];
  const aPatient = (site: string, number: string, clinic: string) =>
    clinicianAt(site).addPatient({
      uuid: aUuid(),
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: number }],
      identifiers: [{ identifier: number, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });

  it('is noticed and quarantined; accepted, it gets back what it lost, gives way where it is old, and nothing is deleted or skipped', async () => {
    const kept = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Kept' });
    const old = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Yesterday' });
    const early = aPatient('kisumu', 'EARLY-1', kept);
    await world.atRest();
    const backup = world.site('kisumu').backup();

    clinicianAt('kisumu').edit('location', old, { name: 'Today' });
    clinicianAt('central').edit('person', early, { birthdate: '1981-02-03' });
    const lost = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Made since the backup' });
    const lostPatient = aPatient('kisumu', 'LOST-1', kept);
    await world.atRest();
    const before = { central: world.site('central').state(), siaya: world.site('siaya').state() };

    world.site('kisumu').restore(backup);
    expect([nameAt('kisumu', old), ward('kisumu', lost), person('kisumu', lostPatient)]).toEqual(['Yesterday', undefined, undefined]);
    await until('it is quarantined', async () => (await world.siteState('kisumu')) === 'quarantined', 30_000);
    expect(world.log('feed-finding')).toEqual(expect.arrayContaining([expect.objectContaining({ site: 'kisumu', code: 'generation-suspected' })]));
    expect(await (await fetch(world.standalone.consoleUrl)).text()).toContain('quarantined');

    const meanwhile = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Typed after the restore' });
    const atParent = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Typed at the parent' });
    await until('the others go on', () => nameAt('siaya', atParent) !== undefined, 30_000);
    expect(nameAt('kisumu', atParent)).toBeUndefined();
    expect(await world.siteState('kisumu')).toBe('quarantined');
    expect(world.site('central').state().people).toEqual(before.central.people);

    const { sites, changes } = world.hub.repositories;
    await world.hub.parts.database.transaction(async (tx) => {
      await sites.beginGeneration(tx, 'kisumu');
      await changes.openForAgreed(tx, 'kisumu', ['kisumu']);
    });
    await world.isUp('kisumu');
    await world.atRest(60_000);

    for (const site of ['central', 'kisumu', 'siaya']) {
      expect([site, nameAt(site, kept), nameAt(site, old), nameAt(site, lost)]).toEqual([site, 'Kept', 'Today', 'Made since the backup']);
      expect([site, nameAt(site, meanwhile), nameAt(site, atParent)]).toEqual([site, 'Typed after the restore', 'Typed at the parent']);
      expect([site, person(site, early)?.values['birthdate'], person(site, lostPatient)?.isPatient]).toEqual([site, '1981-02-03', true]);
      expect([...world.site(site).state().locations, ...world.site(site).state().people].filter(({ gone }) => gone)).toEqual([]);
    }
    expect(await world.held()).toEqual([]);
    expect(await world.count(`select count(*) from conflict where closed_at is null`)).toBe(0);
    expect((await world.hub.repositories.overview.read()).sites.find(({ site }) => site === 'kisumu')).toMatchObject({ state: 'up', generation: 2 });
  });

  it('is not believed to have deleted, nor to have edited, what it cannot know: where nobody can tell, a person is asked', async () => {
    const disputed = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Agreed' });
    await world.atRest();
    const backup = world.site('kisumu').backup();
    clinicianAt('kisumu').edit('location', disputed, { name: 'Agreed later' });
    for (let made = 0; made < 6; made += 1) clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: `Filler ${made}` });
    await world.atRest();
    world.site('kisumu').restore(backup);
    clinicianAt('kisumu').edit('location', disputed, { name: 'Typed on the old data' });
    await until('it is quarantined', async () => (await world.siteState('kisumu')) === 'quarantined', 30_000);
    await world.hub.parts.database.transaction(async (tx) => {
      await world.hub.repositories.sites.beginGeneration(tx, 'kisumu');
      await world.hub.repositories.changes.openForAgreed(tx, 'kisumu', ['kisumu']);
    });
    await world.isUp('kisumu');
    await world.atRest(60_000);
    expect(['central', 'siaya', 'kisumu'].map((site) => nameAt(site, disputed))).toEqual(['Agreed later', 'Agreed later', 'Typed on the old data']);
    expect(await world.query(`select uuid, fields from conflict where closed_at is null`)).toEqual([{ uuid: disputed, fields: ['name'] }]);
    expect((await world.held()).every(({ uuid, state }) => uuid === disputed && state === 'conflict')).toBe(true);
    expect(world.site('kisumu').count('location')).toBe(world.site('central').count('location'));
  });
});
