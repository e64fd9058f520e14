import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';
const TYPE = 'http://fhir.openmrs.org/code-system/encounter-type';
const VISIT_TYPE = 'http://fhir.openmrs.org/code-system/visit-type';

/** `EncounterTranslatorImpl`, `VisitTranslatorImpl` and `FhirEncounterServiceImpl` of openmrs-module-fhir2 4.2.0, where no other source is named. */
describe('an encounter of fhir2', () => {
  let at: FhirBench;
  let jane: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const visit = () =>
    at.simulator.clinician.care.startVisit({
      patient: jane,
      visitType: CARE.facilityVisit,
      startDatetime: '2026-01-02T01:00:00.000+0000',
      location: at.clinic,
    });
  const vitals = (more: object = {}) =>
    at.simulator.clinician.care.recordEncounter(
      at.vitals(jane, [{ concept: CARE.weight, value: 61.5 }], { encounterProviders: [{ provider: CARE.doctor, encounterRole: CARE.clinicianRole }], ...more }),
    );
  const held = (uuid: string) => at.simulator.state().encounters.find((one) => one.uuid === uuid);
  const shown = async (uuid: string) => (await at.fhir('GET', `Encounter/${uuid}`)).json;
  const put = (uuid: string, body: object) => at.fhir('PUT', `Encounter/${uuid}`, { resourceType: 'Encounter', id: uuid, ...body });
  const encounter = (more: object = {}) => ({
    resourceType: 'Encounter',
    type: [{ coding: [{ system: TYPE, code: CARE.vitals }] }],
    subject: { reference: `Patient/${jane}` },
    period: { start: '2026-01-02T02:00:00Z' },
    ...more,
  });

  it('is shown with its visit, its providers and its place, and without its form and its roles', async () => {
    const stay = visit();
    const uuid = vitals({ visit: stay });
    const { text, ...json } = await shown(uuid);
    expect(json).toEqual({
      resourceType: 'Encounter',
      id: uuid,
      meta: {
        versionId: '1767323045000',
        lastUpdated: '2026-01-02T03:04:05.000+00:00',
        tag: [{ system: 'http://fhir.openmrs.org/ext/encounter-tag', code: 'encounter', display: 'Encounter' }],
      },
      status: 'unknown',
      class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
      type: [{ coding: [{ system: TYPE, code: CARE.vitals, display: 'Vitals' }] }],
      subject: { reference: `Patient/${jane}`, type: 'Patient', display: 'Jane Doe (OpenMRS ID: JANE-1)' },
      participant: [{ individual: { reference: `Practitioner/${CARE.doctor}`, type: 'Practitioner', identifier: { value: 'DOC-1' } } }],
      period: { start: '2026-01-02T02:00:00+00:00' },
      location: [{ location: { reference: `Location/${at.clinic}`, type: 'Location', display: 'Clinic' } }],
      partOf: { reference: `Encounter/${stay}`, type: 'Encounter' },
    });
    expect(text.status).toBe('generated');
  });

  it('is a visit too, which a tag tells apart and which comes first in a search', async () => {
    const stay = visit();
    const uuid = vitals({ visit: stay });
    const json = await shown(stay);
    expect([json.meta.tag[0].code, json.type[0].coding[0], json.period]).toEqual([
      'visit',
      { system: VISIT_TYPE, code: CARE.facilityVisit, display: 'Facility Visit' },
      { start: '2026-01-02T01:00:00+00:00' },
    ]);
    const found = async (query: string): Promise<string[]> =>
      ((await at.fhir('GET', `Encounter?${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
    expect(await found(`patient=${jane}`)).toEqual([stay, uuid]);
    expect(await found('_tag=encounter')).toEqual([uuid]);
    expect(await found('_tag=http://fhir.openmrs.org/ext/encounter-tag%7Cvisit')).toEqual([stay]);
    expect(await found(`participant=${CARE.doctor}&type=${CARE.vitals}&date=ge2026-01-02`)).toEqual([uuid]);
  });

  it('is made under a uuid of the server, in no visit that it does not name, with the role that is unknown', async () => {
    visit();
    const participant = [{ individual: { reference: `Practitioner/${CARE.doctor}` } }];
    const { status, json } = await at.fhir('POST', 'Encounter', encounter({ id: `${UUID}9`, participant }));
    expect([status, json.id === `${UUID}9`, held(json.id)?.values['visit']]).toEqual([201, false, null]);
    expect(held(json.id)?.providers.map(({ values }) => values)).toEqual([{ provider: CARE.doctor, encounterRole: CARE.unknownRole }]);
    expect(at.simulator.feedRows('encounter').at(-1)?.tags).toBe('encounter,CREATED');
  });

  it('is of a kind that its type’s system tells, or refused (FhirUtils.getOpenmrsEncounterType)', async () => {
    const status = async (more: object) => (await at.fhir('POST', 'Encounter', encounter(more))).status;
    const [one, other] = [
      { system: TYPE, code: CARE.vitals },
      { system: VISIT_TYPE, code: CARE.facilityVisit },
    ];
    expect(await status({ type: undefined })).toBe(400);
    expect(await status({ type: [{ coding: [one, other] }] })).toBe(400);
    expect(await status({ type: [{ coding: [{ code: CARE.vitals }] }] })).toBe(400);
    expect(await status({ type: [{ coding: [{ system: TYPE, code: 'nothing' }] }] })).toBe(422);
    expect(await status({ type: [{ coding: [other] }] })).toBe(201);
    expect([at.simulator.state().visits.length, at.simulator.state().encounters.length]).toEqual([1, 0]);
  });

  it('loses with PUT the visit and the place that the body leaves out, and is refused without its patient', async () => {
    const uuid = vitals({ visit: visit() });
    expect((await put(uuid, encounter())).status).toBe(200);
    expect(held(uuid)?.values).toMatchObject({ visit: null, location: null, encounterDatetime: Date.parse('2026-01-02T02:00:00Z') });
    expect((await put(uuid, encounter({ subject: undefined }))).status).toBe(422);
  });

  it('gets each of its providers once more with every PUT, for core deletes none that is left out (Encounter.encounterProviders)', async () => {
    const uuid = vitals();
    await put(uuid, { ...(await shown(uuid)) });
    expect(held(uuid)?.providers.map(({ values }) => values['encounterRole'])).toEqual([CARE.clinicianRole, CARE.unknownRole]);
    await put(uuid, encounter());
    expect(held(uuid)?.providers).toHaveLength(2);
    expect((await put(uuid, encounter({ participant: [{ individual: { reference: `Practitioner/${UUID}9` } }] }))).status).toBe(500);
  });

  it('does not take its obs along to another time', async () => {
    const uuid = vitals();
    const before = held(uuid)?.obs;
    await put(uuid, encounter({ period: { start: '2026-01-02T01:30:00Z' } }));
    expect([held(uuid)?.values['encounterDatetime'], held(uuid)?.obs]).toEqual([Date.parse('2026-01-02T01:30:00Z'), before]);
  });

  it('that is a visit ends and keeps its end with PUT, and is not known as the other kind', async () => {
    const stay = visit();
    const type = [{ coding: [{ system: VISIT_TYPE, code: CARE.facilityVisit }] }];
    await put(stay, encounter({ type, period: { start: '2026-01-02T01:00:00Z', end: '2026-01-02T03:00:00Z' } }));
    await put(stay, encounter({ type, period: { start: '2026-01-02T01:10:00Z' } }));
    const [row] = at.simulator.state().visits;
    expect(row?.values).toMatchObject({ startDatetime: Date.parse('2026-01-02T01:10:00Z'), stopDatetime: Date.parse('2026-01-02T03:00:00Z'), location: null });
    expect((await put(stay, encounter())).status).toBe(404);
  });

  it('is voided by DELETE with its obs, and a visit with its encounters', async () => {
    const stay = visit();
    const uuid = vitals({ visit: stay });
    await at.fhir('DELETE', `Encounter/${stay}`);
    expect([held(uuid)?.gone, held(uuid)?.obs[0]?.gone, at.simulator.state().visits[0]?.gone]).toEqual([true, true, true]);
    expect([(await at.fhir('GET', `Encounter/${stay}`)).status, (await at.fhir('GET', `Encounter/${uuid}`)).status]).toEqual([410, 410]);
  });

  it('takes no provider in 1.3.0, and shows no place of a visit', () =>
    withFhirBench({ profile: '2.3' }, async (old) => {
      const patient = old.simulator.clinician.addPatient(old.jane());
      const subject = { reference: `Patient/${patient}` };
      const participant = [{ individual: { reference: `Practitioner/${CARE.doctor}` } }];
      expect((await old.fhir('POST', 'Encounter', encounter({ subject, participant }))).status).toBe(500);
      expect((await old.fhir('POST', 'Encounter', encounter({ subject }))).status).toBe(201);
      const stay = old.simulator.clinician.care.startVisit({ patient, visitType: CARE.facilityVisit, location: old.clinic });
      expect((await old.fhir('GET', `Encounter/${stay}`)).json.location).toBeUndefined();
    }));
});
