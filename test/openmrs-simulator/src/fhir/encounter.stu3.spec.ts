import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from '../index.js';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `FHIREncounterUtil`, `FHIRVisitUtil` and `EncounterStrategy` of openmrs-module-fhir 1.20.0. */
describe('an encounter of the legacy fhir module', () => {
  let at: FhirBench;
  let jane: string;
  let stay: string;
  beforeEach(async () => {
    at = await fhirBench({ profile: '2.1-old' });
    jane = at.simulator.clinician.addPatient(at.jane());
    stay = at.simulator.clinician.care.startVisit({
      patient: jane,
      visitType: CARE.facilityVisit,
      startDatetime: '2026-01-02T01:00:00.000+0000',
      location: at.clinic,
    });
  });
  afterEach(() => at.simulator.stop());

  const part = (provider: string, uuid: string) => ({
    extension: [
      { url: 'encounterProviderUuid', valueString: uuid },
      { url: 'encounterRoleUuid', valueString: CARE.clinicianRole },
    ],
    individual: { reference: `Practitioner/${provider}` },
  });
  const body = (more: object = {}) => ({
    resourceType: 'Encounter',
    status: 'finished',
    type: [{ coding: [{ display: 'Vitals', userSelected: false }] }],
    subject: { id: jane, reference: `Patient/${jane}` },
    period: { start: '2026-01-02T02:00:00Z' },
    location: [{ location: { reference: `Location/${at.clinic}` } }],
    partOf: { reference: `Encounter/${stay}` },
    participant: [part(CARE.doctor, `${UUID}8`)],
    ...more,
  });
  const put = (more: object = {}, id = `${UUID}1`) => at.stu3('PUT', `Encounter/${id}`, { id, ...body(more) });
  const held = (uuid = `${UUID}1`) => at.simulator.state().encounters.find((one) => one.uuid === uuid);
  const visits = () => at.simulator.state().visits;
  const shown = async (uuid = `${UUID}1`) => (await at.stu3('GET', `Encounter/${uuid}`)).json;

  it('is made of its type by name, its visit, and the uuids of who took part', async () => {
    expect((await put()).status).toBe(200);
    expect(held()?.values).toMatchObject({ encounterType: CARE.vitals, visit: stay, location: at.clinic, patient: jane });
    const { extension, participant, ...json } = await shown();
    const period = { start: '2026-01-02T02:00:00+00:00', end: '2026-01-02T02:00:00+00:00' };
    expect(json).toEqual({
      resourceType: 'Encounter',
      id: `${UUID}1`,
      status: 'finished',
      type: [{ coding: [{ display: 'Vitals', userSelected: false }] }],
      subject: { id: jane, reference: `Patient/${jane}`, display: 'Jane Doe(Identifier:JANE-1)' },
      period,
      location: [{ location: { reference: `Location/${at.clinic}`, display: 'Clinic' }, period }],
      partOf: { reference: `Encounter/${stay}`, display: expect.any(String) },
    });
    expect(participant[0].extension).toContainEqual({ url: 'encounterProviderUuid', valueString: `${UUID}8` });
    expect(participant[0].individual.reference).toBe(`Practitioner/${CARE.doctor}`);
  });

  it('is not made without a visit: 500 where none is named, 422 where it is not known', async () => {
    expect((await put({ partOf: undefined })).status).toBe(500);
    const { status, json } = await put({ partOf: { reference: `Encounter/${UUID}7` } });
    expect([status, json.issue[0].diagnostics, held()]).toEqual([422, expect.stringContaining('No Encounters found for id'), undefined]);
  });

  it('is not made of a participant without a uuid of its own: 500', async () => {
    const { individual } = part(CARE.doctor, `${UUID}8`);
    expect((await put({ participant: [{ individual }] })).status).toBe(500);
  });

  it('loses its visit by a PUT, and who took part in that role is replaced by whom it names (Encounter.setProvider)', async () => {
    await put();
    expect((await put({ participant: [part(CARE.nurse, `${UUID}7`)] })).status).toBe(200);
    expect(held()?.values['visit'] ?? null).toBeNull();
    const { participant } = await shown();
    const isVoided = ({ extension }: { extension: { url: string }[] }) => extension.some(({ url }) => url === 'voided');
    expect(participant.map((one: { individual: { reference: string }; extension: { url: string }[] }) => [one.individual.reference, isVoided(one)])).toEqual([
      [`Practitioner/${CARE.doctor}`, true],
      [`Practitioner/${CARE.nurse}`, false],
    ]);
  });

  it('is refused without a patient known by the id of the element, and of a type that is not known', async () => {
    expect((await put({ subject: { reference: `Patient/${jane}` } })).status).toBe(422);
    expect((await put({ type: [{ coding: [{ display: 'Nope' }] }] })).status).toBe(500);
    await put();
    expect((await put({ type: [{ coding: [{ display: 'Nope' }] }] })).status).toBe(422);
  });

  it('that is a visit goes by the local id of its type, and ends the visits that are open', async () => {
    const { type } = await shown(stay);
    expect(type[0].coding[0]).toMatchObject({ system: CARE.facilityVisit, code: expect.stringMatching(/^\d+$/), userSelected: true });
    expect((await put({ type, period: { start: '2026-01-02T03:00:00Z' }, partOf: undefined }, `${UUID}2`)).status).toBe(200);
    expect(visits().map(({ uuid, values }) => [uuid, (values['stopDatetime'] ?? null) === null])).toEqual([
      [stay, false],
      [`${UUID}2`, true],
    ]);
    const unnumbered = [{ coding: [{ system: CARE.facilityVisit, userSelected: true }] }];
    expect((await put({ type: unnumbered }, `${UUID}3`)).status).toBe(500);
  });

  it('is voided by DELETE, and so is a visit', async () => {
    await put();
    expect((await at.stu3('DELETE', `Encounter/${UUID}1`)).status).toBe(204);
    expect((await at.stu3('DELETE', `Encounter/${stay}`)).status).toBe(204);
    expect([held()?.gone, visits()[0]?.gone]).toEqual([true, true]);
    expect((await at.stu3('GET', `Encounter/${UUID}1`)).status).toBe(404);
    expect((await at.stu3('DELETE', `Encounter/${UUID}9`)).status).toBe(404);
  });

  it('is found by an identifier of the patient, the visits behind it, and by its id though it is voided', async () => {
    await put();
    const ids = async (query: string) =>
      ((await at.stu3('GET', `Encounter?${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
    expect(await ids('patient.identifier=JANE-1')).toEqual([`${UUID}1`, stay]);
    await at.stu3('DELETE', `Encounter/${UUID}1`);
    expect([await ids('patient=JANE-1'), await ids(`_id=${UUID}1`)]).toEqual([[stay], [`${UUID}1`]]);
  });
});
