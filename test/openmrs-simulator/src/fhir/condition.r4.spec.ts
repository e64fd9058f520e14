import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';
const CODES = 'http://terminology.hl7.org/CodeSystem';
const coded = (system: string, code: string) => ({ coding: [{ system: `${CODES}/${system}`, code }] });

/** `ConditionTranslatorImpl`, `DiagnosisTranslatorImpl` and `FhirConditionServiceImpl` of openmrs-module-fhir2 4.2.0, where no other source is named. */
describe('a condition of fhir2', () => {
  let at: FhirBench;
  let jane: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const condition = (more: object = {}) => ({
    resourceType: 'Condition',
    clinicalStatus: coded('condition-clinical', 'active'),
    verificationStatus: coded('condition-ver-status', 'confirmed'),
    code: { coding: [{ code: SAMPLE.malaria }] },
    subject: { reference: `Patient/${jane}` },
    onsetDateTime: '2025-12-28T00:00:00Z',
    ...more,
  });
  const diagnosis = (encounter: string, more: object = {}) =>
    condition({
      category: [coded('condition-category', 'encounter-diagnosis')],
      encounter: { reference: `Encounter/${encounter}` },
      extension: [{ url: 'http://fhir.openmrs.org/R4/StructureDefinition/diagnosis-rank', valueInteger: 1 }],
      ...more,
    });
  const post = (body: object) => at.fhir('POST', 'Condition', body);
  const put = (uuid: string, body: object) => at.fhir('PUT', `Condition/${uuid}`, { ...body, id: uuid });
  const visit = () => at.simulator.clinician.care.recordEncounter(at.vitals(jane, []));
  const [problems, diagnoses] = [() => at.simulator.state().conditions, () => at.simulator.state().diagnoses];

  it('is a problem where no category says otherwise, made under a uuid of the server', async () => {
    const { status, json } = await post(condition({ id: `${UUID}9`, note: [{ text: 'again' }] }));
    expect([status, json.id === `${UUID}9`]).toEqual([201, false]);
    expect(json).toMatchObject({
      clinicalStatus: { coding: [{ system: `${CODES}/condition-clinical`, code: 'active' }] },
      verificationStatus: { coding: [{ code: 'confirmed', display: 'CONFIRMED' }] },
      category: [{ coding: [{ system: `${CODES}/condition-category`, code: 'problem-list-item', display: 'Problem List Item' }] }],
      code: { coding: [{ code: SAMPLE.malaria, display: 'Malaria' }], text: 'Malaria' },
      subject: { reference: `Patient/${jane}` },
      onsetDateTime: '2025-12-28T00:00:00+00:00',
      recordedDate: '2026-01-02T03:04:05+00:00',
      recorder: { reference: `Practitioner/${at.simulator.accounts.find('admin')?.uuid}` },
      note: [{ text: 'again' }],
    });
  });

  it('is written in place by PUT, unlike by REST, and by whoever the body says', async () => {
    const { json } = await post(condition());
    const clinician = at.simulator.accounts.find('clinician')?.uuid ?? '';
    const { status } = await put(
      json.id,
      condition({ clinicalStatus: coded('condition-clinical', 'resolved'), recorder: { reference: `Practitioner/${clinician}` } }),
    );
    expect([status, problems().length]).toEqual([200, 1]);
    expect(problems()[0]).toMatchObject({ uuid: json.id, gone: false, values: { clinicalStatus: 'INACTIVE' }, audit: { creator: clinician } });
  });

  it('shows what was as inactive, and says in an extension what is not coded', async () => {
    at.simulator.seedRow('condition', `${UUID}1`, { patient: jane, nonCoded: 'headache', clinicalStatus: 'HISTORY_OF' });
    const { json } = await at.fhir('GET', `Condition/${UUID}1`);
    expect([json.clinicalStatus.coding[0].code, json.extension, json.code]).toEqual([
      'inactive',
      [{ url: 'http://fhir.openmrs.org/ext/non-coded-condition', valueString: 'headache' }],
      undefined,
    ]);
  });

  it('is refused without a clinical status or a patient, and fails over a coding without a system', async () => {
    const status = async (more: object) => (await post(condition(more))).status;
    expect(await status({ clinicalStatus: undefined })).toBe(422);
    expect(await status({ clinicalStatus: { coding: [{ code: 'active' }] } })).toBe(500);
    expect(await status({ code: { coding: [{ code: 'nothing' }] } })).toBe(422);
    expect(await status({ category: [coded('condition-category', 'other')] })).toBe(400);
    expect(problems()).toEqual([]);
  });

  it('is a diagnosis where its category says so, refused without a rank or an encounter (DiagnosisValidator)', async () => {
    const encounter = visit();
    const { status, json } = await post(diagnosis(encounter));
    expect([status, json.category[0].coding[0].code, json.clinicalStatus.coding[0].code, json.encounter.reference]).toEqual([
      201,
      'encounter-diagnosis',
      'unknown',
      `Encounter/${encounter}`,
    ]);
    expect(diagnoses()[0]?.values).toMatchObject({ coded: SAMPLE.malaria, certainty: 'CONFIRMED', rank: 1, encounter, patient: jane });
    expect((await post(diagnosis(encounter, { extension: [] }))).status).toBe(422);
    expect((await post(diagnosis(encounter, { encounter: undefined }))).status).toBe(422);
  });

  it('that is a diagnosis keeps what the body leaves out, is provisional unless confirmed, and voided when inactive', async () => {
    const { json } = await post(diagnosis(visit()));
    const category = [coded('condition-category', 'encounter-diagnosis')];
    await put(json.id, { resourceType: 'Condition', category });
    expect(diagnoses()[0]?.values).toMatchObject({ coded: SAMPLE.malaria, certainty: 'PROVISIONAL', rank: 1, patient: jane });
    await put(json.id, { resourceType: 'Condition', category, clinicalStatus: coded('condition-clinical', 'inactive') });
    expect([diagnoses()[0]?.gone, (await at.fhir('GET', `Condition/${json.id}`)).status]).toEqual([true, 410]);
  });

  it('is found after the diagnoses, by category only with its system, and read by whoever may read concepts (FhirConditionDao)', async () => {
    const problem = (await post(condition())).json.id;
    const found = (await post(diagnosis(visit()))).json.id;
    const ids = async (query: string): Promise<string[]> =>
      ((await at.fhir('GET', `Condition?${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
    expect(await ids(`patient=${jane}`)).toEqual([found, problem]);
    expect(await ids(`category=${CODES}/condition-category%7Cproblem-list-item`)).toEqual([problem]);
    expect(await ids('category=problem-list-item')).toEqual([]);
    at.simulator.revoke('Get Conditions');
    expect((await at.fhir('GET', `Condition/${problem}`)).status).toBe(200);
    at.simulator.revoke('Get Concepts');
    expect((await at.fhir('GET', `Condition/${problem}`)).status).toBe(500);
  });

  it('is voided by DELETE', async () => {
    const { json } = await post(condition());
    await at.fhir('DELETE', `Condition/${json.id}`);
    expect(problems()[0]).toMatchObject({ gone: true, audit: { voidReason: 'Voided via FHIR API' } });
  });

  it('of 1.3.0 has no category and no note, and loses its onset where the body leaves it out (ConditionTranslatorImpl_2_2)', () =>
    withFhirBench({ profile: '2.3' }, async (old) => {
      const subject = { reference: `Patient/${old.simulator.clinician.addPatient(old.jane())}` };
      const { json } = await old.fhir('POST', 'Condition', condition({ subject, note: [{ text: 'again' }] }));
      expect([json.category, json.note]).toEqual([undefined, undefined]);
      await old.fhir('PUT', `Condition/${json.id}`, condition({ id: json.id, subject, onsetDateTime: undefined }));
      expect(old.simulator.state().conditions[0]?.values['onsetDate']).toBeNull();
    }));
});
