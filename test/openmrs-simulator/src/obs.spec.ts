import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, type ProfileId } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const [ENCOUNTER, OBS, GROUP, MEMBER, OTHER] = 'abcde'.split('').map((digit) => `99999999-0000-4000-8000-00000000000${digit}`) as [
  string,
  string,
  string,
  string,
  string,
];
const TIME = '2026-01-02T02:00:00.000+0000';
const sorted = (lines: readonly string[]): string[] => [...lines].sort();

describe('obs', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench({ timeZone: 'Africa/Nairobi' });
    jane = at.simulator.clinician.addPatient(at.jane());
    at.simulator.clinician.care.recordEncounter(at.vitals(jane, [], { uuid: ENCOUNTER }));
  });
  afterEach(() => at.simulator.stop());

  const care = () => at.simulator.clinician.care;
  const rows = () => at.simulator.state().encounters[0]?.obs ?? [];
  const body = (more: Record<string, unknown>) => ({ person: jane, obsDatetime: TIME, encounter: ENCOUNTER, ...more });
  const create = (more: Record<string, unknown>) => at.call('POST', 'obs', body({ uuid: OBS, ...more }));
  const code = (reply: { json: { error: { fieldErrors?: Record<string, { code: string }[]> } } }, field: string) =>
    reply.json.error.fieldErrors?.[field]?.[0]?.code;

  it('have the keys of ObsResource2_7', async () => {
    await create({ concept: CARE.temperature, value: 41, comment: 'rectal', formFieldPath: 'vitals-temp', formFieldNamespace: 'ampath' });
    const keys =
      'uuid display concept person obsDatetime accessionNumber obsGroup valueCodedName groupMembers comment location order encounter voided auditInfo value valueModifier formFieldPath formFieldNamespace status interpretation referenceRange links resourceVersion';
    const full = (await at.call('GET', `obs/${OBS}?v=full`)).json;
    expect(Object.keys(full)).toEqual(keys.split(' '));
    expect(full).toMatchObject({
      display: 'Temperature (C): 41',
      groupMembers: null,
      obsGroup: null,
      order: null,
      formFieldPath: 'vitals-temp',
      referenceRange: { hiCritical: 40 },
    });
    expect(full.auditInfo).toMatchObject({ creator: { display: 'admin' }, changedBy: null, dateChanged: null });
    expect(Object.keys((await at.call('GET', `obs/${OBS}?v=ref`)).json)).toEqual(['uuid', 'display', 'links']);
  });

  // ObsValidator.setObsInterpretation, core 2.7 and newer
  it('mean what the server says a number means, whatever was posted', async () => {
    expect((await create({ concept: CARE.temperature, value: 41, interpretation: 'LOW' })).json.interpretation).toBe('CRITICALLY_HIGH');
    expect((await at.call('POST', `obs/${OBS}`, { status: 'WRONG' })).status).toBe(400);
  });

  // ObsValidator
  it.each([
    ['above the range', CARE.weight, 251, 'error.value.outOfRange.high'],
    ['below the range', CARE.weight, -1, 'error.value.outOfRange.low'],
    ['with decimals where none are allowed', CARE.pulse, 80.5, 'Obs.error.precision'],
  ])('are refused %s, as a member of a group without saying which', async (_, concept, value, expected) => {
    expect(code(await create({ concept, value }), 'valueNumeric')).toBe(expected);
    const group = await create({ concept: CARE.bloodPressure, groupMembers: [body({ concept, value })] });
    expect(code(group, 'groupMembers')).toBe('Obs.error.inGroupMember');
    expect(rows()).toEqual([]);
  });

  it('have a value, or members, and not both', async () => {
    expect((await create({ concept: CARE.weight })).json.error.globalErrors[0].code).toBe('error.noValue');
    const both = await create({ concept: CARE.weight, value: 1, groupMembers: [body({ concept: CARE.pulse, value: 80 })] });
    expect(code(both, 'valueNumeric')).toBe('error.not.null');
    expect((await create({ concept: CARE.weight, value: 1, obsGroup: GROUP })).status).toBe(400);
    expect(code(await create({ concept: OTHER, groupMembers: [body({ concept: CARE.pulse, value: 80 })] }), 'concept')).toBe('error.null');
  });

  it('of a drug that is not the answer are refused', async () => {
    await create({ concept: CARE.diagnosis, value: CARE.paracetamol });
    expect(code(await at.call('POST', `obs/${OBS}`, { value: CARE.malaria }), 'valueDrug')).toBe('Obs.error.invalidDrug');
  });

  describe('that change', () => {
    // ObsServiceImpl.saveObs, Obs.newInstance
    it('are new rows under new uuids; the old one is voided as it was, and the feed says CREATED, UPDATED, VOIDED', async () => {
      await create({ concept: CARE.weight, value: 61.5, comment: 'shoes on' });
      at.pass(60);
      at.simulator.feed.delete(() => true);
      const edited = await at.call('POST', `obs/${OBS}`, { value: 65 });
      expect([edited.status, edited.json.uuid === OBS, edited.json.value, edited.json.comment, edited.json.status]).toEqual([
        200,
        false,
        65,
        'shoes on',
        'AMENDED',
      ]);
      expect(at.simulator.feedRows().map(({ tags }) => tags)).toEqual(['observation,CREATED', 'observation,UPDATED', 'observation,VOIDED']);
      const [old, now] = rows();
      expect([old?.gone, old?.values['valueNumeric'], old?.values['status'], old?.audit['voidReason']]).toEqual([true, 61.5, 'FINAL', 'REST web service']);
      expect([now?.values['previousVersion'], now?.audit['dateCreated']]).toEqual([OBS, Date.parse('2026-01-02T03:05:05Z')]);
      expect((await at.call('GET', `obs?encounter=${ENCOUNTER}`)).json.results.map(({ uuid }: { uuid: string }) => uuid)).toEqual([now?.uuid]);
    });

    it('stay what they are when nothing changed, from core 2.0 on', async () => {
      await create({ concept: CARE.weight, value: 61.5 });
      const said = at.told(() => expect(care().editObs(OBS, { value: 61.5, obsDatetime: TIME, concept: CARE.weight })).toBe(OBS));
      expect([said, rows()]).toMatchObject([[], [{ uuid: OBS, gone: false }]]);
    });

    it.each(['1.9', '1.12'] as const)('are written anew even when nothing changed on %s', (profile) =>
      withBench({ profile }, async (old) => {
        const patient = old.simulator.clinician.addPatient(old.jane());
        const encounter = old.simulator.clinician.care.recordEncounter(old.vitals(patient, []));
        const uuid = old.simulator.clinician.care.addObs(encounter, { concept: CARE.weight, value: 61.5 });
        const again = old.simulator.clinician.care.editObs(uuid, {});
        expect(again).not.toBe(uuid);
        old.simulator.clinician.care.voidObs(again);
        old.simulator.clinician.care.restoreObs(again);
        expect(
          old.simulator
            .state()
            .encounters[0]?.obs.filter(({ gone }) => !gone)
            .map((obs) => obs.uuid),
        ).toEqual([again]);
      }),
    );

    it('are undone by another edit, not by restoring', async () => {
      await create({ concept: CARE.weight, value: 61.5 });
      const again = care().editObs(OBS, { value: 65 });
      care().restoreObs(OBS);
      expect(rows().map(({ uuid, gone }) => [uuid, gone])).toEqual([
        [OBS, false],
        [again, false],
      ]);
    });

    it('of a voided row change it in place', async () => {
      await create({ concept: CARE.weight, value: 61.5 });
      care().voidObs(OBS);
      expect(care().editObs(OBS, { value: 65 })).toBe(OBS);
      expect(rows()).toMatchObject([{ uuid: OBS, gone: true, values: { valueNumeric: 65 } }]);
    });
  });

  describe('in groups', () => {
    const record = () =>
      care().addObs(ENCOUNTER, { uuid: GROUP, concept: CARE.bloodPressure, groupMembers: [{ uuid: MEMBER, concept: CARE.systolic, value: 120 }] });
    const members = () =>
      rows()
        .filter(({ gone }) => !gone)
        .map(({ uuid, members: inside }) => [uuid, inside.filter(({ gone }) => !gone).map(({ values }) => values['valueNumeric'])]);

    it('need person and time on every member, which inherit nothing outside an encounter’s body', async () => {
      const reply = await create({ concept: CARE.bloodPressure, groupMembers: [{ concept: CARE.systolic, value: 120 }] });
      expect([reply.status, code(reply, 'person')]).toEqual([400, 'error.null']);
    });

    it('take a new member by a post to the group, which keeps its uuid and says nothing', async () => {
      record();
      const heard = at.told(() => care().addMember(GROUP, { concept: CARE.diastolic, value: 80 }));
      expect([members(), heard]).toEqual([[[GROUP, [120, 80]]], ['observation CREATED']]);
      await at.call('POST', `obs/${GROUP}`, { groupMembers: [MEMBER] });
      expect(members()).toEqual([[GROUP, [120, 80]]]);
    });

    it('are made once of what a nested body says, uuids or not', () => {
      const pressure = (value: number) => ({ concept: CARE.bloodPressure, groupMembers: [{ concept: CARE.systolic, value }] });
      care().recordEncounter(at.vitals(jane, [{ concept: CARE.diagnoses, groupMembers: [pressure(120), pressure(130)] }]));
      const nested = at.simulator.state().encounters[1]?.obs[0]?.members;
      expect(nested?.map(({ members: inside }) => inside.map(({ values }) => values['valueNumeric']))).toEqual([[120], [130]]);
      expect(at.simulator.count('obs')).toBe(5);
    });

    it('have a member written anew inside the group, and the group with all members when it changes itself', () => {
      record();
      care().editObs(MEMBER, { value: 130 });
      expect(members()).toEqual([[GROUP, [130]]]);
      const again = care().editObs(GROUP, { comment: 'lying' });
      expect(members()).toEqual([[again, [130]]]);
      expect(
        rows()
          .find(({ uuid }) => uuid === GROUP)
          ?.members.map(({ gone }) => gone),
      ).toEqual([true, true]);
    });

    it('go and come back together', () => {
      record();
      const heard = at.told(() => care().voidObs(GROUP));
      expect([members(), sorted(heard)]).toEqual([[], ['observation UPDATED', 'observation UPDATED', 'observation VOIDED', 'observation VOIDED']]);
      care().restoreObs(GROUP);
      expect(members()).toEqual([[GROUP, [120]]]);
    });

    it('leave voided members out, but a group all of whose members went has no value still', async () => {
      record();
      care().voidObs(MEMBER);
      expect((await at.call('GET', `obs/${GROUP}`)).json).toMatchObject({ value: null, groupMembers: null });
    });
  });

  it('keep no name of the answer when they are written anew', async () => {
    const name = `${CARE.malaria.slice(0, 32)}NAME`;
    expect((await create({ concept: CARE.diagnosis, value: CARE.malaria, valueCodedName: name })).json.valueCodedName.display).toBe('Malaria');
    expect((await at.call('POST', `obs/${OBS}`, { comment: 'sure' })).json.valueCodedName).toBeNull();
  });

  it('take who and when on create from webservices.rest 3.0 on, with the privilege', async () => {
    const clinician = at.simulator.accounts.find('clinician')?.uuid;
    const audit = { creator: clinician, dateCreated: '2020-05-01T10:15:00.000+0000' };
    expect((await create({ concept: CARE.weight, value: 1, ...audit })).status).toBe(201);
    expect(rows()[0]?.audit).toMatchObject({ creator: clinician, dateCreated: Date.parse('2020-05-01T10:15:00Z') });
    at.simulator.revoke('Set Audit Data');
    expect((await at.call('POST', 'obs', body({ concept: CARE.weight, value: 1, ...audit }))).status).toBe(400);
  });

  // api 6: formFieldPath from 1.11 on, status and interpretation from 2.1 on, referenceRange from 2.7 on
  it.each([
    ['1.9', [], '1.8'],
    ['1.12', ['formFieldPath', 'formFieldNamespace'], '1.11'],
    ['2.3', ['formFieldPath', 'formFieldNamespace', 'status', 'interpretation'], '2.1'],
    ['2.8', ['formFieldPath', 'formFieldNamespace', 'status', 'interpretation', 'referenceRange'], '2.7'],
  ] as const)('have on %s the keys %s', (profile: ProfileId, keys, version) =>
    withBench({ profile }, async (old) => {
      const person = old.simulator.clinician.addPatient(old.jane());
      const uuid = old.simulator.clinician.care.addObs(old.simulator.clinician.care.recordEncounter(old.vitals(person, [])), {
        concept: CARE.weight,
        value: 1,
      });
      const full = (await old.call('GET', `obs/${uuid}?v=full`)).json;
      const asked = ['formFieldPath', 'formFieldNamespace', 'status', 'interpretation', 'referenceRange'];
      expect([asked.filter((key) => key in full), full.resourceVersion]).toEqual([keys, version]);
      for (const key of asked.filter((one) => one !== 'referenceRange')) {
        const made = await old.call('POST', 'obs', { person, obsDatetime: TIME, concept: CARE.weight, value: 1, [key]: key === 'status' ? 'FINAL' : 'LOW' });
        expect([key, made.status]).toEqual([key, (keys as readonly string[]).includes(key) ? 201 : 400]);
      }
    }),
  );
});
