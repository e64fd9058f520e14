import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, PROFILE_IDS } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const PROBLEM = '99999999-0000-4000-8000-00000000000a';
const LATER = '2024-02-01T00:00:00.000+0000';

describe('conditions', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench({ alsoPublishes: ['condition'] });
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());
  const body = (more: object = {}) => ({ uuid: PROBLEM, patient: jane, condition: { coded: CARE.malaria }, clinicalStatus: 'active', ...more });
  const add = (more: object = {}) => at.call('POST', 'condition', body(more));
  const codes = ({ status, json }: { status: number; json: { error: { fieldErrors: Record<string, { code: string }[]> } } }) => [
    status,
    ...Object.values(json.error.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code)),
  ];

  it('have the keys of ConditionResource2_2, and of what is coded or in words only those that say something', async () => {
    expect((await add({ onsetDate: LATER })).status).toBe(201);
    const full = (await at.call('GET', `condition/${PROBLEM}?v=full`)).json;
    const keys =
      'uuid display condition patient clinicalStatus verificationStatus previousVersion onsetDate endDate additionalDetail voided auditInfo links resourceVersion';
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({ clinicalStatus: 'ACTIVE', condition: { coded: { uuid: CARE.malaria } }, onsetDate: LATER, endDate: null, voided: false });
    expect(Object.keys(full.condition)).toEqual(['coded']);
  });

  it('are refused without what they are, a status, or with keys that REST does not take', async () => {
    expect(codes(await add({ condition: { coded: 'nothing' } }))).toEqual([400, 'Condition.conditionShouldNotBeNull']);
    expect(codes(await add({ clinicalStatus: null }))).toEqual([400, 'Condition.clinicalStatusShouldNotBeNull']);
    for (const wrong of [{ encounter: null, endReason: LATER }, { condition: { coded: { uuid: CARE.malaria } } }, { clinicalStatus: 'WORSE' }])
      expect((await add(wrong)).status).toBe(400);
    expect(at.simulator.state().conditions).toEqual([]);
  });

  it('become another when they change, or are brought back, with what they were voided', async () => {
    await add();
    const changed = (await at.call('POST', `condition/${PROBLEM}`, { endDate: LATER })).json;
    expect(changed).toMatchObject({ previousVersion: { uuid: PROBLEM }, endDate: LATER });
    expect((await at.call('POST', `condition/${PROBLEM}`, { clinicalStatus: 'ACTIVE' })).json.uuid).toBe(PROBLEM);
    expect((await at.call('POST', `condition/${PROBLEM}`, { deleted: 'false' })).status).toBe(400);
    const back = (await at.call('POST', `condition/${PROBLEM}`, { voided: false })).json;
    expect(back).toMatchObject({ previousVersion: { uuid: PROBLEM }, endDate: null, voided: false });
    expect(at.simulator.state().conditions.map(({ uuid, gone }) => [uuid, gone])).toEqual([
      [PROBLEM, true],
      [changed.uuid, false],
      [back.uuid, false],
    ]);
    const of = (uuid: string) =>
      at.simulator
        .feedRows('condition')
        .filter(({ object }) => object?.includes(uuid))
        .map(({ tags }) => tags);
    expect([of(PROBLEM), of(changed.uuid)]).toEqual([['condition,CREATED', 'condition,UPDATED', 'condition,VOIDED'], ['condition,CREATED']]);
  });

  it('go with the encounter that they were recorded in, and not with the patient', async () => {
    const { clinician } = at.simulator;
    const encounter = clinician.care.recordEncounter({ patient: jane, encounterType: CARE.vitals, encounterDatetime: LATER });
    const [inside, outside] = [{ encounter }, {}].map((more) => clinician.lists.addCondition({ ...body(more), uuid: undefined }));
    clinician.care.voidEncounter(encounter);
    clinician.voidPatient(jane);
    expect(at.simulator.state().conditions.map(({ uuid, gone }) => [uuid, gone])).toEqual([
      [inside, true],
      [outside, false],
    ]);
  });

  it.each(PROFILE_IDS)('are kept, changed and listed as on %s', async (profile) => {
    await withBench({ profile }, async (old) => {
      const patient = old.simulator.clinician.addPatient(old.jane());
      const made = await old.call('POST', 'condition', { ...body(), patient });
      if (!['2.3', '2.8'].includes(profile)) return expect(made.status).toBe(404);
      const { uuid } = made.json;
      expect((await old.call('POST', `condition/${uuid}`, { clinicalStatus: 'INACTIVE' })).json.uuid === uuid).toBe(profile === '2.3');
      const found = async (more: string) => (await old.call('GET', `condition?patientUuid=${patient}${more}`)).json.results.length;
      expect([await found(''), await found('&includeInactive=true')]).toEqual(profile === '2.8' ? [0, 1] : [0, 0]);
    });
  });
});
