import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const [ENCOUNTER, WEIGHT, GROUP, SYSTOLIC, PROVIDED] = 'bcdef'.split('').map((digit) => `99999999-0000-4000-8000-00000000000${digit}`) as [
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

  describe('whose time, place or patient changes', () => {
    const kept = () =>
      care().recordEncounter(
        at.vitals(
          jane,
          [
            { uuid: WEIGHT, concept: CARE.weight, value: 61.5 },
            { uuid: GROUP, concept: CARE.pulse, value: 80, obsDatetime: HOUR('01:45:00') },
          ],
          { uuid: ENCOUNTER },
        ),
      );
    const alive = () => state()?.obs.filter(({ gone }) => !gone) ?? [];

    // EncounterServiceImpl.saveEncounter, Obs.isDirty, core 2.0 and newer
    it('have the obs that inherited it written anew under other uuids, and leave the others alone', async () => {
      kept();
      at.simulator.feed.delete(() => true);
      expect((await send({ encounterDatetime: HOUR('02:30:00') })).status).toBe(200);
      expect(alive().map(({ uuid, values }) => [uuid === WEIGHT, uuid === GROUP, values['obsDatetime']])).toEqual([
        [false, true, Date.parse('2026-01-02T01:45:00Z')],
        [false, false, Date.parse('2026-01-02T02:30:00Z')],
      ]);
      const old = state()?.obs.find(({ uuid }) => uuid === WEIGHT);
      expect([old?.gone, old?.values['obsDatetime'], old?.audit['voidReason']]).toEqual([
        true,
        Date.parse('2026-01-02T02:00:00Z'),
        'Replaced with a new one because it was changed',
      ]);
      expect(sorted(at.simulator.feedRows().map(({ tags }) => String(tags)))).toEqual([
        'encounter,UPDATED',
        'observation,CREATED',
        'observation,UPDATED',
        'observation,VOIDED',
      ]);
    });

    it('write anew those at the old place, and fail where an obs has no place', async () => {
      kept();
      const ward = at.simulator.clinician.addLocation({ name: 'Ward' });
      await send({ location: ward });
      expect(alive().map(({ values }) => values['location'])).toEqual([ward, ward]);
      care().recordEncounter(at.vitals(jane, [{ concept: CARE.weight, value: 1 }], { uuid: UNKNOWN, location: undefined as never }));
      expect((await at.call('POST', `encounter/${UNKNOWN}`, { location: ward })).status).toBe(500);
    });

    it('can be moved to another patient by one wrong value, with all their obs', async () => {
      kept();
      const joan = at.simulator.clinician.addPatient(at.jane('JOAN-1'));
      await send({ patient: joan });
      expect([state()?.values['patient'], alive().map(({ values }) => values['person'])]).toEqual([joan, [joan, joan]]);
      expect(state()?.obs.filter(({ gone }) => gone)).toHaveLength(2);
    });

    it('write a group anew with all its members', async () => {
      care().recordEncounter(
        at.vitals(jane, [{ uuid: GROUP, concept: CARE.bloodPressure, groupMembers: [{ uuid: SYSTOLIC, concept: CARE.systolic, value: 120 }] }], {
          uuid: ENCOUNTER,
        }),
      );
      await send({ encounterDatetime: HOUR('02:30:00') });
      const [group] = alive();
      expect([group?.values['previousVersion'], group?.members.map(({ gone, values }) => [gone, values['valueNumeric'], values['previousVersion']])]).toEqual([
        GROUP,
        [[false, 120, SYSTOLIC]],
      ]);
      expect(
        state()
          ?.obs.find(({ uuid }) => uuid === GROUP)
          ?.members.map(({ uuid, gone }) => [uuid, gone]),
      ).toEqual([[SYSTOLIC, true]]);
    });

    it.each(['1.9', '1.12'] as const)('change them in place on %s', (profile) =>
      withBench({ profile }, async (old) => {
        const patient = old.simulator.clinician.addPatient(old.jane());
        const uuid = old.simulator.clinician.care.recordEncounter(old.vitals(patient, [{ uuid: WEIGHT, concept: CARE.weight, value: 61.5 }]));
        const heard = old.told(() => old.simulator.clinician.care.moveEncounter(uuid, HOUR('02:30:00')));
        expect(sorted(heard)).toEqual(['encounter UPDATED', 'observation UPDATED']);
        expect(old.simulator.state().encounters[0]?.obs).toMatchObject([
          { uuid: WEIGHT, gone: false, values: { obsDatetime: Date.parse('2026-01-02T02:30:00Z') } },
        ]);
      }),
    );
  });

  // EncounterResource1_8.setObs clears a collection that does not own its rows
  it('gain what an update posts as `obs`, and lose nothing', async () => {
    record();
    await send({ obs: [{ concept: CARE.pulse, value: 80 }] });
    expect(state()?.obs.map(({ gone, values }) => [gone, values['valueNumeric']])).toEqual([
      [false, 61.5],
      [false, 80],
    ]);
    await send({ obs: [{ uuid: WEIGHT, value: 65 }] });
    expect(
      state()
        ?.obs.filter(({ gone }) => !gone)
        .map(({ values }) => values['valueNumeric']),
    ).toEqual([80, 65]);
  });

  // EncounterResource1_9.setEncounterProviders, EncounterProviderResource1_9 (RESTWS-638)
  describe('with providers', () => {
    const doctor = { provider: CARE.doctor, encounterRole: CARE.clinicianRole };
    const provided = () => state()?.providers.map(({ gone, values }) => [gone, values['provider']]);

    it('add them by provider and role only, and give one posted by itself a uuid of their own', async () => {
      record({ encounterProviders: [{ uuid: PROVIDED, ...doctor }] });
      await send({
        encounterProviders: [
          { uuid: UNKNOWN, ...doctor },
          { ...doctor, provider: CARE.nurse },
        ],
      });
      expect(provided()).toEqual([
        [false, CARE.doctor],
        [false, CARE.nurse],
      ]);
      const alone = await at.call('POST', `encounter/${ENCOUNTER}/encounterprovider`, { uuid: UNKNOWN, ...doctor, encounterRole: CARE.unknownRole });
      expect([alone.status, alone.json.uuid === UNKNOWN, alone.json.provider.uuid]).toEqual([201, false, CARE.doctor]);
      expect((await at.call('POST', `encounter/${ENCOUNTER}/encounterprovider`, doctor)).json.uuid).toBe(PROVIDED);
      expect((await at.call('GET', `encounter/${ENCOUNTER}/encounterprovider`)).json.results).toHaveLength(3);
    });

    it('void them without a reason, and cannot take the same one back by the list', async () => {
      record({ encounterProviders: [{ uuid: PROVIDED, ...doctor }] });
      expect((await at.call('DELETE', `encounter/${ENCOUNTER}/encounterprovider/${PROVIDED}`)).status).toBe(204);
      expect(state()?.providers[0]).toMatchObject({ gone: true, audit: { voidedBy: expect.any(String) } });
      await send({ encounterProviders: [doctor] });
      expect(provided()).toEqual([[true, CARE.doctor]]);
      expect((await at.call('DELETE', `encounter/${ENCOUNTER}/encounterprovider/${PROVIDED}?purge=true`)).status).toBe(400);
    });

    it('say nothing of a provider that goes unless they have obs', () => {
      care().recordEncounter(at.vitals(jane, [], { uuid: ENCOUNTER, encounterProviders: [{ uuid: PROVIDED, ...doctor }] }));
      expect(at.told(() => care().voidEncounterProvider(PROVIDED))).toEqual([]);
      expect(at.told(() => care().addEncounterProvider(ENCOUNTER, doctor))).toEqual(['encounter UPDATED']);
      care().addObs(ENCOUNTER, { concept: CARE.pulse, value: 80 });
      expect(at.told(() => care().voidEncounterProvider(state()?.providers[1]?.uuid ?? ''))).toEqual(['encounter UPDATED']);
    });
  });

  describe('that go', () => {
    it('take their obs along, members too, but not their providers, and bring back what went in the same second', async () => {
      record({ encounterProviders: [{ uuid: PROVIDED, provider: CARE.doctor, encounterRole: CARE.clinicianRole }] });
      const pulse = care().addObs(ENCOUNTER, { concept: CARE.pulse, value: 80 });
      care().voidObs(pulse);
      at.pass(1);
      expect(sorted(at.told(() => care().voidEncounter(ENCOUNTER, 'twice')))).toEqual([
        'encounter UPDATED',
        'encounter VOIDED',
        'observation UPDATED',
        'observation VOIDED',
      ]);
      expect([state()?.gone, state()?.obs.map(({ audit }) => audit['voidReason']), state()?.providers[0]?.gone]).toEqual([
        true,
        ['twice', 'entered in error'],
        false,
      ]);
      care().restoreEncounter(ENCOUNTER);
      expect([state()?.gone, state()?.obs.map(({ gone }) => gone)]).toEqual([false, [false, true]]);
      expect((await send({ voided: true })).status).toBe(500);
    });

    it('are erased with all they hold', () => {
      record();
      expect(sorted(at.told(() => at.simulator.clinician.purge('encounter', ENCOUNTER)))).toEqual(['encounter DELETED', 'observation DELETED']);
    });
  });
});
