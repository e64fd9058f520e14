import { describe, expect, it } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { CARE, PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, eachWithJane, type HandClock, jane, person, RestBench } from './rest-bench.js';

const problem = (uuid: string): RecordRef => ({ aggregate: 'condition', uuid });
const ONSET = '2024-02-01T08:00:00.000+0000';
const HAS_THEM = PROFILE_IDS.filter((profile) => ['2.3', '2.8'].includes(profile));
const MAKES_ANOTHER = ['2.8'];

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let clock: HandClock;
  eachWithJane(profile, (given, at) => {
    bench = given;
    clock = at;
  });
  const lists = () => bench.source.clinician.lists;
  const malaria = (more: object = {}) => lists().addCondition({ patient: jane, condition: { coded: CARE.malaria }, clinicalStatus: 'ACTIVE', ...more });
  const standing = () => bench.target.state().conditions.filter(({ gone }) => !gone);

  if (!HAS_THEM.includes(profile)) {
    it('is sent no condition, and says why', async () => {
      const uuid = malaria();
      bench.target.resetRequests();
      await expect(bench.carry(problem(uuid))).rejects.toMatchObject({ code: 'unsupported', message: expect.stringContaining('openmrs-core 2.2') });
      expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
      expect(await bench.sites.of('target').historyOf(jane, ['condition'], call)).toEqual([]);
    });
    return;
  }

  it('gets a condition by one request, coded or in words, as it was told', async () => {
    const all = [malaria({ onsetDate: ONSET, verificationStatus: 'CONFIRMED', additionalDetail: 'twice' }), malaria({ condition: { nonCoded: 'homesick' } })];
    for (const uuid of all) {
      const { incoming, written, asked } = await bench.carry(problem(uuid));
      expect(asked).toEqual(['POST condition']);
      expect(written.fields).toEqual(incoming.fields);
    }
    expect(standing().map(({ uuid, values }) => [uuid, values['coded'], values['nonCoded']])).toEqual([
      [all[0], CARE.malaria, null],
      [all[1], null, 'homesick'],
    ]);
  });

  it('follows an edit, which is another condition at a site of today', async () => {
    const uuid = malaria();
    const { written } = await bench.carry(problem(uuid));
    const successor = lists().editCondition(uuid, { clinicalStatus: 'INACTIVE', endDate: ONSET });
    expect(successor).not.toBe(uuid);
    const gone = await bench.sites.of('source').read(problem(uuid), call);
    expect(gone.presence).toBe('voided');
    await bench.sites.of('target').write(written, gone, { presence: 'voided', fields: new Map() }, call);
    const next = await bench.carry(problem(successor));
    expect(next.written.fields).toEqual(next.incoming.fields);
    expect(standing().map((one) => one.uuid)).toEqual([successor]);
  });

  it('is changed in place by one request, by fhir2 where REST would make another of it', async () => {
    const uuid = malaria({ onsetDate: ONSET, verificationStatus: 'PROVISIONAL', additionalDetail: 'twice' });
    const { written } = await bench.carry(problem(uuid));
    bench.target.resetRequests();
    const fields = { endDate: '2024-03-01T00:00:00Z', clinicalStatus: 'INACTIVE', verificationStatus: 'CONFIRMED', additionalDetail: 'thrice' };
    const changed = await bench.sites.of('target').write(written, written, { fields: new Map(Object.entries(fields)) }, call);
    expect(changed.fields).toEqual({ ...written.fields, ...fields });
    expect(changed.provenance.creator).toBe(written.provenance.creator);
    const wrote = bench.target.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);
    expect(wrote).toEqual([MAKES_ANOTHER.includes(profile) ? 'PUT' : 'POST']);
    expect(standing().map((one) => one.uuid)).toEqual([uuid]);
  });

  it.each([
    ['what is to be emptied', 'onsetDate', null],
    ['a status that fhir2 does not have', 'clinicalStatus', 'HISTORY_OF'],
  ])('is left to REST with %s, and not changed at all where that would make another of it', async (_, field, value) => {
    const uuid = malaria({ onsetDate: ONSET });
    const { written } = await bench.carry(problem(uuid));
    bench.target.resetRequests();
    const change = bench.sites.of('target').write(written, written, { fields: new Map([[field, value]]) }, { ...call, client: 'fhir-r4' });
    if (MAKES_ANOTHER.includes(profile)) await expect(change).rejects.toMatchObject({ code: 'cannot-change', details: { fields: [field] } });
    else expect((await change).fields[field]).toBe(value);
    const wrote = bench.target.requests.filter(({ method }) => method !== 'GET').map(({ method }) => method);
    expect(wrote).toEqual(MAKES_ANOTHER.includes(profile) ? [] : ['POST']);
    expect(standing().map((one) => one.uuid)).toEqual([uuid]);
  });

  it('voids one, and brings it back where it stays the same', async () => {
    const uuid = malaria();
    const { written } = await bench.carry(problem(uuid));
    const target = bench.sites.of('target');
    const gone = await target.write(written, written, { presence: 'voided', fields: new Map() }, call);
    expect(gone.presence).toBe('voided');
    clock.tick();
    const back = target.write(gone, written, { presence: 'present', fields: new Map() }, call);
    if (MAKES_ANOTHER.includes(profile)) await expect(back).rejects.toMatchObject({ code: 'unsupported' });
    else expect(await back).toMatchObject({ presence: 'present', fields: written.fields });
    expect(standing()).toHaveLength(MAKES_ANOTHER.includes(profile) ? 0 : 1);
  });

  it('says which would go with an encounter, in which they were recorded there', async () => {
    const { care, lists: there } = bench.target.clinician;
    const encounter = care.recordEncounter({ patient: jane, encounterType: CARE.vitals, encounterDatetime: ONSET });
    const inside = there.addCondition({ patient: jane, condition: { coded: CARE.malaria }, clinicalStatus: 'ACTIVE', encounter });
    expect(await bench.sites.of('target').dependants({ aggregate: 'encounter', uuid: encounter }, call)).toEqual([`condition/${inside}`]);
    care.voidEncounter(encounter);
    expect(standing()).toEqual([]);
  });

  it('lists those that have ended too, where it can; a void of the patient takes none along', async () => {
    const uuids = [malaria(), malaria({ condition: { nonCoded: 'homesick' }, clinicalStatus: 'INACTIVE' })];
    for (const uuid of uuids) await bench.carry(problem(uuid));
    const target = bench.sites.of('target');
    expect(await target.historyOf(jane, ['condition'], call)).toEqual(profile === '2.8' ? uuids.map(problem) : []);
    expect(await target.dependants(person(jane), call)).toEqual([]);
    bench.target.clinician.voidPatient(jane);
    expect(standing().map(({ uuid }) => uuid)).toEqual(uuids);
  });
});

describe('a site that would make another condition, and has no fhir2', () => {
  it('is sent none that is changed', async () => {
    const bench = await RestBench.start('2.8', undefined, { fhir: false });
    await bench.agreeOnJane();
    const uuid = bench.source.clinician.lists.addCondition({ patient: jane, condition: { coded: CARE.malaria }, clinicalStatus: 'ACTIVE' });
    const { written } = await bench.carry(problem(uuid));
    bench.target.resetRequests();
    const change = bench.sites.of('target').write(written, written, { fields: new Map([['endDate', '2024-03-01T00:00:00Z']]) }, call);
    await expect(change).rejects.toMatchObject({ code: 'cannot-change', details: { fields: ['endDate'] } });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    await bench.stop();
  });
});
