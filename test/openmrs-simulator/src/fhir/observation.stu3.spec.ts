import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, type ObsState } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `FHIRObsUtil` and `ObservationStrategy` of openmrs-module-fhir 1.20.0. */
describe('an observation of the legacy fhir module', () => {
  let at: FhirBench;
  let jane: string;
  let encounter: string;
  beforeEach(async () => {
    at = await fhirBench({ profile: '2.1-old' });
    jane = at.simulator.clinician.addPatient(at.jane());
    const source = await at.call('POST', 'conceptsource', { name: 'CIEL', description: 'CIEL' });
    const term = await at.call('POST', 'conceptreferenceterm', { code: '5089', conceptSource: source.json.uuid });
    const [sameAs] = (await at.call('GET', 'conceptmaptype')).json.results;
    await at.call('POST', `concept/${CARE.weight}/mapping`, { conceptReferenceTerm: term.json.uuid, conceptMapType: sameAs.uuid });
    encounter = at.simulator.clinician.care.recordEncounter(at.vitals(jane, [{ uuid: `${UUID}1`, concept: CARE.weight, value: 61.5 }]));
  });
  afterEach(() => at.simulator.stop());

  const all = (): readonly ObsState[] => [...at.simulator.state().obs, ...at.simulator.state().encounters.flatMap(({ obs }) => obs)];
  const held = (uuid: string) => all().find((one) => one.uuid === uuid);
  const shown = async (uuid: string) => (await at.stu3('GET', `Observation/${uuid}`)).json;
  const body = (more: object = {}) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://openmrs.org', code: CARE.temperature }] },
    subject: { id: jane, reference: `Patient/${jane}` },
    context: { reference: `Encounter/${encounter}` },
    effectiveDateTime: '2026-01-02T02:30:00Z',
    valueQuantity: { value: 41 },
    ...more,
  });
  const put = (uuid: string, more: object = {}) => at.stu3('PUT', `Observation/${uuid}`, { id: uuid, ...body(more) });
  const of = (concept: string, value: object) => ({ code: { coding: [{ system: 'http://openmrs.org', code: concept }] }, valueQuantity: undefined, ...value });
  const uuidOf = ({ headers }: { headers: Headers }) => headers.get('location')?.split('/').at(-1) ?? '';

  it('is shown with its context, its mappings and who is meant', async () => {
    const { extension, ...json } = await shown(`${UUID}1`);
    expect(json).toEqual({
      resourceType: 'Observation',
      id: `${UUID}1`,
      status: 'final',
      code: {
        coding: [
          { system: 'http://ciel.org', code: '5089' },
          { system: 'http://openmrs.org', code: CARE.weight, display: 'Weight (kg)' },
        ],
      },
      subject: { id: jane, reference: `Patient/${jane}`, identifier: { id: jane }, display: 'Jane Doe(Identifier:JANE-1)' },
      context: { reference: `Encounter/${encounter}` },
      effectiveDateTime: '2026-01-02T02:00:00+00:00',
      issued: '2026-01-02T02:00:00.000+00:00',
      valueQuantity: { value: 61.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      referenceRange: [expect.objectContaining({ low: expect.objectContaining({ value: 0 }), high: expect.objectContaining({ value: 250 }) })],
    });
    expect(extension).toContainEqual({ url: 'locationUuid', valueString: at.clinic });
  });

  it('tells dates and moments as periods, a boolean as a code and a time in words', async () => {
    const record = async (concept: string, value: unknown) => shown(at.simulator.clinician.care.addObs(encounter, { concept, value }));
    const period = (at: string) => ({ start: at, end: at });
    expect((await record(CARE.lastPeriod, '2025-12-01')).valuePeriod).toEqual(period('2025-12-01T00:00:00+00:00'));
    expect((await record(CARE.admittedAt, '2026-01-01 10:15')).valuePeriod).toEqual(period('2026-01-01T10:15:00+00:00'));
    expect((await record(CARE.pregnant, 'true')).valueCodeableConcept).toEqual({ coding: [{ code: 'true' }] });
    expect((await record(CARE.timeOfBirth, '10:15')).valueString).toEqual(expect.any(String));
  });

  it('is made under the id of a PUT, and what it means is told to the feed', async () => {
    expect((await put(`${UUID}2`)).status).toBe(200);
    expect(held(`${UUID}2`)?.values).toMatchObject({ valueNumeric: 41, person: jane, encounter, concept: CARE.temperature });
  });

  it('knows its person by the id of the element alone', async () => {
    const { status, json } = await put(`${UUID}2`, { subject: { reference: `Patient/${jane}` } });
    expect([status, json.issue[0].diagnostics]).toEqual([422, expect.stringContaining('There is no person for the given uuid')]);
  });

  it('loses its encounter by a PUT and goes on under another uuid, while what it was is voided (copyObsAttributes)', async () => {
    const next = uuidOf(await put(`${UUID}1`, of(CARE.weight, { valueQuantity: { value: 70 } })));
    expect([next === `${UUID}1`, held(`${UUID}1`)?.gone]).toEqual([false, true]);
    expect(held(next)?.values).toMatchObject({ valueNumeric: 70, previousVersion: `${UUID}1` });
    expect(held(next)?.values['encounter'] ?? null).toBeNull();
    expect((await shown(next)).related).toEqual([
      { type: 'replaces', target: { reference: `Observation/${UUID}1`, display: 'Old Obs which replaced by the new Obs' } },
    ]);
    expect((await at.stu3('GET', `Observation/${UUID}1`)).status).toBe(404);
  });

  it('takes a coded answer by its mapping, and none by its uuid (getConceptByCodeableConcept)', async () => {
    const answer = (coding: object) => of(CARE.diagnosis, { valueCodeableConcept: { coding: [coding] } });
    expect((await put(`${UUID}2`, answer({ system: 'http://ciel.org', code: '5089' }))).status).toBe(200);
    expect(held(`${UUID}2`)?.values['valueCoded']).toBe(CARE.weight);
    expect((await put(`${UUID}3`, answer({ system: 'http://openmrs.org', code: CARE.anaemia }))).status).toBeGreaterThanOrEqual(400);
    expect(held(`${UUID}3`)).toBeUndefined();
  });

  it('takes dates from periods, booleans from codes, and over another kind of value the cast fails: 500', async () => {
    await put(`${UUID}2`, of(CARE.lastPeriod, { valuePeriod: { start: '2025-12-01T00:00:00Z' } }));
    await put(`${UUID}3`, of(CARE.pregnant, { valueCodeableConcept: { coding: [{ code: 'true' }] } }));
    await put(`${UUID}4`, of(CARE.note, { valueString: 'well' }));
    expect(held(`${UUID}2`)?.values['valueDate']).toBe('2025-12-01');
    expect((await shown(`${UUID}3`)).valueCodeableConcept).toEqual({ coding: [{ code: 'true' }] });
    expect(held(`${UUID}4`)?.values['valueText']).toBe('well');
    const { status, json } = await put(`${UUID}5`, of(CARE.note, { valueQuantity: { value: 1 } }));
    expect([status, json.issue[0].diagnostics]).toEqual([500, expect.stringContaining('ClassCastException')]);
  });

  it('joins what is related to it as members, which it then names', async () => {
    const members = { related: [{ type: 'has-member', target: { reference: `Observation/${UUID}1` } }] };
    expect((await put(`${UUID}2`, of(CARE.bloodPressure, { ...members, valueString: '-' }))).status).toBe(200);
    const [member] = held(`${UUID}2`)?.members ?? [];
    expect(member?.values['valueNumeric']).toBe(61.5);
    expect((await shown(`${UUID}2`)).related).toEqual([{ type: 'has-member', target: { reference: `Observation/${member?.uuid}`, display: 'Weight (kg)' } }]);
  });

  it('is voided by DELETE: 204, and over one that is not there Java falls', async () => {
    expect((await at.stu3('DELETE', `Observation/${UUID}1`)).status).toBe(204);
    expect(held(`${UUID}1`)?.gone).toBe(true);
    expect((await at.stu3('DELETE', `Observation/${UUID}9`)).status).toBe(500);
  });

  it('is found by its person and by an identifier of that', async () => {
    const total = async (query: string) => (await at.stu3('GET', `Observation?${query}`)).json.total;
    expect([
      await total(`subject=${jane}`),
      await total('patient.identifier=JANE-1'),
      await total('patient.identifier=NOPE'),
      await total(`code=${CARE.weight}`),
    ]).toEqual([1, 1, 0, 1]);
  });

  it('is not to be had on 1.12, for which the module has no helper (ContextUtil.getObsHelper)', () =>
    withFhirBench({ profile: '1.12' }, async (other) => {
      const patient = other.simulator.clinician.addPatient(other.jane());
      other.simulator.clinician.care.recordEncounter(other.vitals(patient, [{ uuid: `${UUID}1`, concept: CARE.weight, value: 61.5 }]));
      const { status, json } = await other.stu3('GET', `Observation/${UUID}1`);
      expect([status, json.issue[0].diagnostics]).toEqual([500, expect.stringContaining('fhir.ObsHelper')]);
    }));
});
