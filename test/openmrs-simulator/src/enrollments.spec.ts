import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, PROFILE_IDS, type ProfileId } from './index.js';
import { type Bench, bench, type Reply, withBench } from './simulator.bench.js';

const [ENROLLED, STATE] = ['99999999-0000-4000-8000-00000000000a', '99999999-0000-4000-8000-00000000000b'];
const UNKNOWN = '99999999-0000-4000-8000-00000000000c';
const ON = (day: string): string => `${day}T00:00:00.000+0000`;
const codesOf = ({ json }: Reply): unknown[] =>
  Object.entries(json.error.fieldErrors as Record<string, { code: string }[]>).map(([field, [error]]) => [field, error?.code]);

describe('enrollments', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench({ alsoPublishes: ['programenrollment'] });
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());
  const programs = () => at.simulator.clinician.programs;
  const body = (more: object = {}, patient = jane) => ({ patient, program: CARE.hivProgram, dateEnrolled: ON('2025-01-05'), ...more });
  const enroll = (more: object = {}) => at.call('POST', 'programenrollment', { uuid: ENROLLED, ...body(more) });
  const begin = (state: object) => at.call('POST', `programenrollment/${ENROLLED}/state`, { state: CARE.waiting, ...state });
  const states = (of = at, uuid = ENROLLED) =>
    of.simulator
      .state()
      .enrollments.find((one) => one.uuid === uuid)
      ?.states.filter(({ gone }) => !gone)
      .map(({ values }) => [values['state'], values['startDate'], values['endDate']]);

  it('have the keys of ProgramEnrollmentResource2_2, and are found by patient', async () => {
    expect((await enroll({ attributes: [{ attributeType: CARE.regimen, value: 'first line' }], location: at.clinic })).status).toBe(201);
    const full = (await at.call('GET', `programenrollment/${ENROLLED}?v=full`)).json;
    const keys = 'uuid patient program display dateEnrolled dateCompleted location voided outcome states auditInfo attributes links resourceVersion';
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({ display: 'HIV Program', attributes: [{ display: 'Regimen: first line' }], states: [], outcome: null });
    expect((await at.call('GET', `programenrollment?patient=${jane}`)).json.results).toHaveLength(1);
    expect((await at.call('POST', `programenrollment/${ENROLLED}`, { program: CARE.hivProgram, patient: UNKNOWN })).status).toBe(400);
  });

  it.each([
    [{ patient: UNKNOWN }, [['patient', 'error.required']]],
    [{ dateEnrolled: ON('2027-01-01') }, [['dateEnrolled', 'error.patientProgram.enrolledDateDateCannotBeInFuture']]],
    [{ dateCompleted: ON('2024-01-01') }, [['dateCompleted', 'error.patientProgram.enrolledDateShouldBeBeforecompletionDate']]],
  ])('are refused with %j', async (more, expected) => {
    expect(codesOf(await enroll(more))).toEqual(expected);
  });

  // PatientProgramValidator
  it('have one state at a time, and keep its days', async () => {
    await enroll();
    expect((await begin({ uuid: STATE, startDate: '2025-01-05', endDate: '2025-02-01' })).status).toBe(201);
    const refused = async (more: object) => codesOf(await begin(more))[0];
    expect(await refused({ startDate: '2025-01-05' })).toEqual(['states', 'PatientState.error.duplicatePatientStates']);
    expect(await refused({ startDate: '2025-01-20' })).toEqual(['states', 'PatientProgram.error.foundOverlappingStates']);
    expect(await refused({ startDate: '2025-03-01', endDate: '2025-02-20' })).toEqual(['states', 'PatientState.error.endDateCannotBeBeforeStartDate']);
    expect((await begin({ state: CARE.onTreatment, startDate: '2025-02-01' })).status).toBe(201);
    expect(await refused({ startDate: '2025-05-01' })).toEqual(['states', 'PatientProgram.error.cannotBeInMultipleStates']);
    expect((await at.call('GET', `programenrollment/${ENROLLED}/state/${STATE}`)).json).toMatchObject({ startDate: ON('2025-01-05'), voided: false });
    expect((await begin({ state: UNKNOWN })).status).toBe(500);
  });

  it('let only the last state be deleted, open the one before again, and void any by its key', async () => {
    await enroll();
    programs().moveTo(ENROLLED, CARE.waiting, '2025-01-05');
    programs().moveTo(ENROLLED, CARE.onTreatment, '2025-02-01');
    const [first, last] = at.simulator.state().enrollments[0]?.states.map(({ uuid }) => uuid) ?? [];
    expect((await at.call('DELETE', `programenrollment/${ENROLLED}/state/${first}?reason=x`)).status).toBe(400);
    expect((await at.call('DELETE', `programenrollment/${ENROLLED}/state/${last}?reason=x`)).status).toBe(204);
    expect(states()).toEqual([[CARE.waiting, '2025-01-05', null]]);
    expect((await at.call('POST', `programenrollment/${ENROLLED}/state/${first}`, { voided: true })).status).toBe(200);
    expect([states(), (await at.call('GET', `programenrollment/${ENROLLED}`)).json.states]).toEqual([[], []]);
  });

  // ProgramWorkflowServiceImpl.savePatientProgram, since core 2.2
  it.each<[ProfileId, string | null]>([
    ['2.1-old', null],
    ['2.3', '2025-06-01'],
    ['2.8', '2025-06-01'],
  ])('that are completed end what is open as on %s', async (profile, end) => {
    await withBench({ profile }, async (old) => {
      const { programs: there } = old.simulator.clinician;
      const uuid = there.enroll(body({}, old.simulator.clinician.addPatient(old.jane())));
      there.moveTo(uuid, CARE.waiting, '2025-01-05');
      there.edit(uuid, { dateCompleted: ON('2025-06-01') });
      expect(states(old, uuid)).toEqual([[CARE.waiting, '2025-01-05', end]]);
    });
  });

  // PatientStateResource1_8 before 3.0; ProgramEnrollmentResource1_10.setStates
  it.each(PROFILE_IDS)('take states over REST as on %s', async (profile) => {
    await withBench({ profile }, async (old) => {
      const patient = old.simulator.clinician.addPatient(old.jane());
      const nested = {
        states: [
          { state: { uuid: CARE.onTreatment }, startDate: '2025-02-01' },
          { state: CARE.waiting, startDate: '2025-01-05' },
        ],
      };
      const withStates = await old.call('POST', 'programenrollment', body(nested, patient));
      expect(withStates.status).toBe(profile === '1.9' ? 400 : 201);
      const uuid = profile === '1.9' ? old.simulator.clinician.programs.enroll(body({}, patient)) : (withStates.json.uuid as string);
      const chain = [
        [CARE.waiting, '2025-01-05', '2025-02-01'],
        [CARE.onTreatment, '2025-02-01', null],
      ];
      expect(states(old, uuid)).toEqual(profile === '1.9' ? [] : chain);
      old.simulator.clinician.programs.moveTo(uuid, CARE.transferredOut, '2025-03-01');
      const before = states(old, uuid);
      const dated = await old.call('POST', `programenrollment/${uuid}/state`, { state: CARE.waiting, startDate: '2024-01-01', endDate: '2024-02-01' });
      expect([dated.status, states(old, uuid)?.length]).toEqual(profile === '2.8' ? [201, (before?.length ?? 0) + 1] : [400, before?.length]);
      if (profile === '2.8') return;
      // It answers that it did, and did not.
      expect([(await old.call('POST', `programenrollment/${uuid}/state`, { state: CARE.waiting })).status, states(old, uuid)]).toEqual([201, before]);
    });
  });

  it('go with their states and come back with them, and stay when their patient is voided', async () => {
    await enroll();
    programs().moveTo(ENROLLED, CARE.waiting, '2025-01-05');
    at.simulator.clinician.voidPatient(jane);
    expect(states()).toHaveLength(1);
    programs().void(ENROLLED);
    expect(states()).toEqual([]);
    programs().restore(ENROLLED);
    expect(states()).toHaveLength(1);
  });

  it('are told of when a state begins, and not when one only ends', async () => {
    await enroll();
    await begin({ uuid: STATE, startDate: '2025-01-05' });
    await at.call('POST', `programenrollment/${ENROLLED}/state/${STATE}`, { endDate: '2025-02-01' });
    expect(at.simulator.feedRows('programenrollment').map(({ tags }) => tags)).toEqual(['programenrollment,CREATED', 'programenrollment,UPDATED']);
  });
});
