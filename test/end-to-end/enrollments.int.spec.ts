import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

describe('enrollments', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    // Siaya's webservices.rest takes no states; it has no attributes of enrollments either.
    world = await runningHub({
      sites: { central: '2.8', kisumu: '2.8', siaya: '2.1-old' },
      publishes: ['programenrollment'],
      link: carrying('programenrollment'),
    });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const atSite = (site: string) => world.site(site).state().enrollments;
  const statesAt = (site: string) =>
    atSite(site)[0]
      ?.states.filter(({ gone }) => !gone)
      .map(({ values }) => [values['state'], values['startDate'], values['endDate'] ?? null]);

  it('travel with their states, both ways, follow their patient, and say what an older site does not take', async () => {
    const uuid = aUuid();
    const patient = clinicianAt('kisumu').addPatient({
      uuid,
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
      addresses: [{ countyDistrict: 'Kisumu', country: 'Kenya', preferred: true }],
      identifiers: [{ identifier: 'ARV-1', identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
    const { programs } = clinicianAt('kisumu');
    const enrolled = programs.enroll({
      ...{ uuid: aUuid(), patient, program: CARE.hivProgram, dateEnrolled: '2020-01-05T08:00:00.000+0000', location: clinic },
      attributes: [{ attributeType: CARE.regimen, value: 'first line' }],
    });
    programs.moveTo(enrolled, CARE.waiting, '2020-01-05');
    await world.atRest();
    expect(statesAt('central')).toEqual([[CARE.waiting, '2020-01-05', null]]);
    expect(atSite('siaya')).toEqual([]);

    clinicianAt('central').programs.moveTo(enrolled, CARE.onTreatment, '2020-02-01');
    await world.atRest();
    const both = [
      [CARE.waiting, '2020-01-05', '2020-02-01'],
      [CARE.onTreatment, '2020-02-01', null],
    ];
    expect(statesAt('kisumu')).toEqual(both);

    clinicianAt('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });
    await until('it is at the older site too', () => atSite('siaya').length === 1, 60_000);
    await world.atRest();
    expect([statesAt('siaya'), atSite('siaya')[0]?.attributes]).toEqual([[], []]);
    const lost = await world.query<{ lost: string[] }>(
      `select lost from job where aggregate = 'programenrollment' and target = 'siaya' and outcome = 'pushed'`,
    );
    expect(lost.flatMap((job) => job.lost)).toContain('states');

    // What is entered there goes up, and what it never had is missed by nobody.
    const there = atSite('siaya')[0]?.uuid ?? '';
    // What it drops in the very second of an edit there could have been taken back by whoever edited, and would be asked about (ADR 0136).
    await world.site('siaya').down();
    const edited = Math.floor(Date.now() / 1000);
    clinicianAt('siaya').programs.edit(there, { dateCompleted: '2020-03-01T08:00:00.000+0000' });
    await until('that second is over', () => Math.floor(Date.now() / 1000) > edited);
    await world.site('siaya').up();
    await until('the edit is at the parent', () => statesAt('central')?.some((state) => state.includes('2020-03-01')) === true, 60_000);
    await world.atRest();
    expect([statesAt('central'), statesAt('kisumu')]).toEqual([1, 2].map(() => [both[0], [CARE.onTreatment, '2020-02-01', '2020-03-01']]));
    expect(await world.held()).toEqual([]);
  });
});
