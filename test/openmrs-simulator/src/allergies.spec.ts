import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, PROFILE_IDS } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

const ALLERGY = '99999999-0000-4000-8000-00000000000a';

describe('allergies', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench();
    jane = at.simulator.clinician.addPatient(at.jane());
    await at.call('POST', 'systemsetting', { property: 'allergy.concept.otherNonCoded', value: CARE.note });
  });
  afterEach(() => at.simulator.stop());

  const path = (more = '') => `patient/${jane}/allergy${more}`;
  const pale = { reaction: CARE.anaemia, reactionNonCoded: 'pale' };
  const body = (more: object = {}) => ({
    uuid: ALLERGY,
    allergen: { allergenType: 'DRUG', codedAllergen: CARE.paracetamolConcept },
    severity: CARE.yes,
    reactions: [pale],
    ...more,
  });
  const add = (more: object = {}) => at.call('POST', path(), body(more));
  const all = () => at.simulator.state().allergies;
  const codes = ({ status, json }: { status: number; json: { error: { fieldErrors?: Record<string, { code: string }[]> } } }) => [
    status,
    ...Object.values(json.error.fieldErrors ?? {}).flatMap((errors) => errors.map(({ code }) => code)),
  ];

  it('have the keys of PatientAllergyResource2_0, below their patient alone', async () => {
    expect((await add()).status).toBe(201);
    const full = (await at.call('GET', `${path(`/${ALLERGY}`)}?v=full`)).json;
    expect(Object.keys(full)).toEqual('display uuid allergen severity comment reactions patient voided auditInfo links resourceVersion'.split(' '));
    expect(full).toMatchObject({
      display: 'Paracetamol',
      allergen: { allergenType: 'DRUG', codedAllergen: { uuid: CARE.paracetamolConcept }, nonCodedAllergen: null },
      severity: { uuid: CARE.yes },
      reactions: [{ reaction: { uuid: CARE.anaemia }, reactionNonCoded: 'pale' }],
      patient: { uuid: jane },
      voided: false,
    });
    expect((await at.call('GET', `patient/99999999-0000-4000-8000-00000000000b/allergy/${ALLERGY}`)).status).toBe(404);
    expect((await at.call('GET', `allergy/${ALLERGY}`)).status).toBe(404);
  });

  it('are listed under their patient, and there is no list where nobody has said whether there are any', async () => {
    expect((await at.call('GET', path())).status).toBe(204);
    await add();
    expect((await at.call('GET', path())).json.results.map(({ uuid }: { uuid: string }) => uuid)).toEqual([ALLERGY]);
    await at.call('DELETE', path(`/${ALLERGY}`));
    expect((await at.call('GET', path())).status).toBe(204);
    expect((await at.call('GET', `${path(`/${ALLERGY}`)}?v=full`)).json.voided).toBe(true);
  });

  it('are refused without a kind, without what it is, and where there is one of that allergen (AllergyValidator)', async () => {
    const of = (allergen: object) => add({ allergen });
    expect(codes(await of({ codedAllergen: CARE.paracetamolConcept }))).toEqual([400, 'allergyapi.allergenType.required']);
    expect(codes(await of({ allergenType: 'FOOD' }))).toEqual([400, 'allergyapi.allergen.codedOrNonCodedAllergen.required']);
    expect(codes(await of({ allergenType: 'FOOD', codedAllergen: CARE.note }))).toEqual([400, 'allergyapi.allergen.nonCodedAllergen.required']);
    expect((await of({ allergenType: 'FOOD', nonCodedAllergen: 'dust' })).status).toBe(500);
    expect((await add()).status).toBe(201);
    expect(codes(await add({ uuid: undefined }))).toEqual([400, 'allergyapi.message.duplicateAllergen']);
    const dust = (nonCodedAllergen: string) => add({ uuid: undefined, allergen: { allergenType: 'OTHER', codedAllergen: CARE.note, nonCodedAllergen } });
    expect([(await dust('dust')).status, codes(await dust('Dust'))]).toEqual([201, [400, 'allergyapi.message.duplicateAllergen']]);
    const malaria = { uuid: undefined, allergen: { allergenType: 'DRUG', codedAllergen: CARE.malaria } };
    for (const wrong of [{ patient: jane }, { allergen: { allergenType: 'MOOD' } }, { reactions: [{ severity: CARE.yes }] }])
      expect((await add({ ...malaria, ...wrong })).status).toBe(400);
    expect(all()).toHaveLength(2);
  });

  it('take words only beside the concept that is for them', async () => {
    await add({ allergen: { allergenType: 'DRUG', codedAllergen: CARE.paracetamolConcept, nonCodedAllergen: '' } });
    const change = (allergen: object) => at.call('POST', path(`/${ALLERGY}`), { allergen });
    expect((await change({ allergenType: 'DRUG', codedAllergen: CARE.paracetamolConcept, nonCodedAllergen: 'dust' })).status).toBe(500);
    await change({ allergenType: 'DRUG', nonCodedAllergen: 'dust', codedAllergen: CARE.malaria });
    expect(all()[0]?.values).toMatchObject({ codedAllergen: CARE.malaria, nonCodedAllergen: null });
  });

  it('are changed in place by REST, their reactions as a whole, and never brought back', async () => {
    await add();
    const [before] = all()[0]?.reactions ?? [];
    expect((await at.call('POST', path(`/${ALLERGY}`), { reactions: [pale, { reaction: CARE.malaria }] })).json.uuid).toBe(ALLERGY);
    expect(all()[0]?.reactions.map(({ uuid, values }) => [uuid === before?.uuid, values['reaction']])).toEqual([
      [false, CARE.anaemia],
      [false, CARE.malaria],
    ]);
    const [one] = all()[0]?.reactions ?? [];
    expect((await at.call('POST', path(`/${ALLERGY}`), { reactions: [{ ...pale, uuid: one?.uuid }] })).status).toBe(500);
    await at.call('DELETE', path(`/${ALLERGY}`));
    for (const body of [{ deleted: 'false' }, { voided: false }]) expect((await at.call('POST', path(`/${ALLERGY}`), body)).status).toBe(400);
    expect((await at.call('DELETE', `${path(`/${ALLERGY}`)}?purge=true`)).status).toBe(400);
  });

  it('become another where they are edited in the server’s own pages, which the feed tells of by its uuid alone', async () => {
    await add();
    const edited = at.simulator.clinician.lists.editAllergy(ALLERGY, { comment: 'since June' });
    expect(all().map(({ uuid, gone, values, reactions }) => [uuid, gone, values['comment'] ?? null, reactions.length])).toEqual([
      [ALLERGY, true, null, 1],
      [edited, false, 'since June', 1],
    ]);
    const told = at.simulator.feedRows('allergy').map(({ tags, object }) => [tags, JSON.parse(String(object)).rest]);
    expect(told).toContainEqual(['allergy,CREATED', `/ws/rest/v1/allergy/${edited}?v=full`]);
    expect(told).toContainEqual(['allergy,VOIDED', `/ws/rest/v1/allergy/${ALLERGY}?v=full`]);
  });

  it('go with the encounter that they were recorded in, and not with the patient', async () => {
    const { clinician } = at.simulator;
    const encounter = clinician.care.recordEncounter({ patient: jane, encounterType: CARE.vitals, encounterDatetime: '2024-02-01T00:00:00.000+0000' });
    const inside = clinician.lists.addAllergy({ ...body(), uuid: undefined, patient: jane, encounter });
    const outside = clinician.lists.addAllergy({ patient: jane, allergen: { allergenType: 'FOOD', codedAllergen: CARE.malaria } });
    clinician.care.voidEncounter(encounter);
    clinician.voidPatient(jane);
    expect(all().map(({ uuid, gone }) => [uuid, gone])).toEqual([
      [inside, true],
      [outside, false],
    ]);
  });

  it.each(PROFILE_IDS)('are kept as on %s', async (profile) => {
    await withBench({ profile }, async (old) => {
      const patient = old.simulator.clinician.addPatient(old.jane());
      const { uuid: _, ...own } = body();
      const made = await old.call('POST', `patient/${patient}/allergy`, own);
      expect(made.status).toBe(['1.9', '1.12'].includes(profile) ? 404 : 201);
    });
  });
});
