import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { covers } from '@sync-hub/merge';
import { CARE, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, HandClock, jane, person, RestBench } from './rest-bench.js';

const diagnosisOf = (uuid: string): RecordRef => ({ aggregate: 'diagnosis', uuid });
const encounterOf = (uuid: string): RecordRef => ({ aggregate: 'encounter', uuid });
const HAS_THEM = PROFILE_IDS.filter((profile) => ['2.3', '2.8'].includes(profile));

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  let visitNote: string;
  beforeEach(async () => {
    clock = new HandClock();
    bench = await RestBench.start(profile, clock);
    await bench.agreeOnJane();
    const at = { patient: jane, encounterType: CARE.visitNote, encounterDatetime: '2024-02-01T08:00:00.000+0000' };
    visitNote = bench.source.clinician.care.recordEncounter(at);
    await bench.carry(encounterOf(visitNote));
  });
  afterEach(() => bench.stop());
  const lists = () => bench.source.clinician.lists;
  const malaria = (more: object = {}) =>
    lists().addDiagnosis({ patient: jane, encounter: visitNote, diagnosis: { coded: CARE.malaria }, certainty: 'PROVISIONAL', rank: 1, ...more });
  const there = () => bench.target.state().diagnoses.map(({ uuid, gone }) => [uuid, gone]);
  /** What a record says, as far as the target can say it too. */
  const sayable = async (uuid: string) => {
    const { incoming, written, asked } = await bench.carry(diagnosisOf(uuid));
    const both = Object.entries(incoming.fields).filter(([path]) => covers(written, path));
    expect(written.fields).toEqual(Object.fromEntries(both));
    return { incoming, written, asked };
  };

  if (!HAS_THEM.includes(profile)) {
    it('is sent no diagnosis, and says why', async () => {
      const uuid = malaria();
      bench.target.resetRequests();
      await expect(bench.carry(diagnosisOf(uuid))).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('openmrs-core 2.2') });
      expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(await bench.sites.of('target').historyOf(jane, ['diagnosis'], call)).toEqual([]);
    });
    return;
  }

  it('gets a diagnosis by one request, coded or in words, and follows an edit in place', async () => {
    const uuid = malaria({ formFieldNamespace: 'htmlformentry', formFieldPath: 'form/1-0' });
    expect((await sayable(uuid)).asked).toEqual(['POST patientdiagnoses']);
    lists().editDiagnosis(uuid, { certainty: 'CONFIRMED', rank: 2, diagnosis: { nonCoded: 'swamp fever' } });
    expect((await sayable(uuid)).asked).toEqual([`POST patientdiagnoses/${uuid}`]);
    const values = bench.target.state().diagnoses[0]?.values;
    expect(values).toMatchObject({ coded: null, nonCoded: 'swamp fever', certainty: 'CONFIRMED', rank: 2, encounter: visitNote });
    expect(values?.['formFieldPath']).toBe(profile === '2.8' ? 'form/1-0' : undefined);
  });

  it('voids one and brings it back, and has it go and come with its encounter', async () => {
    const uuid = malaria();
    const { written } = await sayable(uuid);
    const target = bench.sites.of('target');
    const gone = await target.write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect([gone.presence, there()]).toEqual(['voided', [[uuid, true]]]);
    clock.tick();
    expect(await target.write(gone, written, { presence: 'present', fields: new Map() }, call)).toMatchObject({ presence: 'present', fields: written.fields });

    expect(await target.dependants(encounterOf(visitNote), call)).toEqual([`diagnosis/${uuid}`]);
    clock.tick();
    bench.target.clinician.care.voidEncounter(visitNote);
    expect(there()).toEqual([[uuid, true]]);
    bench.target.clinician.care.restoreEncounter(visitNote);
    expect(there()).toEqual([[uuid, false]]);
    clock.tick();
    bench.target.clinician.voidPatient(jane);
    expect(there()).toEqual([[uuid, true]]);
  });

  it('lists them where it can, and asks for nothing beside its encounter', async () => {
    const uuid = malaria();
    await sayable(uuid);
    const target = bench.sites.of('target');
    expect(await target.historyOf(jane, ['diagnosis'], call)).toEqual(profile === '2.8' ? [diagnosisOf(uuid)] : []);
    expect(await target.dependants(person(jane), call)).toEqual([`encounter/${visitNote}`]);
    const refused = bench.carry(
      diagnosisOf(malaria({ rank: 3, encounter: bench.source.clinician.care.recordEncounter({ patient: jane, encounterType: CARE.vitals }) })),
    );
    await expect(refused).rejects.toMatchObject({ code: 'refused', details: { codes: ['error.null'], fields: ['encounter'] } });
  });
});
