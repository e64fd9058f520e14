import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, PROFILE_IDS } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const OWN = '99999999-0000-4000-8000-00000000000a';

describe('diagnoses', () => {
  let at: Bench;
  let own: Record<string, unknown>;
  const bodyAt = ({ simulator: { clinician }, jane }: Bench) => {
    const patient = clinician.addPatient(jane());
    const encounter = clinician.care.recordEncounter({ patient, encounterType: CARE.vitals });
    return { uuid: OWN, patient, encounter, diagnosis: { coded: CARE.malaria }, condition: null, certainty: 'provisional', rank: 1 };
  };
  beforeEach(async () => {
    at = await bench({ alsoPublishes: ['patientdiagnoses'] });
    own = bodyAt(at);
  });
  afterEach(() => at.simulator.stop());
  const add = (more: object = {}) => at.call('POST', 'patientdiagnoses', { ...own, ...more });

  it('have the keys of DiagnosisResource2_5, and are told of where the module is configured to', async () => {
    expect((await add()).status).toBe(201);
    const full = (await at.call('GET', `patientdiagnoses/${OWN}?v=full`)).json;
    const keys = 'uuid diagnosis patient condition encounter certainty rank voided auditInfo display formFieldNamespace formFieldPath links resourceVersion';
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({ display: 'Malaria', certainty: 'PROVISIONAL', diagnosis: { coded: { uuid: CARE.malaria } } });
    expect((await at.call('POST', `patientdiagnoses/${OWN}`, { rank: 2 })).json).toMatchObject({ uuid: OWN, rank: 2 });
    expect(at.simulator.feedRows('diagnosis').map(({ tags, object }) => [tags, JSON.parse(object ?? '').rest])).toEqual([
      ['diagnosis,CREATED', `/ws/rest/v1/patientdiagnoses/${OWN}?v=full`],
      ['diagnosis,UPDATED', `/ws/rest/v1/patientdiagnoses/${OWN}?v=full`],
    ]);
  });

  it('are refused without the key of a condition, an encounter, or a rank that is one', async () => {
    const { condition: _left, ...without } = own;
    expect((await at.call('POST', 'patientdiagnoses', without)).status).toBe(400);
    for (const [wrong, code] of [
      [{ encounter: OWN }, 'error.null'],
      [{ diagnosis: {} }, 'error.null'],
      [{ rank: -1 }, 'error.rank.notPositiveInteger'],
    ] as const) {
      const { status, json } = await add(wrong);
      expect([status, Object.values(json.error.fieldErrors as Record<string, { code: string }[]>).flat()[0]?.code]).toEqual([400, code]);
    }
    expect((await add({ patient: own['patient'] })).status).toBe(201);
    expect((await at.call('POST', `patientdiagnoses/${OWN}`, { patient: OWN })).status).toBe(400);
    await at.call('DELETE', `patientdiagnoses/${OWN}?reason=wrong`);
    expect((await at.call('POST', `patientdiagnoses/${OWN}`, { deleted: 'false' })).status).toBe(400);
  });

  it.each(PROFILE_IDS)('are kept and listed as on %s', async (profile) => {
    await withBench({ profile }, async (old) => {
      const body = bodyAt(old);
      const { uuid: _uuid, ...withoutUuid } = body;
      const made = await old.call('POST', 'patientdiagnoses', withoutUuid);
      if (!['2.3', '2.8'].includes(profile)) return expect(made.status).toBe(404);
      expect('formFieldPath' in made.json).toBe(profile === '2.8');
      const found = async (more: string) => (await old.call('GET', `patientdiagnoses?patientUuid=${body.patient}${more}`)).json.results.length;
      expect([await found(''), await found('&fromDate=1900-01-01')]).toEqual(profile === '2.8' ? [0, 1] : [0, 0]);
    });
  });
});
