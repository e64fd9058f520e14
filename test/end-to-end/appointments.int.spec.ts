import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { bySiayasAddress } from './links.js';
import { aPatient } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

const BOTH = { pull: true, push: true };
const SITES = ['central', 'kisumu', 'siaya'];
const NINE = Date.parse('2024-02-01T09:00:00Z');

describe('appointments', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      flavours: { kisumu: 'bahmni' },
      publishes: ['appointment'],
      link: (child) => ({
        classes: { location: { pull: true, push: child !== 'kisumu' }, person: { pull: true, push: child !== 'kisumu' }, patient: BOTH, appointment: BOTH },
        ...bySiayasAddress(child),
      }),
    });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    for (const site of SITES) at(site).appointments.addService('Eye care', 'First visit');
    await until('its place has come', () => world.site('kisumu').count('location') > 0, 30_000);
    await world.atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const aPatientOf = (countyDistrict: string) => at('kisumu').addPatient(aPatient({ location: clinic, countyDistrict }));
  const there = (site: string, patient: string) =>
    world
      .site(site)
      .state()
      .appointments.filter(({ gone, values }) => !gone && values['patient'] === patient);
  /** What the appointments of a patient say at a site, whatever they and their services are called there. */
  const saidAt = (site: string, patient: string) =>
    there(site, patient).map(({ values: { status, comments, startDateTime, location, providers, dateAppointmentScheduled } }) => ({
      ...{ status, comments, startDateTime, location, dateAppointmentScheduled },
      providers: (JSON.parse(String(providers)) as readonly Record<string, unknown>[]).map(({ uuid, response }) => ({ uuid, response })),
    }));
  const planned = (patient: string, more: object = {}) =>
    at('kisumu').appointments.add({
      ...{ uuid: aUuid(), patient, service: 'Eye care', serviceType: 'First visit', location: clinic, comments: 'with her glasses' },
      ...{ startDateTime: NINE, endDateTime: NINE + 1_800_000, providers: [{ uuid: CARE.nurse, response: 'ACCEPTED', comments: null }], ...more },
    });

  it('go up from a Bahmni, are changed at the parent, follow the patient, and are cancelled at another clinic', async () => {
    const patient = aPatientOf('Kisumu');
    const uuid = planned(patient);
    await until('it is at the parent', () => saidAt('central', patient).length === 1, 40_000);
    await world.atRest();
    expect([saidAt('central', patient), there('central', patient)[0]?.uuid === uuid]).toEqual([saidAt('kisumu', patient), false]);

    at('central').appointments.change(there('central', patient)[0]?.uuid ?? '', { status: 'CheckedIn' });
    await until('it is changed at the clinic', () => saidAt('kisumu', patient)[0]?.status === 'CheckedIn', 40_000);
    await world.atRest();
    expect([saidAt('kisumu', patient), saidAt('siaya', patient)]).toEqual([saidAt('central', patient), []]);

    at('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });
    await until('her history is at the other clinic', () => saidAt('siaya', patient).length === 1, 60_000);
    await world.atRest();
    expect(saidAt('siaya', patient)).toEqual(saidAt('central', patient));

    at('siaya').appointments.change(there('siaya', patient)[0]?.uuid ?? '', { status: 'Cancelled' });
    await until('it is cancelled everywhere', () => SITES.every((site) => saidAt(site, patient)[0]?.status === 'Cancelled'), 60_000);
    await world.atRest();
    expect(SITES.map((site) => saidAt(site, patient).length)).toEqual([1, 1, 1]);
    expect(await world.held()).toEqual([]);
  });

  it('are held where the service is not there by its name, and where one of a series is voided; that one is of a series is said to be lost', async () => {
    const patient = aPatientOf('Kisumu');
    at('kisumu').appointments.addService('Dentist');
    const [waiting, series] = [planned(patient, { service: 'Dentist', serviceType: undefined }), planned(patient, { recurring: true, comments: 'every week' })];
    await until('one is at the parent', () => saidAt('central', patient).length === 1, 40_000);
    await until('the other is held', async () => (await world.held(waiting)).length === 1, 40_000);
    await world.atRest();
    expect(await world.held(waiting)).toMatchObject([{ reason: 'unmapped', details: { missing: ['appointmentservicename/Dentist'], fields: ['service'] } }]);
    const lost = await world.query<{ lost: string[] }>(`select lost from job where uuid = $1 and outcome = 'pushed'`, [series]);
    expect(lost.map((job) => job.lost)).toEqual([['recurring']]);

    at('kisumu').appointments.void(series);
    await until('it is held', async () => (await world.held(series)).length === 1, 40_000);
    expect([await world.held(series), saidAt('central', patient).length]).toMatchObject([[{ code: 'unsupported' }], 1]);
  });
});
