import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, SAMPLE } from '../index.js';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';
const CLINICAL = 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical';

/** `AllergyIntoleranceTranslatorImpl` and its like of openmrs-module-fhir2 4.2.0. */
describe('an allergy of fhir2', () => {
  let at: FhirBench;
  let jane: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
    await at.call('POST', 'systemsetting', { property: 'allergy.concept.severity.severe', value: CARE.yes });
  });
  afterEach(() => at.simulator.stop());

  const allergy = (more: object = {}) => ({
    resourceType: 'AllergyIntolerance',
    category: ['medication'],
    code: { coding: [{ code: CARE.paracetamolConcept }] },
    patient: { reference: `Patient/${jane}` },
    note: [{ text: 'since childhood' }],
    reaction: [{ severity: 'severe', manifestation: [{ coding: [{ code: CARE.anaemia }], text: 'pale' }] }],
    ...more,
  });
  const post = (more: object = {}) => at.fhir('POST', 'AllergyIntolerance', allergy(more));
  const put = (uuid: string, body: object) => at.fhir('PUT', `AllergyIntolerance/${uuid}`, { ...body, id: uuid });
  const all = () => at.simulator.state().allergies;

  it('is made under a uuid of the server, with its severity and its reactions', async () => {
    const { status, json } = await post({ id: `${UUID}9` });
    expect([status, json.id === `${UUID}9`]).toEqual([201, false]);
    const substance = { coding: [{ code: CARE.paracetamolConcept, display: 'Paracetamol' }], text: 'Paracetamol' };
    expect(json).toMatchObject({
      clinicalStatus: { coding: [{ system: CLINICAL, code: 'active', display: 'Active' }], text: 'Active' },
      type: 'allergy',
      category: ['medication'],
      criticality: 'high',
      code: substance,
      patient: { reference: `Patient/${jane}` },
      note: [{ text: 'since childhood' }],
      reaction: [{ substance, manifestation: [{ coding: [{ code: CARE.anaemia }], text: 'pale' }], severity: 'severe' }],
    });
    expect(all()[0]?.values).toMatchObject({ codedAllergen: CARE.paracetamolConcept, allergenType: 'DRUG', severity: CARE.yes, comment: 'since childhood' });
  });

  it('is refused without a category or a patient, and where the patient has one of that allergen (AllergyValidator)', async () => {
    expect([(await post({ category: undefined })).status, (await post({ patient: undefined })).status]).toEqual([422, 422]);
    expect([(await post()).status, (await post()).status]).toEqual([201, 422]);
    expect(all()).toHaveLength(1);
  });

  it('keeps its allergen, and gets each reaction once more with every PUT', async () => {
    const { json } = await post();
    expect((await put(json.id, allergy({ code: { coding: [{ code: SAMPLE.malaria }] }, category: ['food'] }))).status).toBe(200);
    expect(all()[0]?.values).toMatchObject({ codedAllergen: CARE.paracetamolConcept, allergenType: 'FOOD' });
    expect(all()[0]?.reactions.map(({ values }) => values['reactionNonCoded'])).toEqual(['pale', 'pale']);
  });

  it('is voided and comes back by its clinical status, with PUT', async () => {
    const { json } = await post();
    await put(json.id, allergy({ reaction: [], clinicalStatus: { coding: [{ system: CLINICAL, code: 'inactive' }] } }));
    expect([all()[0]?.gone, (await at.fhir('GET', `AllergyIntolerance/${json.id}`)).status]).toEqual([true, 410]);
    await put(json.id, allergy({ reaction: [] }));
    expect([all()[0]?.gone, (await at.fhir('GET', `AllergyIntolerance/${json.id}`)).status]).toEqual([false, 200]);
  });

  it('of another kind has no category, and shows an allergen in words in place of its concept’s name', async () => {
    at.simulator.seedRow('allergy', `${UUID}1`, { patient: jane, codedAllergen: SAMPLE.malaria, nonCodedAllergen: 'dust', allergenType: 'OTHER' });
    const { json } = await at.fhir('GET', `AllergyIntolerance/${UUID}1`);
    expect([json.category, json.code]).toEqual([undefined, { coding: [{ code: SAMPLE.malaria, display: 'Malaria' }], text: 'dust' }]);
  });

  it('is found by patient, and voided by DELETE', async () => {
    const { json } = await post();
    expect((await at.fhir('GET', `AllergyIntolerance?patient=Patient/${jane}&category=medication`)).json.total).toBe(1);
    await at.fhir('DELETE', `AllergyIntolerance/${json.id}`);
    expect(all()[0]).toMatchObject({ gone: true, audit: { voidReason: 'Voided via FHIR API' } });
    expect((await at.fhir('GET', `AllergyIntolerance?patient=${jane}`)).json.total).toBe(0);
  });
});
