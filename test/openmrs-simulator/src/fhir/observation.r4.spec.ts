import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE, type ObsState } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `ObservationTranslatorImpl` and its like of openmrs-module-fhir2 4.2.0, where no other source is named. */
describe('an observation of fhir2', () => {
  let at: FhirBench;
  let jane: string;
  let encounter: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
    encounter = at.simulator.clinician.care.recordEncounter(at.vitals(jane, [{ uuid: `${UUID}1`, concept: CARE.weight, value: 61.5 }]));
  });
  afterEach(() => at.simulator.stop());

  const all = (): readonly ObsState[] => [...at.simulator.state().obs, ...at.simulator.state().encounters.flatMap(({ obs }) => obs)];
  const held = (uuid: string) => all().find((one) => one.uuid === uuid);
  const shown = async (uuid: string) => (await at.fhir('GET', `Observation/${uuid}`)).json;
  const record = async (concept: string, value: unknown) => {
    const uuid = at.simulator.clinician.care.addObs(encounter, { concept, value });
    return shown(uuid);
  };
  const observation = (more: object = {}) => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ code: CARE.temperature }] },
    subject: { reference: `Patient/${jane}` },
    encounter: { reference: `Encounter/${encounter}` },
    effectiveDateTime: '2026-01-02T02:30:00Z',
    valueQuantity: { value: 41 },
    ...more,
  });
  const post = (more: object = {}) => at.fhir('POST', 'Observation', observation(more));

  it('is shown with its range, its category and a unit that UCUM knows', async () => {
    expect(await shown(`${UUID}1`)).toEqual({
      resourceType: 'Observation',
      id: `${UUID}1`,
      meta: { versionId: '1767323045000', lastUpdated: '2026-01-02T03:04:05.000+00:00' },
      text: expect.anything(),
      status: 'final',
      category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory', display: 'Laboratory' }] }],
      code: { coding: [{ code: CARE.weight, display: 'Weight (kg)' }], text: 'Weight (kg)' },
      subject: { reference: `Patient/${jane}`, type: 'Patient', display: 'Jane Doe (OpenMRS ID: JANE-1)' },
      encounter: { reference: `Encounter/${encounter}`, type: 'Encounter' },
      effectiveDateTime: '2026-01-02T02:00:00+00:00',
      issued: '2026-01-02T03:04:05.000+00:00',
      valueQuantity: { value: 61.5, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
      interpretation: [{ coding: [expect.objectContaining({ code: 'N', display: 'Normal' })], text: 'Normal' }],
      referenceRange: [
        { low: { value: 0 }, high: { value: 250 }, type: { coding: [{ system: 'http://fhir.openmrs.org/ext/obs/reference-range', code: 'absolute' }] } },
      ],
    });
  });

  it('tells dates, times and moments alike, a boolean as one and other concepts as concepts', async () => {
    expect((await record(CARE.lastPeriod, '2025-12-01')).valueDateTime).toBe('2025-12-01T00:00:00+00:00');
    expect((await record(CARE.timeOfBirth, '10:15')).valueDateTime).toBe('1970-01-01T10:15:00+00:00');
    expect((await record(CARE.admittedAt, '2026-01-01 10:15')).valueDateTime).toBe('2026-01-01T10:15:00+00:00');
    expect((await record(CARE.pregnant, 'true')).valueBoolean).toBe(true);
    expect((await record(CARE.note, 'well')).valueString).toBe('well');
    expect((await record(CARE.diagnosis, CARE.anaemia)).valueCodeableConcept.coding).toEqual([{ code: CARE.anaemia, display: 'Anaemia' }]);
  });

  it('that is a group names its members, who do not name it, and says their values in words (Obs.getValueAsString)', async () => {
    const group = at.simulator.clinician.care.addObs(encounter, {
      concept: CARE.bloodPressure,
      groupMembers: [{ concept: CARE.systolic, value: 120, person: jane, obsDatetime: '2026-01-02T02:00:00.000+0000' }],
    });
    const { hasMember, valueString } = await shown(group);
    const member = held(group)?.members[0]?.uuid ?? '';
    expect([hasMember, valueString]).toEqual([[{ reference: `Observation/${member}`, type: 'Observation' }], '120']);
    expect(JSON.stringify(await shown(member))).not.toContain(group);
  });

  it('is made under a uuid of the server, and what its number means is said by the server', async () => {
    const { status, json } = await post({ id: `${UUID}9`, interpretation: [{ coding: [{ code: 'N' }] }] });
    expect([status, json.id === `${UUID}9`, json.interpretation[0].coding[0].code]).toEqual([201, false, 'HH']);
    expect(held(json.id)?.values).toMatchObject({ valueNumeric: 41, person: jane, encounter, obsDatetime: Date.parse('2026-01-02T02:30:00Z') });
    expect(at.simulator.feedRows('observation').at(-1)?.tags).toBe('observation,CREATED');
  });

  it('is refused with 422 by what core asks of obs, and fails without a status or with another subject', async () => {
    const status = async (more: object) => (await post(more)).status;
    expect(await status({ valueQuantity: undefined })).toBe(422);
    expect(await status({ valueQuantity: { value: 99 } })).toBe(422);
    expect(await status({ effectiveDateTime: undefined })).toBe(422);
    expect(await status({ subject: { reference: `Patient/${UUID}8` } })).toBe(422);
    expect(await status({ code: { coding: [{ code: 'nothing' }] } })).toBe(422);
    expect(await status({ subject: { reference: `Group/${jane}` } })).toBe(500);
    expect(await status({ effectiveDateTime: undefined, effectivePeriod: { start: '2026-01-02' } })).toBe(500);
    expect(await status({ status: undefined })).toBe(500);
    expect(all()).toHaveLength(1);
  });

  it('belongs to no encounter that is not known', async () => {
    const { json } = await post({ encounter: { reference: `Encounter/${UUID}8` } });
    expect([json.encounter, held(json.id)?.values['encounter']]).toEqual([undefined, null]);
  });

  it('cannot be made a group: what is saved joins none (core ImmutableObsInterceptor)', async () => {
    const { status } = await post({
      code: { coding: [{ code: CARE.bloodPressure }] },
      valueQuantity: undefined,
      hasMember: [{ reference: `Observation/${UUID}1` }],
    });
    expect(status).toBe(500);
  });

  it('goes on under another uuid when PUT changes it, and under its own when nothing changes (FhirObservationServiceImpl, ObsServiceImpl)', async () => {
    const body = await shown(`${UUID}1`);
    const same = await at.fhir('PUT', `Observation/${UUID}1`, body);
    expect([same.status, same.json.id]).toEqual([200, `${UUID}1`]);
    const { status, json } = await at.fhir('PUT', `Observation/${UUID}1`, { ...body, valueQuantity: { value: 62 } });
    expect([status, json.id === `${UUID}1`, json.status, json.valueQuantity.value]).toEqual([200, false, 'amended', 62]);
    expect(held(`${UUID}1`)).toMatchObject({ gone: true, audit: { voidReason: 'Updated via the FHIR2 API' } });
    expect(held(json.id)?.values['previousVersion']).toBe(`${UUID}1`);
    expect((await at.fhir('GET', `Observation/${UUID}1`)).status).toBe(410);
  });

  it('keeps with PUT the value that the body leaves out, and loses the encounter', async () => {
    const { encounter: _, valueQuantity, ...body } = await shown(`${UUID}1`);
    expect(valueQuantity.value).toBe(61.5);
    const { json } = await at.fhir('PUT', `Observation/${UUID}1`, body);
    expect(held(json.id)?.values).toMatchObject({ valueNumeric: 61.5, encounter: null });
  });

  it('is voided by DELETE with its members', async () => {
    expect((await at.fhir('DELETE', `Observation/${UUID}1`)).status).toBe(200);
    expect(held(`${UUID}1`)).toMatchObject({ gone: true, audit: { voidReason: 'Voided via FHIR API' } });
  });

  it('is searched for by patient, encounter, concept and the moment it was made', async () => {
    at.pass(60);
    const { json } = await post();
    const found = async (query: string): Promise<string[]> =>
      ((await at.fhir('GET', `Observation?${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
    expect(await found(`patient=${jane}&encounter=Encounter/${encounter}`)).toEqual([`${UUID}1`, json.id]);
    expect(await found(`code=${CARE.temperature}`)).toEqual([json.id]);
    expect(await found('_lastUpdated=ge2026-01-02T03:05:00Z')).toEqual([json.id]);
    expect(await found('category=laboratory&date=2026-01-02T02:30:00Z')).toEqual([json.id]);
  });

  it('cannot be PUT in 1.3.0, which fails without a value', () =>
    withFhirBench({ profile: '2.3' }, async (old) => {
      const patient = old.simulator.clinician.addPatient(old.jane());
      const body = { ...observation(), subject: { reference: `Patient/${patient}` }, encounter: undefined };
      const { json } = await old.fhir('POST', 'Observation', body);
      expect([json.meta, (await old.fhir('PUT', `Observation/${json.id}`, json)).status]).toEqual([undefined, 400]);
      expect((await old.fhir('POST', 'Observation', { ...body, valueQuantity: undefined })).status).toBe(500);
    }));
});
