import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, sampleVisit } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const [VISIT, LATER, ENCOUNTER, ATTRIBUTE, UNKNOWN] = 'abcde'.split('').map((digit) => `99999999-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
  string,
  string,
];
const ON = (day: string, hour = '01:00:00'): string => `2026-01-${day}T${hour}.000+0000`;

describe('visits', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const care = () => at.simulator.clinician.care;
  const state = (uuid = VISIT) => at.simulator.state().visits.find((row) => row.uuid === uuid);
  const body = (more: Record<string, unknown> = {}) => ({ uuid: VISIT, patient: jane, visitType: CARE.facilityVisit, startDatetime: ON('02'), ...more });
  const start = (more: Record<string, unknown> = {}) => at.call('POST', 'visit', body(more));
  const codes = (reply: { json: { error: { fieldErrors: Record<string, { code: string }[]> } } }) =>
    Object.entries(reply.json.error.fieldErrors).map(([field, [error]]) => [field, error?.code]);
  const set = (property: string, value: string) => at.call('POST', 'systemsetting', { property, value });

  it('have the keys of VisitResource1_9, and start now unless told', async () => {
    const made = await start({
      startDatetime: undefined,
      attributes: [{ uuid: ATTRIBUTE, attributeType: CARE.punctuality, value: 'late' }],
      location: at.clinic,
    });
    expect(made.status).toBe(201);
    const full = (await at.call('GET', `visit/${VISIT}?v=full`)).json;
    const keys = 'uuid display patient visitType indication location startDatetime stopDatetime encounters attributes voided auditInfo links resourceVersion';
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({
      startDatetime: ON('02', '03:04:05'),
      stopDatetime: null,
      display: expect.stringContaining('Facility Visit @ Clinic'),
      resourceVersion: '1.9',
    });
    expect(full.attributes[0]).toMatchObject({ uuid: ATTRIBUTE, display: 'Punctuality: late', value: 'late' });
  });

  it('of the sample hold three encounters and forty obs, the same at two sites of one seed', async () => {
    const { visit, encounters } = sampleVisit('kisumu', { patient: jane, location: at.clinic, day: '2026-01-01' });
    care().startVisit(visit);
    for (const encounter of encounters) care().recordEncounter(encounter);
    expect([at.simulator.count('encounter'), at.simulator.count('obs')]).toEqual([3, 40]);
    expect((await at.call('GET', `visit/${visit.uuid}`)).json.encounters).toHaveLength(3);
    expect(sampleVisit('kisumu', { patient: jane, location: at.clinic, day: '2026-01-01' })).toEqual({ visit, encounters });
  });

  // VisitTypeResource1_9.getByUniqueId; VisitResource1_9.getUpdatableProperties
  it('take a type by name, and never another patient', async () => {
    expect((await start({ visitType: 'Home Visit' })).json.visitType.uuid).toBe(CARE.homeVisit);
    const joan = at.simulator.clinician.addPatient(at.jane('JOAN-1'));
    expect((await at.call('POST', `visit/${VISIT}`, { patient: joan })).status).toBe(400);
    expect((await at.call('POST', `visit/${VISIT}`, { patient: { uuid: jane }, stopDatetime: ON('02', '02:00:00') })).status).toBe(200);
  });

  // VisitValidator
  it.each([
    [{ patient: UNKNOWN }, [['patient', 'Visit.error.patient.required']]],
    [{ visitType: UNKNOWN }, [['visitType', 'Visit.error.visitType.required']]],
    [{ stopDatetime: ON('01') }, [['stopDatetime', 'Visit.error.endDateBeforeStartDate']]],
    [{ startDatetime: '1980-01-01' }, [['startDatetime', 'Visit.startDateCannotFallBeforeTheBirthDateOfTheSamePatient']]],
  ])('are refused with %j', async (more, expected) => {
    expect(codes(await start(more))).toEqual(expected);
  });

  it('give an estimated birthdate a grace of half the age, and on 1.9 ask nobody’s', async () => {
    at.simulator.clinician.edit('person', jane, { birthdateEstimated: true });
    expect((await start({ startDatetime: '1980-01-01' })).status).toBe(201);
    await withBench({ profile: '1.9' }, async (old) => {
      const patient = old.simulator.clinician.addPatient(old.jane());
      expect((await old.call('POST', 'visit', { patient, visitType: CARE.facilityVisit, startDatetime: '1980-01-01' })).status).toBe(201);
    });
  });

  // visits.allowOverlappingVisits is true by default
  it('may overlap by default; where they may not, a visit that only ends is not asked', async () => {
    await start();
    expect((await start({ uuid: LATER })).status).toBe(201);
    await set('visits.allowOverlappingVisits', 'false');
    expect(codes(await start({ uuid: UNKNOWN, startDatetime: ON('02', '02:00:00') }))).toEqual([
      ['startDatetime', 'Visit.visitCannotOverlapAnotherVisitOfTheSamePatient'],
    ]);
    expect((await at.call('POST', `visit/${VISIT}`, { stopDatetime: ON('02', '02:00:00') })).status).toBe(200);
    expect((await at.call('POST', `visit/${LATER}`, { location: at.clinic })).status).toBe(400);
  });

  it('hold their encounters inside', async () => {
    await start();
    care().recordEncounter(at.vitals(jane, [], { uuid: ENCOUNTER, visit: VISIT }));
    expect(codes(await at.call('POST', `visit/${VISIT}`, { startDatetime: ON('02', '02:30:00') }))).toEqual([
      ['startDatetime', 'Visit.encountersCannotBeBeforeStartDate'],
    ]);
    expect(codes(await at.call('POST', `visit/${VISIT}`, { stopDatetime: ON('02', '01:30:00') }))).toEqual([
      ['stopDatetime', 'Visit.encountersCannotBeAfterStopDate'],
    ]);
    care().voidEncounter(ENCOUNTER);
    expect((await at.call('POST', `visit/${VISIT}`, { stopDatetime: ON('02', '01:30:00') })).status).toBe(200);
  });

  it('are listed all, or by patient, and only open ones when asked', async () => {
    await start();
    await start({ uuid: LATER, stopDatetime: ON('02', '02:00:00') });
    const listed = async (query: string): Promise<string[]> => (await at.call('GET', `visit${query}`)).json.results.map(({ uuid }: { uuid: string }) => uuid);
    expect([await listed(''), await listed(`?patient=${jane}&includeInactive=false`), await listed(`?patient=${UNKNOWN}`)]).toEqual([
      [VISIT, LATER],
      [VISIT],
      [],
    ]);
  });

  // VisitAttributeResource1_9, BaseCustomizableData.setAttribute
  describe('with attributes', () => {
    const add = (attributeType: string, value: string) => at.call('POST', `visit/${VISIT}/attribute`, { attributeType, value });

    it('void the old one where only one is allowed, drop the same value, and keep several of other types', async () => {
      await start();
      for (const value of ['A1', 'A1', 'B2']) expect((await add(CARE.insurance, value)).status).toBe(201);
      for (const value of ['late', 'late']) await add(CARE.punctuality, value);
      expect(state()?.attributes.map(({ gone, values }) => [gone, values['value']])).toEqual(
        expect.arrayContaining([
          [true, 'A1'],
          [false, 'B2'],
          [false, 'late'],
          [false, 'late'],
        ]),
      );
      expect(state()?.attributes).toHaveLength(4);
      expect(
        (await at.call('POST', 'visit', { ...body({ uuid: LATER }), attributes: ['A', 'B'].map((value) => ({ attributeType: CARE.insurance, value })) }))
          .status,
      ).toBe(400);
    });

    it('say so when one joins, and nothing when one changes or goes', async () => {
      await start();
      let uuid = '';
      const joined = at.told(() => {
        uuid = care().addVisitAttribute(VISIT, { attributeType: CARE.insurance, value: 'A1' });
      });
      const changed = at.told(() => care().editVisitAttribute(uuid, { value: 'B2' }));
      expect([joined, changed, at.told(() => care().voidVisitAttribute(uuid))]).toEqual([['visit UPDATED'], [], []]);
      expect((await at.call('DELETE', `visit/${VISIT}/attribute/${uuid}?purge=true`)).status).toBe(500);
    });
  });

  describe('that go', () => {
    // VisitVoidHandler, VisitUnvoidHandler
    it('take encounters, their obs and the attributes along, and bring back those that went in the same second', async () => {
      await start({ attributes: [{ uuid: ATTRIBUTE, attributeType: CARE.insurance, value: 'A1' }] });
      care().recordEncounter(at.vitals(jane, [{ concept: CARE.weight, value: 61.5 }], { uuid: ENCOUNTER, visit: VISIT }));
      care().voidEncounter(care().recordEncounter(at.vitals(jane, [], { uuid: LATER, visit: VISIT })));
      at.pass(1);
      const heard = at.told(() => care().voidVisit(VISIT, 'twice'));
      expect(heard.filter((line) => line.endsWith(' VOIDED')).sort()).toEqual(['encounter VOIDED', 'observation VOIDED', 'visit VOIDED']);
      const gone = () => [
        state()?.gone,
        state()?.attributes[0]?.gone,
        ...at.simulator.state().encounters.flatMap((row) => [row.gone, ...row.obs.map((obs) => obs.gone)]),
      ];
      expect(gone()).toEqual([true, true, true, true, true]);
      care().restoreVisit(VISIT);
      expect(gone()).toEqual([false, false, false, false, true]);
    });

    // PatientResource1_9.delete, PatientDataVoidHandler, PatientDataUnvoidHandler
    it('with their patient do so first, for a reason of their own, and do not come back with it', async () => {
      await start();
      care().recordEncounter(at.vitals(jane, [{ concept: CARE.weight, value: 61.5 }], { visit: VISIT }));
      care().recordEncounter(at.vitals(jane, [{ concept: CARE.pulse, value: 80 }], { uuid: ENCOUNTER, encounterDatetime: ON('01') }));
      at.simulator.clinician.voidPatient(jane, 'double');
      const reasons = () => at.simulator.state().encounters.map(({ gone, audit, obs }) => [gone, audit['voidReason'], obs[0]?.audit['voidReason']]);
      expect([state()?.audit['voidReason'], reasons()]).toEqual([
        'Patient deleted',
        [
          [true, 'Patient deleted', 'Patient deleted'],
          [true, 'double', 'double'],
        ],
      ]);
      at.simulator.clinician.restorePatient(jane);
      expect([state()?.gone, reasons()[1]]).toEqual([true, [false, null, null]]);
    });

    it('are not erased while encounters hang on them', async () => {
      await start();
      care().recordEncounter(at.vitals(jane, [], { uuid: ENCOUNTER, visit: VISIT }));
      expect((await at.call('DELETE', `visit/${VISIT}?purge=true`)).status).toBe(500);
      at.simulator.clinician.purge('encounter', ENCOUNTER);
      expect((await at.call('DELETE', `visit/${VISIT}?purge=true`)).status).toBe(204);
    });
  });

  // VisitServiceImpl.stopVisits, run by AutoCloseVisitsTask
  it('of the named types are stopped at night with the time it is then, by the daemon', async () => {
    await start();
    await start({ uuid: LATER, visitType: CARE.homeVisit });
    at.simulator.stopVisits();
    expect(state()?.values['stopDatetime'] ?? null).toBeNull();
    await set('visits.autoCloseVisitType', ' facility visit, Other');
    at.pass(3600);
    expect(at.told(() => at.simulator.stopVisits())).toEqual(['visit UPDATED']);
    expect([state()?.values['stopDatetime'], state(LATER)?.values['stopDatetime'] ?? null]).toEqual([Date.parse('2026-01-02T04:04:05Z'), null]);
    expect([(await at.call('GET', `visit/${VISIT}?v=full`)).json.auditInfo.changedBy.display, at.simulator.writes('task')]).toEqual([
      'daemon',
      [expect.objectContaining({ records: [`visit/${VISIT}`] })],
    ]);
  });
});
