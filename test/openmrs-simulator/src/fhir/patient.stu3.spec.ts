import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { PersonState } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';
const JANE = `${UUID}0`;

/** `FHIRPatientUtil`, `PatientStrategy` and their like of openmrs-module-fhir 1.20.0, where no other source is named. */
describe('a patient of the legacy fhir module', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench({ profile: '2.1-old' });
  });
  afterEach(() => at.simulator.stop());

  const body = (more: object = {}) => ({
    resourceType: 'Patient',
    identifier: [{ id: `${UUID}1`, use: 'usual', system: 'OpenMRS ID', value: 'JANE-1' }],
    active: true,
    name: [{ id: `${UUID}2`, use: 'usual', family: 'Doe', given: ['Jane', 'Q'] }],
    gender: 'female',
    birthDate: '1985-05-12',
    deceasedBoolean: false,
    ...more,
  });
  const put = (more: object = {}, id = JANE) => at.stu3('PUT', `Patient/${id}`, { id, ...body(more) });
  const person = (uuid = JANE) => at.simulator.state().people.find((one) => one.uuid === uuid) as PersonState;
  const shown = async (uuid = JANE) => (await at.stu3('GET', `Patient/${uuid}`)).json;

  it('is made under the id of a PUT, whose answer is empty and says 200 (HAPI 4.0.3)', async () => {
    const { status, text, headers } = await put();
    expect([status, text]).toEqual([200, '']);
    expect(headers.get('location')).toMatch(new RegExp(`/ws/fhir/Patient/${JANE}$`));
    expect(person().names[0]).toMatchObject({ uuid: `${UUID}2`, values: { givenName: 'Jane', middleName: 'Q', preferred: true } });
    expect(at.simulator.feedRows().at(-1)?.tags).toBe('patient,CREATED');
  });

  it('is made under a uuid of the server by POST', async () => {
    const { status, headers } = await at.stu3('POST', 'Patient', { id: JANE, ...body() });
    const made = headers.get('location')?.split('/').at(-1) ?? '';
    expect([status, made === JANE, person(made).isPatient]).toEqual([201, false, true]);
  });

  it('has no identifier preferred by its use, so that core marks a single one and refuses several (FHIRIdentifierUtil; PatientValidator)', async () => {
    const single = { id: `${UUID}1`, use: 'secondary', system: 'OpenMRS ID', value: 'JANE-1' };
    const several = await put({ identifier: [single, { id: `${UUID}5`, use: 'usual', system: 'National ID', value: 'N-2' }] });
    expect([several.status, several.json.issue[0].diagnostics]).toEqual([422, expect.stringContaining('Select a preferred identifier')]);
    await put({ identifier: [single] });
    const location = at.simulator.state().locations[0]?.uuid;
    expect(person().identifiers[0]?.values).toMatchObject({ preferred: true, location });
    expect((await shown()).identifier).toEqual([{ ...single, use: 'usual' }]);
  });

  it('is shown with the extensions of its record, and without a time of its own', async () => {
    await put();
    const { extension, meta, active, deceasedBoolean, name } = await shown();
    expect(extension).toEqual([
      { url: 'http://fhir-es.transcendinsights.com/stu3/StructureDefinition/resource-date-created', valueDateTime: '2026-01-02T03:04:05+00:00' },
      { url: 'https://purl.org/elab/fhir/StructureDefinition/Creator-crew-version1', valueString: 'admin' },
    ]);
    expect([meta, active, deceasedBoolean]).toEqual([undefined, true, false]);
    expect(name).toEqual([{ id: `${UUID}2`, use: 'usual', family: 'Doe', given: ['Jane', 'Q'] }]);
  });

  it('keeps of a name its middle name, whatever a PUT says, and what the PUT leaves out', async () => {
    await put({ address: [{ id: `${UUID}3`, use: 'home', city: 'Kapina' }] });
    await put({ name: [{ id: `${UUID}2`, use: 'usual', family: 'Roe', given: ['Jane', 'X'] }] });
    expect(person().names.map(({ values }) => [values['familyName'], values['middleName']])).toEqual([['Roe', 'Q']]);
    expect(person().addresses.map(({ values }) => values['cityVillage'])).toEqual(['Kapina']);
    await put({ name: [{ id: `${UUID}4`, use: 'usual', family: 'New', given: ['Jane'] }] });
    expect(person().names.map(({ uuid, values }) => [uuid, values['preferred']])).toEqual([
      [`${UUID}4`, true],
      [`${UUID}2`, false],
    ]);
  });

  it('is voided by a PUT without `active`, and not there from then on but for one that says it is active', async () => {
    await put();
    await put({ active: undefined });
    expect(person()).toMatchObject({ gone: true, audit: { voidReason: 'Voided by FHIR request' } });
    expect((await at.stu3('GET', `Patient/${JANE}`)).status).toBe(404);
    expect((await put()).status).toBe(200);
    expect(person().gone).toBe(false);
  });

  it.each([
    ['deceased', { deceasedBoolean: undefined }],
    ['the use of an identifier', { identifier: [{ system: 'OpenMRS ID', value: 'JANE-1' }] }],
    ['the use of an address', { address: [{ city: 'Kapina' }] }],
    ['the element id of a prefix', { name: [{ family: 'Doe', given: ['Jane'], prefix: ['Ms'] }] }],
  ])('lets Java fall without %s: 500', async (_, more) => {
    const { status, json } = await put(more);
    expect([status, json.resourceType, person()]).toEqual([500, 'OperationOutcome', undefined]);
    expect(json.issue[0].diagnostics).toContain('NullPointerException');
  });

  it('is refused with all that it lacks: 422 (checkGeneratorErrorList)', async () => {
    const { status, json } = await put({ identifier: [], name: [], gender: 'other' });
    expect([status, json.issue[0].diagnostics]).toEqual([
      422,
      [
        'The request cannot be processed due to following issues ',
        '1 : Identifiers cannot be empty',
        '2 : Name cannot be empty',
        '3 : Person should have at least one name with family name and given name',
        '4 : Gender cannot be empty',
      ].join('\n'),
    ]);
    const unknown = await put({ identifier: [{ use: 'usual', system: 'Nope', value: '1' }] });
    expect([unknown.status, unknown.json.issue[0].diagnostics]).toEqual([422, expect.stringContaining("PatientIdentifierType with the name 'Nope'")]);
  });

  it('shows voided names too, which none can tell apart (FHIRHumanNameUtil.buildHumanName)', async () => {
    await put();
    await put({ name: [{ id: `${UUID}4`, use: 'usual', family: 'New', given: ['Jane'] }] });
    await at.call('DELETE', `person/${JANE}/name/${UUID}2`);
    expect((await shown()).name.map(({ id, use }: { id: string; use: string }) => [id, use])).toEqual([
      [`${UUID}4`, 'usual'],
      [`${UUID}2`, 'old'],
    ]);
  });

  it('is voided by DELETE: 204', async () => {
    await put();
    expect((await at.stu3('DELETE', `Patient/${JANE}`)).status).toBe(204);
    expect(person().gone).toBe(true);
    expect((await at.stu3('DELETE', `Patient/${UUID}9`)).status).toBe(404);
  });

  it('comes with all others at once, in no pages', async () => {
    for (let i = 0; i < 12; i++) at.simulator.clinician.addPatient(at.jane(`JANE-${i}`));
    const { json } = await at.stu3('GET', 'Patient?active=true&_count=5');
    expect([json.type, json.total, json.entry.length, json.link.map(({ relation }: { relation: string }) => relation)]).toEqual([
      'searchset',
      12,
      12,
      ['self'],
    ]);
    expect((await at.stu3('GET', 'Patient?identifier=JANE-3')).json.total).toBe(1);
    expect((await at.stu3('GET', 'Patient?_lastUpdated=ge2020-01-01')).status).toBe(400);
    expect((await at.stu3('GET', 'Patient')).status).toBe(400);
  });

  it('is for those alone who log in, and in no session that has ended (AuthorizationFilter)', async () => {
    const anonymous = await fetch(`${at.simulator.baseUrl}/ws/fhir/Patient?active=true`);
    expect([anonymous.status, await anonymous.text()]).toEqual([401, expect.stringContaining('Not authenticated')]);
    const stale = await at.stu3('GET', 'Patient?active=true', undefined, { cookie: 'JSESSIONID=0123456789ABCDEF' });
    expect([stale.status, stale.text]).toEqual([403, expect.stringContaining('Session timed out')]);
    const wrong = await at.stu3('GET', 'Patient?active=true', undefined, { authorization: `Basic ${Buffer.from('admin:no').toString('base64')}` });
    expect(wrong.status).toBe(500);
  });

  it('is nowhere on sites without the module', () =>
    withFhirBench({ profile: '2.1-old', fhir: false }, async (other) => {
      expect((await other.stu3('GET', 'Patient?active=true')).status).toBe(404);
    }));

  it('is there on 1.12 too, and not under the address of fhir2', () =>
    withFhirBench({ profile: '1.12' }, async (other) => {
      const uuid = other.simulator.clinician.addPatient(other.jane());
      expect((await other.stu3('GET', `Patient/${uuid}`)).json).toMatchObject({ resourceType: 'Patient', id: uuid });
      expect((await other.fhir('GET', `Patient/${uuid}`)).status).toBe(404);
    }));
});
