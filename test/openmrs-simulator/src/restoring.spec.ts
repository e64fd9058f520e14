import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, SAMPLE } from './index.js';
import { type Bench, bench, type Reply } from './simulator.bench.js';

const uuid = (digit: string): string => `99999999-0000-4000-8000-00000000000${digit}`;
const [VISIT, ENCOUNTER, WEIGHT, GROUP, MEMBER] = ['a', 'b', 'c', 'd', 'e'].map(uuid) as [string, string, string, string, string];
const OLD = [{ profile: '1.9' }, { profile: '1.12' }, { profile: '2.1-old' }] as const;

/** Before webservices.rest 2.25 a record comes back by its mark, as any other key is updated, or not at all (RESTWS-702; 2.12 to 2.24 DelegatingCrudResource.update). */
describe.each(OLD)('what is voided at a $profile', ({ profile }) => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench({ profile });
    const { clinician } = at.simulator;
    jane = clinician.addPatient(at.jane('JANE-1', { attributes: [{ attributeType: SAMPLE.phone, value: '1' }] }));
    clinician.care.startVisit({
      uuid: VISIT,
      patient: jane,
      visitType: CARE.homeVisit,
      location: at.clinic,
      startDatetime: '2026-01-02T01:00:00.000+0000',
      attributes: [{ attributeType: CARE.insurance, value: 'I-1' }],
    });
    const group = { uuid: GROUP, concept: CARE.bloodPressure, groupMembers: [{ uuid: MEMBER, concept: CARE.systolic, value: 120 }] };
    clinician.care.recordEncounter(at.vitals(jane, [{ uuid: WEIGHT, concept: CARE.weight, value: 61 }, group], { uuid: ENCOUNTER, visit: VISIT }));
    at.pass(1);
  });
  afterEach(() => at.simulator.stop());

  const post = (path: string, body: unknown): Promise<Reply> => at.call('POST', path, body);
  const person = () => at.simulator.state().people.find((row) => row.uuid === jane)!;
  const visit = () => at.simulator.state().visits.find((row) => row.uuid === VISIT)!;
  const encounter = () => at.simulator.state().encounters.find((row) => row.uuid === ENCOUNTER)!;
  const obs = (row: string) => encounter().obs.find((one) => one.uuid === row)!;
  const marks = { dateVoided: null, voidedBy: null, voidReason: null };

  it.each([
    ['a person', () => `person/${jane}`],
    ['a patient', () => `patient/${jane}`],
    ['a visit', () => `visit/${VISIT}`],
    ['an encounter', () => `encounter/${ENCOUNTER}`],
    ['an obs', () => `obs/${WEIGHT}`],
  ])('does not come back by the word that newer ones have for it: %s', async (_kind, path) => {
    await at.call('DELETE', path());
    const { status, json } = await post(path(), { deleted: 'false' });
    expect([status, json.error.message]).toEqual([400, expect.stringContaining('deleted on class')]);
    expect((await at.call('GET', `${path()}?v=full`)).json.voided).toBe(true);
  });

  // PersonValidator, PatientValidator; DelegatingSubResource.update
  it('does not come back by its mark where it is a person, whose names stay voided, nor do these', async () => {
    await at.call('DELETE', `patient/${jane}`);
    for (const resource of ['person', 'patient']) {
      const { status, json } = await post(`${resource}/${jane}`, { voided: false });
      expect([status, json.error.fieldErrors.names[0].code]).toEqual([400, 'Person.shouldHaveAtleastOneNonVoidedName']);
    }
    const [name] = person().names;
    expect((await post(`person/${jane}/name/${name?.uuid}`, { voided: false })).status).toBe(400);
    expect([person().gone, name?.gone]).toEqual([true, true]);
  });

  it('comes back by its mark as a visit without its attributes and its encounters, which REST gives no way to', async () => {
    await at.call('DELETE', `visit/${VISIT}`);
    expect((await post(`visit/${VISIT}`, { voided: false })).status).toBe(200);
    expect([visit().gone, visit().attributes.map(({ gone }) => gone), encounter().gone]).toEqual([false, [true], true]);
    expect(visit().audit).toMatchObject(marks);
    expect((await post(`visit/${VISIT}/attribute/${visit().attributes[0]?.uuid}`, { voided: false })).status).toBe(400);
  });

  it('comes back by its mark as an encounter without its obs', async () => {
    await at.call('DELETE', `encounter/${ENCOUNTER}`);
    expect((await post(`encounter/${ENCOUNTER}`, { voided: false })).status).toBe(200);
    expect([encounter().gone, encounter().obs.map(({ gone }) => gone)]).toEqual([false, [true, true]]);
    expect(encounter().audit).toMatchObject(marks);
  });

  // ObsServiceImpl.saveObs: 1.9 to 1.12 always makes a row of its own; 2.0 and newer none of what no setter changed, and a mark is no content
  it('comes back by its mark as an obs under another uuid before core 2.0, and as itself since', async () => {
    await at.call('DELETE', `obs/${WEIGHT}?reason=typo`);
    const { status, json } = await post(`obs/${WEIGHT}`, { voided: false });
    expect([status, json.value]).toEqual([200, 61]);
    const live = encounter().obs.filter(({ gone, values }) => !gone && values['concept'] === CARE.weight);
    expect(live.map((row) => row.uuid)).toEqual([json.uuid]);
    expect(json.uuid === WEIGHT).toBe(profile === '2.1-old');
    if (profile !== '2.1-old') expect([obs(WEIGHT).gone, obs(WEIGHT).audit['voidReason']]).toEqual([true, 'typo']);
  });

  it('comes back by its mark as a group of obs without its members', async () => {
    await at.call('DELETE', `obs/${GROUP}`);
    const { json } = await post(`obs/${GROUP}`, { voided: false });
    expect([obs(json.uuid).gone, obs(json.uuid).members.map(({ gone }) => gone)]).toEqual([false, [true]]);
  });

  it('comes back whole by the hand of somebody at the server, whose interface asks the services themselves', async () => {
    const { clinician } = at.simulator;
    const all = () => [person(), ...person().names, ...person().attributes, ...person().identifiers, encounter(), ...encounter().obs].map(({ gone }) => gone);
    clinician.voidPatient(jane);
    expect(all()).not.toContain(false);
    clinician.restorePatient(jane);
    expect(all()).not.toContain(true);
    clinician.care.voidVisit(VISIT);
    clinician.care.restoreVisit(VISIT);
    expect([visit(), ...visit().attributes, encounter(), ...encounter().obs].map(({ gone }) => gone)).not.toContain(true);
  });
});
