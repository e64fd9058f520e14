import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aPatient } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

const WHEN = '2024-02-01T08:00:00.000+0000';

describe('diagnostic reports', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      link: carrying('encounter', 'observation', 'diagnosticreport'),
    });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const aPatientOf = (countyDistrict: string) => at('kisumu').addPatient(aPatient({ location: clinic, countyDistrict }));
  const weighed = (patient: string) => {
    const encounter = at('kisumu').care.recordEncounter({
      ...{ uuid: aUuid(), patient, encounterType: CARE.vitals, encounterDatetime: WHEN },
      obs: [{ uuid: aUuid(), concept: CARE.weight, value: 61.5 }],
    });
    const obs =
      world
        .site('kisumu')
        .state()
        .encounters.find(({ uuid }) => uuid === encounter)?.obs[0]?.uuid ?? '';
    return { encounter, obs };
  };
  /** What the reports of a patient say at a site, whatever they are called there. */
  const saidAt = (site: string, patient: string) =>
    world
      .site(site)
      .state()
      .diagnosticReports.filter(({ gone, values }) => !gone && values['subject'] === patient)
      .map(({ values: { status, code, encounter, issued, results, conclusion } }) => ({ status, code, encounter, issued, results, conclusion }));
  const SITES = ['central', 'kisumu', 'siaya'];

  it('go up with what they are made of, are amended at the parent, follow the patient, and are voided at another clinic, though no feed tells of them', async () => {
    const patient = aPatientOf('Kisumu');
    const { encounter, obs } = weighed(patient);
    const report = { uuid: aUuid(), status: 'preliminary', code: CARE.weight, subject: patient, encounter, results: [obs], conclusion: 'to be read' };
    at('kisumu').lists.addReport(report);
    await until('it is at the parent', () => saidAt('central', patient).length === 1, 40_000);
    await world.atRest();
    expect(saidAt('central', patient)).toEqual(saidAt('kisumu', patient));
    const there = () =>
      world
        .site('central')
        .state()
        .diagnosticReports.find(({ values }) => values['subject'] === patient)?.uuid ?? '';
    expect(there()).not.toBe(report.uuid);

    at('central').lists.changeReport(there(), { status: 'final', conclusion: 'normal' });
    await until('it is amended at the clinic', () => saidAt('kisumu', patient)[0]?.status === 'final', 40_000);
    await world.atRest();
    expect(saidAt('kisumu', patient)).toEqual(saidAt('central', patient));
    expect(saidAt('siaya', patient)).toEqual([]);

    at('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });
    await until('her history is at the other clinic', () => saidAt('siaya', patient).length === 1, 60_000);
    await world.atRest();
    expect(saidAt('siaya', patient)).toEqual(saidAt('central', patient));

    const last =
      world
        .site('siaya')
        .state()
        .diagnosticReports.find(({ values }) => values['subject'] === patient)?.uuid ?? '';
    at('siaya').lists.voidReport(last);
    await until('it is voided everywhere', () => SITES.every((site) => saidAt(site, patient).length === 0), 60_000);
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });

  it('wait for the encounter that their results land with, which is fetched though its feed has not told of it', async () => {
    const patient = aPatientOf('Kisumu');
    await world.atRest();
    world.site('kisumu').pausePublisher();
    const { encounter, obs } = weighed(patient);
    at('kisumu').lists.addReport({ uuid: aUuid(), status: 'final', code: CARE.weight, subject: patient, results: [obs] });
    await until('it is at the parent', () => saidAt('central', patient).length === 1, 40_000);
    expect(saidAt('central', patient)).toEqual(saidAt('kisumu', patient));
    expect(
      world
        .site('central')
        .state()
        .encounters.some(({ uuid }) => uuid === encounter),
    ).toBe(true);
    world.site('kisumu').resumePublisher();
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });

  it('are written once, however often they are asked for, and what the scan cannot see of them the audit finds', async () => {
    const patient = aPatientOf('Kisumu');
    const { encounter, obs } = weighed(patient);
    const uuid = at('kisumu').lists.addReport({ uuid: aUuid(), status: 'final', code: CARE.weight, subject: patient, encounter, results: [obs] });
    await until('it is at the parent', () => saidAt('central', patient).length === 1, 40_000);
    await world.atRest();
    const writes = () =>
      SITES.map((site) => world.site(site).requests.filter(({ method, path }) => method !== 'GET' && path.includes('DiagnosticReport')).length);
    const before = writes();
    const since = await world.clock();
    await until(
      'they were asked for again',
      async () => (await world.count(`select count(*) from feed_marker where category = 'diagnosticreport' and read_at > $1`, [since])) === 3,
      20_000,
    );
    await world.atRest();
    expect(writes()).toEqual(before);

    // Results are rows of another table: that they change moves no date.
    at('kisumu').lists.changeReport(uuid, { results: [] });
    await world.query(`update uuid_audit set begun_at = now() - interval '2 days' where site = 'kisumu'`);
    await until('the audit has found it', () => saidAt('central', patient)[0]?.results?.toString() === '', 40_000);
    expect(await world.held()).toEqual([]);
  });

  it('are made once, though the server has made one and answers with an error, and its scan tells of it first', async () => {
    const patient = aPatientOf('Kisumu');
    await world.atRest();
    let failures = 0;
    const isCreate = ({ method, path }: { readonly method: string; readonly path: string }) => method === 'POST' && path.endsWith('/DiagnosticReport');
    world.site('central').faults.wrongBody((request) => failures === 0 && isCreate(request) && ++failures > 0, 'json-stack-trace-500');
    at('kisumu').lists.addReport({ uuid: aUuid(), status: 'final', code: CARE.weight, subject: patient, conclusion: 'to be made once' });
    await until('the error was answered', () => failures > 0, 40_000);
    const since = await world.clock();
    const isScanned = async () =>
      (await world.count(`select count(*) from feed_marker where category = 'diagnosticreport' and site = 'central' and read_at > $1`, [since])) === 1;
    await until('its scan has told of it', isScanned, 20_000);
    await world.atRest();
    expect(['central', 'kisumu'].map((site) => saidAt(site, patient).length)).toEqual([1, 1]);
    expect(await world.held()).toEqual([]);
  });
});
