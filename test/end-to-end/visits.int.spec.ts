import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aPatient, personAt } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(180_000);

describe('visits', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      link: carrying('visit'),
    });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 180_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const visitAt = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .visits.find((one) => one.uuid === uuid);
  const person = (site: string, uuid: string) => personAt(world.site(site), uuid);
  const aPatientOf = (site: string, countyDistrict: string) => clinicianAt(site).addPatient(aPatient({ location: clinic, countyDistrict }));
  const aVisitOf = (site: string, patient: string, startDatetime = '2026-03-02T08:30:00.000+0000') =>
    clinicianAt(site).care.startVisit({ uuid: aUuid(), patient, visitType: CARE.facilityVisit, location: clinic, startDatetime });

  it('travel up from the clinic where they are, with their patient first, and back down when the parent edits them', async () => {
    const patient = aPatientOf('kisumu', 'Kisumu');
    const visit = aVisitOf('kisumu', patient);
    await world.atRest();
    expect(visitAt('central', visit)?.values).toEqual(visitAt('kisumu', visit)?.values);
    clinicianAt('central').care.stopVisit(visit, '2026-03-02T16:00:00.000+0000');
    await world.atRest();
    expect(visitAt('kisumu', visit)?.values).toEqual(visitAt('central', visit)?.values);
    expect(visitAt('siaya', visit)).toBeUndefined();
    expect(await world.held()).toEqual([]);
  });

  it('of a patient whom a child does not hold stay away from it, and follow, the old ones too, once it does', async () => {
    const patient = aPatientOf('central', 'Kisumu');
    const old = aVisitOf('central', patient, '2025-01-05T08:30:00.000+0000');
    // Where the visit is heard of before its patient it comes as her history, which is listed when she has come in.
    await until('it is at the clinic that holds her', () => visitAt('kisumu', old) !== undefined, 60_000);
    await world.atRest();
    expect([person('siaya', patient), visitAt('siaya', old)]).toEqual([undefined, undefined]);

    clinicianAt('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });
    await until('her history is there', () => visitAt('siaya', old) !== undefined, 60_000);
    await world.atRest();
    expect(visitAt('siaya', old)?.values).toEqual(visitAt('central', old)?.values);
    expect(await world.held()).toEqual([]);
  });

  it('have one insurance number: another one reaches everybody, and two that were entered at once are asked about, and both stand', async () => {
    const visit = aVisitOf('kisumu', aPatientOf('kisumu', 'Siaya'));
    await world.atRest();
    const insure = (site: string, value: string) => clinicianAt(site).care.addVisitAttribute(visit, { attributeType: CARE.insurance, value });
    const numberAt = (site: string) =>
      visitAt(site, visit)
        ?.attributes.filter(({ gone }) => !gone)
        .map(({ values }) => values['value']);
    const everywhere = () => ['kisumu', 'central', 'siaya'].map(numberAt);
    for (const [site, value] of [
      ['kisumu', 'NHIF-1'],
      ['siaya', 'NHIF-2'],
    ] as const) {
      insure(site, value);
      await world.atRest();
      expect(everywhere()).toEqual([[value], [value], [value]]);
    }
    insure('kisumu', 'NHIF-3');
    insure('central', 'NHIF-4');
    await world.atRest();
    expect(everywhere()).toEqual([['NHIF-3'], ['NHIF-4'], ['NHIF-4']]);
    expect(new Set((await world.held(visit)).map(({ state }) => state))).toEqual(new Set(['conflict']));
    clinicianAt('central').care.addVisitAttribute(visit, { attributeType: CARE.insurance, value: 'NHIF-3' });
    await world.atRest();
    expect([everywhere(), await world.held()]).toEqual([[['NHIF-3'], ['NHIF-3'], ['NHIF-3']], []]);
  });

  it('that were voided with their patient at one clinic go with her everywhere; one that only another clinic knows is asked about first', async () => {
    const [hers, another] = [aPatientOf('kisumu', 'Siaya'), aPatientOf('kisumu', 'Siaya')];
    const [visit, shared] = [aVisitOf('kisumu', hers), aVisitOf('kisumu', another)];
    await world.atRest();
    expect(visitAt('siaya', shared)).toBeDefined();
    clinicianAt('kisumu').voidPatient(hers);
    await world.atRest();
    for (const site of ['kisumu', 'central', 'siaya']) expect([person(site, hers)?.gone, visitAt(site, visit)?.gone]).toEqual([true, true]);

    world.site('siaya').pausePublisher();
    const unsent = aVisitOf('siaya', another, '2026-05-06T08:30:00.000+0000');
    clinicianAt('kisumu').voidPatient(another);
    await until(
      'it is asked about',
      async () => (await world.held(another)).some(({ site, code }) => site === 'siaya' && code === 'void-would-take-others'),
      60_000,
    );
    expect([person('siaya', another)?.gone, visitAt('siaya', unsent)?.gone]).toEqual([false, false]);
    world.site('siaya').resumePublisher();
    await world.atRest();
    expect([person('siaya', another)?.gone, visitAt('siaya', unsent)?.gone]).toEqual([false, false]);
    expect((await world.held(unsent)).map(({ site, state }) => [site, state])).toEqual([['central', 'waiting']]);
  });
});
