import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, ORDER_TYPES, PROFILE_IDS } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const OWN = '99999999-0000-4000-8000-00000000000a';

describe('orders', () => {
  let at: Bench;
  let own: Record<string, unknown>;
  const testAt = ({ simulator: { clinician }, jane }: Bench) => {
    const patient = clinician.addPatient(jane());
    const encounter = clinician.care.recordEncounter({ patient, encounterType: CARE.vitals });
    return { type: 'testorder', patient, encounter, concept: CARE.pulse, careSetting: CARE.outpatient, orderer: CARE.doctor, orderType: ORDER_TYPES[1].uuid };
  };
  const drug = () => ({
    ...{ ...own, type: 'drugorder', orderType: ORDER_TYPES[0].uuid, concept: CARE.paracetamolConcept, drug: CARE.paracetamol, dose: 1 },
    dosingType: 'org.openmrs.SimpleDosingInstructions',
  });
  beforeEach(async () => {
    at = await bench();
    at.simulator.seedMetadata({ ordertype: ORDER_TYPES });
    own = testAt(at);
  });
  afterEach(() => at.simulator.stop());
  const place = (more: object) => at.call('POST', 'order', more);
  const whole = async (uuid: string) => (await at.call('GET', `order/${uuid}?v=full`)).json;

  it('have keys by their type, and are told of under paths that lead nowhere', async () => {
    expect((await place({ ...own, uuid: OWN, clinicalHistory: 'fever' })).status).toBe(201);
    const medicine = (await place(drug())).json.uuid;
    const [test, tablets] = [await whole(OWN), await whole(medicine)];
    expect([test.type, 'clinicalHistory' in test, 'dose' in test, 'voided' in test]).toEqual(['testorder', true, false, false]);
    expect([tablets.type, 'clinicalHistory' in tablets, tablets.dose, tablets.orderNumber]).toEqual(['drugorder', false, 1, expect.stringMatching(/^ORD-/)]);
    const told = ['test_order', 'drug_order', 'order'].map((feed) => at.simulator.feedRows(feed).map(({ object }) => JSON.parse(object ?? '').rest));
    expect(told).toEqual([[`/ws/rest/v1/test_order/${OWN}?v=full`], [`/ws/rest/v1/drug_order/${medicine}?v=full`], []]);
    expect((await at.call('GET', `test_order/${OWN}`)).status).toBe(404);
  });

  it('are refused without a type, with keys of another, with what only the server sets, and are never changed', async () => {
    const { type: _type, ...untyped } = own;
    for (const wrong of [untyped, { ...own, type: 'wish' }, { ...own, dose: 1 }, { ...own, orderNumber: 'ORD-1' }, { ...own, dateStopped: '2024-01-01' }])
      expect((await place(wrong)).status).toBe(400);
    for (const missing of ['patient', 'orderer', 'careSetting']) expect((await place({ ...own, [missing]: null })).status).toBe(400);
    await place({ ...own, uuid: OWN });
    expect((await at.call('POST', `order/${OWN}`, { instructions: 'fasting' })).status).toBe(400);
    expect(at.simulator.state().orders).toHaveLength(1);
  });

  it('stop what they follow, of one drug one at a time, and let it go on where they are voided', async () => {
    const first = (await place(drug())).json.uuid;
    expect((await place(drug())).status).toBe(500);
    const stopped = async () => (await whole(first)).dateStopped !== null;
    const last = (await place({ ...drug(), action: 'DISCONTINUE', previousOrder: first })).json.uuid;
    expect(await stopped()).toBe(true);
    expect((await place({ ...drug(), action: 'REVISE', previousOrder: first })).status).toBe(500);
    await at.call('DELETE', `order/${last}?reason=wrong`);
    expect([await stopped(), (await whole(last)).auditInfo.dateVoided !== undefined]).toEqual([false, true]);
    await at.call('POST', `order/${last}`, { deleted: 'false' });
    expect(await stopped()).toBe(true);
  });

  it.each(PROFILE_IDS)('are there as on %s', async (profile) => {
    await withBench({ profile }, async (old) => {
      old.simulator.seedMetadata({ ordertype: ORDER_TYPES });
      expect((await old.call('POST', 'order', testAt(old))).status).toBe(profile === '1.9' ? 404 : 201);
    });
  });
});
