import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { CARE, PROFILE_IDS, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { call, optionsOf, person } from './rest-bench.js';

/** What a merge must know of a record beside what it holds, as servers of every platform tell it. */
describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  const [jane, twin] = sampleData('site', 2).patients.map(({ uuid }) => String(uuid)) as [string, string];
  let simulator: Simulator;
  let sites: Sites;
  beforeEach(async () => {
    simulator = await startSimulator({ id: 'site', profile });
    simulator.seedMetadata(sampleMetadata());
    simulator.load(sampleData('site', 2));
    sites = new Sites([optionsOf(simulator, 'site')], () => new MemoryAliasBook());
  });
  afterEach(async () => {
    await sites.close();
    await simulator.stop();
  });

  it('tells of a patient who was merged into another, and not of the other, nor of one who was voided', async () => {
    simulator.clinician.mergePatients(jane, twin);
    const [survivor, loser] = await Promise.all([jane, twin].map((uuid) => sites.of('site').read(person(uuid), call)));
    expect([survivor, loser]).toMatchObject([{ presence: 'present' }, { presence: 'voided', mergedAway: true }]);
    simulator.clinician.voidPatient(jane);
    const voided = await sites.of('site').read(person(jane), call);
    expect([survivor?.mergedAway, voided.presence, voided.mergedAway]).toEqual([undefined, 'voided', undefined]);
  });

  it('tells that a task stopped a visit, until a person has changed it', async () => {
    const visit = simulator.clinician.care.startVisit({ patient: jane, visitType: CARE.facilityVisit, startDatetime: '2020-01-02T01:00:00' });
    const read = () => sites.of('site').read({ aggregate: 'visit', uuid: visit }, call);
    const open = await read();
    await fetch(`${simulator.baseUrl}/ws/rest/v1/systemsetting`, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa('admin:Admin123')}`, 'content-type': 'application/json' },
      body: JSON.stringify({ property: 'visits.autoCloseVisitType', value: 'Facility Visit' }),
    });
    simulator.stopVisits();
    const stopped = await read();
    expect([open.byTask, open.fields['stopDatetime'], stopped.byTask, typeof stopped.fields['stopDatetime']]).toEqual([undefined, null, true, 'string']);
    simulator.clinician.care.editVisit(visit, { stopDatetime: '2020-01-02T02:00:00' });
    expect((await read()).byTask).toBeUndefined();
  });
});
