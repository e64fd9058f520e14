import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, type ObsState } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const [VISIT, ENCOUNTER, WEIGHT, GROUP, SYSTOLIC, PROVIDED] = 'abcdef'.split('').map((digit) => `99999999-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
  string,
  string,
  string,
];
const UNKNOWN = '99999999-0000-4000-8000-000000000009';
const HOUR = (hour: string): string => `2026-01-02T${hour}.000+0000`;
const sorted = (lines: readonly string[]): string[] => [...lines].sort();

describe('encounters', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const care = () => at.simulator.clinician.care;
  const state = () => at.simulator.state().encounters[0];
  const record = (more: Record<string, unknown> = {}) =>
    care().recordEncounter(at.vitals(jane, [{ uuid: WEIGHT, concept: CARE.weight, value: 61.5 }], { uuid: ENCOUNTER, ...more }));
  const send = (body: unknown) => at.call('POST', `encounter/${ENCOUNTER}`, body);
  const startVisit = (more: Record<string, unknown> = {}) =>
    care().startVisit({ uuid: VISIT, patient: jane, visitType: CARE.facilityVisit, startDatetime: HOUR('01:00:00'), ...more });

  it('are recorded as one nested body, every uuid kept, with one entry of the feed for each record', async () => {
    startVisit();
    const body = {
      ...at.vitals(jane, [
        { uuid: WEIGHT, concept: CARE.weight, value: 61.5 },
        { uuid: GROUP, concept: CARE.bloodPressure, groupMembers: [{ uuid: SYSTOLIC, concept: CARE.systolic, value: 120 }] },
      ]),
      uuid: ENCOUNTER,
      visit: VISIT,
      form: CARE.vitalsForm,
      encounterProviders: [{ uuid: PROVIDED, provider: CARE.doctor, encounterRole: CARE.clinicianRole }],
    };
    at.simulator.feed.delete(() => true);
    expect((await at.call('POST', 'encounter', body)).status).toBe(201);
    expect(sorted(at.simulator.feedRows().map(({ tags }) => String(tags)))).toEqual(['encounter,CREATED', ...Array(3).fill('observation,CREATED')]);
    const obs = (one: ObsState | undefined): unknown[] => [one?.uuid, one?.values['valueNumeric'], ...(one?.members ?? []).map(obs)];
    expect(state()?.obs.map(obs)).toEqual([
      [WEIGHT, 61.5],
      [GROUP, undefined, [SYSTOLIC, 120]],
    ]);
    expect([state()?.uuid, state()?.providers.map(({ uuid }) => uuid), state()?.values['visit']]).toEqual([ENCOUNTER, [PROVIDED], VISIT]);
    const inherited = { obsDatetime: Date.parse('2026-01-02T02:00:00Z'), person: jane, location: at.clinic, encounter: ENCOUNTER };
    expect([state()?.obs[0]?.values, state()?.obs[1]?.members[0]?.values]).toMatchObject([inherited, inherited]);
  });

  // EncounterResource1_8, 1_9 and 2_2; ObsResource1_8 to 2_7; EncounterProviderResource1_9
  it('have the keys of EncounterResource2_2, without voided children', async () => {
    record({ encounterProviders: [{ provider: CARE.doctor, encounterRole: CARE.clinicianRole }] });
    care().voidObs(WEIGHT);
    const full = (await at.call('GET', `encounter/${ENCOUNTER}?v=full`)).json;
    const keys =
      'uuid display encounterDatetime patient location form encounterType obs orders voided auditInfo visit encounterProviders diagnoses links resourceVersion';
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({ display: 'Vitals 02/01/2026', obs: [], orders: [], diagnoses: [], visit: null, form: null, resourceVersion: '2.2' });
    expect(full.encounterProviders[0]).toMatchObject({ provider: { display: 'DOC-1 - Grace Okello' }, encounterRole: { display: 'Clinician' }, voided: false });
    const chosen = (await at.call('GET', `encounter/${ENCOUNTER}?v=custom:(uuid,encounterProviders:(provider:(uuid)),location:ref)`)).json;
    expect(chosen).toEqual({
      uuid: ENCOUNTER,
      encounterProviders: [{ provider: { uuid: CARE.doctor, resourceVersion: '2.8' }, resourceVersion: '1.9' }],
      location: expect.objectContaining({ uuid: at.clinic }),
      resourceVersion: '2.2',
    });
  });

  it('drop what the reader may not see, without a word', async () => {
    record();
    at.simulator.revoke('Get Observations');
    at.simulator.revoke('Get Encounter Types');
    const shown = (await at.call('GET', `encounter/${ENCOUNTER}`)).json;
    expect([shown.obs, 'encounterType' in shown]).toEqual([[{}], false]);
    expect((await at.call('GET', `obs/${WEIGHT}`)).status).toBe(403);
  });

  it('refuse the whole body for one unknown key, and take what webservices.rest always ignores', async () => {
    expect((await at.call('POST', 'encounter', { ...at.vitals(jane, []), mood: 'good' })).status).toBe(400);
    expect((await at.call('POST', 'encounter', { ...at.vitals(jane, []), display: 'x', auditInfo: {}, links: [] })).status).toBe(201);
    expect((await at.call('POST', 'encounter', { patient: jane })).json.error.message).toContain('encounterType');
  });

  // EncounterTypeResource1_8.getByUniqueId; EncounterRoleResource1_9 has no such way out
  it('take the name of an encounter type for its uuid, but no role’s', async () => {
    expect((await at.call('POST', 'encounter', at.vitals(jane, [], { encounterType: 'Vitals' }))).json.encounterType.uuid).toBe(CARE.vitals);
    const role = await at.call('POST', 'encounter', at.vitals(jane, [], { encounterProviders: [{ provider: CARE.doctor, encounterRole: 'Clinician' }] }));
    expect(role.status).toBe(400);
  });

  it('make something new of a nested object of unknown uuid, which cannot be saved', async () => {
    const reply = await at.call('POST', 'encounter', { ...at.vitals(jane, []), encounterType: { uuid: UNKNOWN, name: 'Vitals', description: 'x' } });
    expect([reply.status, reply.json.error.message]).toEqual([500, expect.stringContaining('unsaved transient instance')]);
    await at.call('POST', 'encounter', { ...at.vitals(jane, []), location: { uuid: at.clinic, name: 'Renamed' } });
    expect((await at.call('GET', `location/${at.clinic}`)).json.name).toBe('Renamed');
    expect(at.simulator.count('encountertype')).toBe(2);
  });

  // EncounterValidator
  it.each([
    ['in the future', { encounterDatetime: HOUR('04:00:00') }, 'encounterDatetime', 'Encounter.datetimeShouldBeBeforeCurrent'],
    ['before its visit', { encounterDatetime: HOUR('00:30:00'), visit: VISIT }, 'encounterDatetime', 'Encounter.datetimeShouldBeInVisitDatesRange'],
    ['of an unknown patient', { patient: UNKNOWN }, 'patient', 'Encounter.error.patient.required'],
    ['of an unknown type', { encounterType: UNKNOWN }, 'encounterType', 'Encounter.error.encounterType.required'],
  ])('are not recorded %s', async (_, more, field, code) => {
    startVisit();
    const reply = await at.call('POST', 'encounter', { ...at.vitals(jane, []), ...more });
    expect([reply.status, reply.json.error.fieldErrors?.[field]?.[0].code]).toEqual([400, code]);
    expect(at.simulator.count('encounter')).toBe(0);
  });

  it('belong to the patient of their visit', async () => {
    const joan = at.simulator.clinician.addPatient(at.jane('JOAN-1'));
    startVisit();
    const reply = await at.call('POST', 'encounter', { ...at.vitals(joan, []), visit: VISIT });
    expect(reply.json.error.fieldErrors.visit[0].code).toBe('Encounter.visit.patients.dontMatch');
  });

  describe('without a visit', () => {
    // ExistingVisitAssignmentHandler, the default of visits.assignmentHandler
    it('are put into the newest one that fits on create, and stay out of it when told so afterwards', async () => {
      startVisit({ uuid: UNKNOWN, startDatetime: '2025-12-01T00:00:00.000+0000' });
      startVisit({ location: at.clinic });
      const ward = at.simulator.clinician.addLocation({ name: 'Ward', parentLocation: at.clinic });
      const made = await at.call('POST', 'encounter', { ...at.vitals(jane, []), uuid: ENCOUNTER, location: ward, visit: null });
      expect(made.json.visit.uuid).toBe(VISIT);
      expect((await send({ visit: null })).json.visit).toBeNull();
      expect((await send({ form: CARE.vitalsForm })).json.visit).toBeNull();
    });

    it('stay without one where none fits: elsewhere, over, not yet begun or voided', async () => {
      const elsewhere = at.simulator.clinician.addLocation({ name: 'Elsewhere' });
      startVisit({ location: elsewhere });
      startVisit({ uuid: GROUP, stopDatetime: HOUR('01:30:00') });
      startVisit({ uuid: WEIGHT, startDatetime: HOUR('02:30:00') });
      care().voidVisit(startVisit({ uuid: SYSTOLIC }));
      expect((await at.call('POST', 'encounter', at.vitals(jane, []))).json.visit).toBeNull();
    });

    it('stay without one where no handler is set', async () => {
      startVisit();
      await at.call('POST', 'systemsetting', { property: 'visits.assignmentHandler', value: '' });
      expect((await at.call('POST', 'encounter', at.vitals(jane, []))).json.visit).toBeNull();
    });
  });
});
