import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { CARE, ORDER_TYPES, type RowState, SAMPLE } from '@sync-hub/openmrs-simulator';
import { carrying } from './links.js';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

const ONSET = '2024-02-01T08:00:00.000+0000';

describe('what is kept as a list of a patient', () => {
  let world: RunningWorld;
  let clinic: string;
  beforeAll(async () => {
    world = await runningHub({
      publishes: ['condition', 'patientdiagnoses', 'medicationdispense'],
      link: carrying('encounter', 'observation', 'condition', 'diagnosis', 'order', 'medicationdispense'),
    });
    for (const site of ['central', 'kisumu', 'siaya']) world.site(site).seedMetadata({ ordertype: ORDER_TYPES });
    clinic = world.site('central').clinician.addLocation({ uuid: aUuid(), name: 'Clinic', tags: [SAMPLE.visitTag] });
    await world.atRest();
  }, 120_000);
  afterAll(() => world.stop());

  const clinicianAt = (site: string) => world.site(site).clinician;
  const aPatientOf = (countyDistrict: string) => {
    const uuid = aUuid();
    return clinicianAt('kisumu').addPatient({
      uuid,
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: 'Kemunto' }],
      addresses: [{ countyDistrict, country: 'Kenya', preferred: true }],
      identifiers: [{ identifier: `${uuid.slice(0, 8).toUpperCase()}-1`, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
  };
  const movesToSiaya = (patient: string) => clinicianAt('central').addAddress(patient, { countyDistrict: 'Siaya', country: 'Kenya', preferred: true });

  describe('conditions', () => {
    /** Of a patient at a site, live ones by uuid; which one each took the place of stays at its site. */
    const liveAt = (site: string, patient: string): Record<string, RowState['values']> => {
      const rows = world.site(site).state().conditions;
      const live = rows.filter(({ gone, values }) => !gone && values['patient'] === patient);
      return Object.fromEntries(live.map(({ uuid, values: { previousVersion, encounter, ...values } }) => [uuid, values]));
    };

    it('go up, are corrected at the parent, which makes others of them, and follow the patient to another clinic', async () => {
      const patient = aPatientOf('Kisumu');
      const add = (more: object) => clinicianAt('kisumu').lists.addCondition({ uuid: aUuid(), patient, clinicalStatus: 'ACTIVE', ...more });
      const malaria = add({ condition: { coded: CARE.malaria }, onsetDate: ONSET });
      const homesick = add({ condition: { nonCoded: 'homesick' }, additionalDetail: 'since June' });
      await world.atRest();
      expect(liveAt('central', patient)).toEqual(liveAt('kisumu', patient));
      expect([Object.keys(liveAt('central', patient)).sort(), liveAt('siaya', patient)]).toEqual([[malaria, homesick].sort(), {}]);

      const corrected = clinicianAt('central').lists.editCondition(malaria, { clinicalStatus: 'INACTIVE', endDate: ONSET });
      await world.atRest();
      expect(Object.keys(liveAt('kisumu', patient)).sort()).toEqual([homesick, corrected].sort());
      expect(liveAt('kisumu', patient)).toEqual(liveAt('central', patient));

      movesToSiaya(patient);
      await until('the history is at the other clinic', () => Object.keys(liveAt('siaya', patient)).length === 2, 60_000);
      await world.atRest();
      clinicianAt('siaya').lists.voidCondition(homesick);
      await world.atRest();
      for (const site of ['central', 'kisumu', 'siaya']) expect(Object.keys(liveAt(site, patient))).toEqual([corrected]);
      expect(await world.held()).toEqual([]);
    });
  });

  describe('diagnoses', () => {
    const at = (site: string, uuid: string) =>
      world
        .site(site)
        .state()
        .diagnoses.find((one) => one.uuid === uuid);

    it('go up with their encounter, are corrected at the parent, follow the patient, and go with the encounter', async () => {
      const patient = aPatientOf('Kisumu');
      const { care, lists } = clinicianAt('kisumu');
      const encounter = care.recordEncounter({ uuid: aUuid(), patient, encounterType: CARE.visitNote, encounterDatetime: ONSET });
      const own = { patient, encounter, diagnosis: { coded: CARE.malaria }, certainty: 'PROVISIONAL', rank: 1 };
      const uuid = lists.addDiagnosis({ uuid: aUuid(), ...own });
      await world.atRest();
      expect([at('central', uuid)?.values, at('siaya', uuid)]).toEqual([at('kisumu', uuid)?.values, undefined]);

      clinicianAt('central').lists.editDiagnosis(uuid, { certainty: 'CONFIRMED' });
      await world.atRest();
      expect(at('kisumu', uuid)?.values).toMatchObject({ certainty: 'CONFIRMED', rank: 1, coded: CARE.malaria });

      movesToSiaya(patient);
      await until('the history is at the other clinic', () => at('siaya', uuid) !== undefined, 60_000);
      expect(at('siaya', uuid)?.values).toEqual(at('central', uuid)?.values);

      await world.atRest();
      clinicianAt('kisumu').care.voidEncounter(encounter);
      await world.atRest();
      for (const site of ['central', 'kisumu', 'siaya']) expect(at(site, uuid)?.gone).toBe(true);
      expect(await world.held()).toEqual([]);
    });
  });

  describe('orders', () => {
    /** What is at a site of a chain: what each link does, whether it is stopped, and whether it is voided. */
    const chainAt = (site: string, uuids: readonly string[]) => {
      const rows = world.site(site).state().orders;
      const found = uuids.flatMap((uuid) => rows.find((one) => one.uuid === uuid) ?? []);
      return found.map(({ gone, values }) => [values['action'], (values['dateStopped'] ?? null) !== null, gone]);
    };

    it('go up as a chain, go on at the parent, and follow the patient whole', async () => {
      const patient = aPatientOf('Kisumu');
      const { care, lists } = clinicianAt('kisumu');
      const encounter = care.recordEncounter({ uuid: aUuid(), patient, encounterType: CARE.visitNote, encounterDatetime: ONSET });
      const own = { patient, encounter, careSetting: CARE.outpatient, orderer: CARE.doctor };
      const drug = { type: 'drugorder', orderType: ORDER_TYPES[0].uuid, concept: CARE.paracetamolConcept, drug: CARE.paracetamol };
      const dosing = { dosingType: 'org.openmrs.SimpleDosingInstructions', dose: 1, doseUnits: CARE.note };
      const first = lists.order({ uuid: aUuid(), ...own, ...drug, ...dosing });
      const test = lists.order({ uuid: aUuid(), ...own, type: 'testorder', orderType: ORDER_TYPES[1].uuid, concept: CARE.pulse });
      const second = lists.follow(first, 'REVISE', { uuid: aUuid(), dose: 2 });
      await world.atRest();
      expect(chainAt('central', [first, second, test])).toEqual(chainAt('kisumu', [first, second, test]));

      const third = clinicianAt('central').lists.follow(second, 'DISCONTINUE', { uuid: aUuid(), orderReasonNonCoded: 'a rash' });
      await world.atRest();
      const whole = [
        ['NEW', true, false],
        ['REVISE', true, false],
        ['DISCONTINUE', false, false],
      ];
      expect(chainAt('kisumu', [first, second, third])).toEqual(whole);

      movesToSiaya(patient);
      await until('the chain is at the other clinic', () => chainAt('siaya', [first, second, third, test]).length === 4, 60_000);
      await world.atRest();
      expect(chainAt('siaya', [first, second, third])).toEqual(whole);

      // A dispense waits for the order that it was made for, wherever it is told of first.
      const dispensed = { patient, encounter, drugOrder: second, concept: CARE.paracetamolConcept, status: CARE.yes, quantity: 20 };
      const dispense = lists.dispense({ uuid: aUuid(), ...dispensed });
      await world.atRest();
      clinicianAt('siaya').lists.editDispense(dispense, { quantity: 10 });
      await world.atRest();
      for (const site of ['central', 'kisumu', 'siaya'])
        expect(
          world
            .site(site)
            .state()
            .dispenses.map(({ uuid, values }) => [uuid, values['quantity'], values['drugOrder']]),
        ).toEqual([[dispense, 10, second]]);

      clinicianAt('kisumu').lists.voidOrder(third);
      await world.atRest();
      for (const site of ['central', 'kisumu', 'siaya'])
        expect(chainAt(site, [second, third])).toEqual([
          ['REVISE', false, false],
          ['DISCONTINUE', false, true],
        ]);
      expect(await world.held()).toEqual([]);
    });
  });
});
