import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const VISIT = '99999999-0000-4000-8000-00000000000a';
const ENCOUNTER = '99999999-0000-4000-8000-00000000000b';
const WEIGHT = '99999999-0000-4000-8000-00000000000c';
const GROUP = '99999999-0000-4000-8000-00000000000d';
const SYSTOLIC = '99999999-0000-4000-8000-00000000000e';
const PROVIDED = '99999999-0000-4000-8000-00000000000f';
const TIME = '2026-01-02T02:00:00.000+0000';

describe('care', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const post = async (path: string, body: unknown) => {
    const reply = await at.call('POST', path, body);
    expect([path, reply.status < 300 ? '' : reply.text]).toEqual([path, '']);
    return reply.json;
  };
  const encounter = (more: Record<string, unknown> = {}) =>
    post('encounter', { uuid: ENCOUNTER, patient: jane, encounterType: CARE.vitals, encounterDatetime: TIME, location: at.clinic, ...more });

  it('is recorded as one nested body, every uuid kept, with one entry of the feed for each', async () => {
    await post('visit', { uuid: VISIT, patient: jane, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00.000+0000' });
    at.simulator.feed.delete(() => true);
    const made = await encounter({
      visit: VISIT,
      form: CARE.vitalsForm,
      encounterProviders: [{ uuid: PROVIDED, provider: CARE.doctor, encounterRole: CARE.clinicianRole }],
      obs: [
        { uuid: WEIGHT, concept: CARE.weight, value: 61.5 },
        { uuid: GROUP, concept: CARE.bloodPressure, groupMembers: [{ uuid: SYSTOLIC, concept: CARE.systolic, value: 120 }] },
      ],
    });
    expect(made).toMatchObject({ uuid: ENCOUNTER, encounterProviders: [{ uuid: PROVIDED }], obs: [{ uuid: WEIGHT }, { uuid: GROUP }], visit: { uuid: VISIT } });
    expect(
      at.simulator
        .feedRows()
        .map(({ tags }) => tags)
        .sort(),
    ).toEqual(['encounter,CREATED', 'observation,CREATED', 'observation,CREATED', 'observation,CREATED']);
    const weight = (await at.call('GET', `obs/${WEIGHT}?v=full`)).json;
    expect(weight).toMatchObject({
      value: 61.5,
      obsDatetime: TIME,
      person: { uuid: jane },
      location: { uuid: at.clinic },
      encounter: { uuid: ENCOUNTER },
      status: 'FINAL',
    });
    const group = (await at.call('GET', `obs/${GROUP}?v=full`)).json;
    expect([group.value, group.groupMembers.map(({ uuid, value }: Record<string, unknown>) => [uuid, value])]).toEqual([null, [[SYSTOLIC, 120]]]);
    expect((await at.call('GET', `visit/${VISIT}`)).json.encounters[0].uuid).toBe(ENCOUNTER);
  });

  it('has an obs written anew when it changes: another uuid, the old one as it was and voided, CREATED, UPDATED and VOIDED', async () => {
    await encounter({ obs: [{ uuid: WEIGHT, concept: CARE.weight, value: 61.5 }] });
    at.simulator.feed.delete(() => true);
    const edited = await post(`obs/${WEIGHT}`, { value: 65 });
    expect([edited.uuid === WEIGHT, edited.value, edited.status]).toEqual([false, 65, 'AMENDED']);
    expect((await at.call('GET', `obs/${WEIGHT}?v=full`)).json).toMatchObject({ voided: true, value: 61.5, auditInfo: { voidReason: 'REST web service' } });
    expect(at.simulator.feedRows().map(({ tags }) => tags)).toEqual(['observation,CREATED', 'observation,UPDATED', 'observation,VOIDED']);
    expect((await post(`obs/${edited.uuid}`, { value: 65 })).uuid).toBe(edited.uuid);
    expect((await at.call('GET', `encounter/${ENCOUNTER}`)).json.obs.map(({ uuid }: { uuid: string }) => uuid)).toEqual([edited.uuid]);
  });

  it('is voided from the patient down, with its own entries', async () => {
    await post('visit', { uuid: VISIT, patient: jane, visitType: CARE.facilityVisit, startDatetime: '2026-01-02T01:00:00.000+0000' });
    await encounter({ visit: VISIT, obs: [{ uuid: WEIGHT, concept: CARE.weight, value: 61.5 }] });
    at.simulator.feed.delete(() => true);
    expect((await at.call('DELETE', `patient/${jane}?reason=double`)).status).toBe(204);
    const voided = at.simulator.feedRows().flatMap(({ tags }) => (tags?.endsWith(',VOIDED') ? [tags] : []));
    expect(voided).toEqual(expect.arrayContaining(['visit,VOIDED', 'encounter,VOIDED', 'observation,VOIDED', 'patient,VOIDED']));
    expect((await at.call('GET', `obs/${WEIGHT}?v=full`)).json.auditInfo.voidReason).toBe('Patient deleted');
  });
});
