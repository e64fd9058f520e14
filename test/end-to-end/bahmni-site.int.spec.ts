import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE } from '@sync-hub/openmrs-simulator';
import { aPatient, personAt } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

describe('a child that is a Bahmni', () => {
  let world: RunningWorld;
  let ward = '';
  beforeAll(async () => {
    const both = { pull: true, push: true };
    world = await runningHub({
      flavours: { kisumu: 'bahmni' },
      link: (child) => ({
        classes: { location: { pull: true, push: child !== 'kisumu' }, person: { pull: true, push: child !== 'kisumu' }, patient: both, visit: both },
      }),
    });
    ward = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Outpatients' });
    await until('its place has come', () => world.site('kisumu').count('location') > 0, 30_000);
    await world.atRest();
  }, 180_000);
  afterAll(() => world.stop());

  const patientAt = (site: string, number: string) => world.site(site).clinician.addPatient(aPatient({ location: ward, number }));
  const at = (site: string, uuid: string) => personAt(world.site(site), uuid);
  const visitAt = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .visits.find((one) => one.uuid === uuid);
  const birthdates = (uuid: string) => ['central', 'kisumu', 'siaya'].map((site) => at(site, uuid)?.values['birthdate']);
  const areGone = (uuid: string) => ['central', 'kisumu', 'siaya'].map((site) => at(site, uuid)?.gone);
  const rest = () => world.atRest(60_000);
  /** A day passes, and what the audit then finds comes to its end. */
  const nextAudit = async (): Promise<void> => {
    await until('the last audit has ended', async () => (await world.count(`select count(*) from uuid_audit where finished_at is not null`)) === 1, 20_000);
    const ended = world.log('uuid-audit-ended').length;
    await world.hub.parts.database.write(`update uuid_audit set begun_at = begun_at - interval '25 hours'`);
    await until('another has', () => world.log('uuid-audit-ended').length > ended, 20_000);
    await rest();
  };

  it('sends what is entered and edited there, and gets what is entered and edited elsewhere', async () => {
    const [theirs, ours] = [patientAt('kisumu', 'BAHMNI-1'), patientAt('siaya', 'GENERIC-1')];
    await until('both are everywhere', () => [theirs, ours].every((uuid) => ['central', 'kisumu', 'siaya'].every((site) => at(site, uuid)?.isPatient)), 40_000);
    await rest();
    world.site('kisumu').clinician.edit('person', theirs, { birthdate: '1981-02-03' });
    world.site('siaya').clinician.edit('person', ours, { birthdate: '1982-03-04' });
    await until(
      'both edits are everywhere',
      () => `${birthdates(theirs)} ${birthdates(ours)}` === `${['1981-02-03', '1981-02-03', '1981-02-03']} ${['1982-03-04', '1982-03-04', '1982-03-04']}`,
      40_000,
    );
    await rest();
    expect(await world.held()).toEqual([]);
    const followed = await world.query<{ category: string }>(`select category from feed_marker where site = 'kisumu'`);
    expect(followed.map(({ category }) => category).sort()).toEqual(['encounter', 'patient']);
  });

  it('#33 says nothing of a void, which the audit finds and sends on; nor of what is restored', async () => {
    const [voided, kept] = [patientAt('kisumu', 'BAHMNI-2'), patientAt('kisumu', 'BAHMNI-3')];
    await until('they are everywhere', () => [voided, kept].every((uuid) => at('siaya', uuid)?.isPatient), 40_000);
    await rest();
    world.site('kisumu').clinician.voidPatient(voided);
    await rest();
    expect(areGone(voided)).toEqual([false, true, false]);
    await nextAudit();
    await until('it is voided everywhere', () => areGone(voided).every((gone) => gone === true), 20_000);
    expect(areGone(kept)).toEqual([false, false, false]);
    expect(world.log('uuid-audit-found')).toEqual(expect.arrayContaining([expect.objectContaining({ site: 'kisumu', count: 1 })]));

    world.site('kisumu').clinician.restorePatient(voided);
    await rest();
    expect(areGone(voided)).toEqual([true, false, true]);
    await nextAudit();
    await until('it is back everywhere', () => areGone(voided).every((gone) => gone === false), 20_000);
    expect(await world.held()).toEqual([]);
  });

  it('tells of a visit by its encounters, and of its end not at all: the audit reads visits whole', async () => {
    const { care } = world.site('kisumu').clinician;
    const patient = patientAt('kisumu', 'BAHMNI-4');
    const visit = care.startVisit({ uuid: aUuid(), patient, visitType: CARE.facilityVisit, location: ward, startDatetime: '2026-03-02T08:30:00.000+0000' });
    await until('the patient has come', () => at('central', patient)?.isPatient === true, 40_000);
    await rest();
    expect(visitAt('central', visit)).toBeUndefined();
    care.recordEncounter({ patient, visit, encounterType: CARE.vitals, encounterDatetime: '2026-03-02T09:00:00.000+0000', location: ward });
    await until('the visit has come', () => visitAt('central', visit) !== undefined, 40_000);
    await rest();
    care.stopVisit(visit, '2026-03-02T16:00:00.000+0000');
    await rest();
    expect(visitAt('central', visit)?.values['stopDatetime'] ?? null).toBeNull();
    await nextAudit();
    await until('its end has come', () => (visitAt('central', visit)?.values['stopDatetime'] ?? null) !== null, 40_000);
    expect(visitAt('central', visit)?.values).toEqual(visitAt('kisumu', visit)?.values);
    expect(await world.held()).toEqual([]);
  });

  it('alone is audited: the feeds of the others tell of voids', async () => {
    expect(await world.query(`select site from uuid_audit`)).toEqual([{ site: 'kisumu' }]);
  });
});
