import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aPatient } from './people.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

const WHEN = '2024-02-01T08:00:00.000+0000';

describe('tasks', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      link: carrying('visit', 'encounter', 'observation', 'diagnosticreport', 'task'),
    });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const at = (site: string) => world.site(site).clinician;
  const aPatientOf = (countyDistrict: string) => at('kisumu').addPatient(aPatient({ location: clinic, countyDistrict }));
  const to = (type: string, uuid: string) => ({ reference: `${type}/${uuid}` });
  const tasksAt = (site: string, patient: string) =>
    world
      .site(site)
      .state()
      .tasks.filter(({ gone, values }) => !gone && String(values['for']).includes(patient));
  /** What the tasks of a patient say at a site, whatever they are called there. */
  const saidAt = (site: string, patient: string) =>
    tasksAt(site, patient).map(({ values: { status, code, comment, basedOn, encounter, owner } }) => ({ status, code, comment, basedOn, encounter, owner }));
  const SITES = ['central', 'kisumu', 'siaya'];

  it('go up with the record that they ask for, are taken up at the parent, follow the patient, and are retired at another clinic, though no feed tells of them', async () => {
    const patient = aPatientOf('Kisumu');
    const encounter = at('kisumu').care.recordEncounter({ uuid: aUuid(), patient, encounterType: CARE.visitNote, encounterDatetime: WHEN });
    const uuid = at('kisumu').lists.addTask({
      ...{ uuid: aUuid(), status: 'requested', code: CARE.pulse, comment: 'today', for: to('Patient', patient), encounter: to('Encounter', encounter) },
      ...{ basedOn: [to('Encounter', encounter), to('Organization', 'laboratory')], owner: to('Practitioner', CARE.nurse) },
    });
    await until('it is at the parent', () => saidAt('central', patient).length === 1, 40_000);
    await world.atRest();
    expect(saidAt('central', patient)).toEqual(saidAt('kisumu', patient));
    const there = () => tasksAt('central', patient)[0]?.uuid ?? '';
    expect(there()).not.toBe(uuid);

    at('central').lists.changeTask(there(), { status: 'in-progress' });
    await until('it is taken up at the clinic', () => saidAt('kisumu', patient)[0]?.status === 'in-progress', 40_000);
    await world.atRest();
    expect([saidAt('kisumu', patient), saidAt('siaya', patient)]).toEqual([saidAt('central', patient), []]);

    at('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });
    await until('her history is at the other clinic', () => saidAt('siaya', patient).length === 1, 60_000);
    await world.atRest();
    expect(saidAt('siaya', patient)).toEqual(saidAt('central', patient));

    at('siaya').lists.retireTask(tasksAt('siaya', patient)[0]?.uuid ?? '');
    await until('it is retired everywhere', () => SITES.every((site) => saidAt(site, patient).length === 0), 60_000);
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });

  it('wait for what they lead to, name it as the target does, and do not wait for what their own site has not', async () => {
    const patient = aPatientOf('Kisumu');
    await world.atRest();
    world.site('kisumu').pausePublisher();
    const visit = at('kisumu').care.startVisit({ uuid: aUuid(), patient, visitType: CARE.facilityVisit, location: clinic, startDatetime: WHEN });
    const report = at('kisumu').lists.addReport({ uuid: aUuid(), status: 'final', code: CARE.weight, subject: patient });
    at('kisumu').lists.addTask({
      ...{ uuid: aUuid(), status: 'requested', for: to('Patient', patient), encounter: to('Encounter', visit), focus: to('DiagnosticReport', report) },
      ...{ basedOn: [to('ServiceRequest', aUuid())] },
    });
    await until('it is at the parent', () => tasksAt('central', patient).length === 1, 60_000);
    const { focus, encounter, basedOn } = tasksAt('central', patient)[0]?.values ?? {};
    const own = world
      .site('central')
      .state()
      .diagnosticReports.find(({ values }) => values['subject'] === patient)?.uuid;
    expect([own === report, focus, encounter, basedOn]).toEqual([
      false,
      JSON.stringify(to('DiagnosticReport', String(own))),
      JSON.stringify(to('Encounter', visit)),
      tasksAt('kisumu', patient)[0]?.values['basedOn'],
    ]);
    expect(
      world
        .site('central')
        .state()
        .visits.some(({ uuid }) => uuid === visit),
    ).toBe(true);
    world.site('kisumu').resumePublisher();
    await world.atRest();
    expect(await world.held()).toEqual([]);
  });
});
