import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from '../index.js';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `PractitionerTranslatorProviderImpl`, `FhirPractitionerServiceImpl` of openmrs-module-fhir2 4.2.0. */
describe('a practitioner of fhir2', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench();
  });
  afterEach(() => at.simulator.stop());

  const found = async (query = ''): Promise<string[]> =>
    ((await at.fhir('GET', `Practitioner${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
  const provider = (uuid: string) => at.simulator.metadata('provider').find((one) => one.uuid === uuid);

  it('is a provider, or where none has that uuid a user', async () => {
    expect((await at.fhir('GET', `Practitioner/${CARE.doctor}`)).json).toMatchObject({
      identifier: [{ system: 'http://fhir.openmrs.org/ext/provider/identifier', value: 'DOC-1' }],
      active: true,
    });
    const admin = at.simulator.accounts.find('admin')?.uuid ?? '';
    const { identifier, active, meta } = (await at.fhir('GET', `Practitioner/${admin}`)).json;
    expect([identifier, active, meta]).toEqual([[{ system: 'http://fhir.openmrs.org/ext/user/identifier', value: 'admin' }], undefined, undefined]);
    expect((await at.fhir('GET', `Practitioner/${UUID}9`)).status).toBe(404);
  });

  it('is found with all users behind it, whatever is asked for', async () => {
    const users = at.simulator.accounts.all().map(({ uuid }) => uuid);
    expect(await found('?identifier=DOC-1')).toEqual([CARE.doctor, ...users]);
    expect(await found('?_lastUpdated=ge2030-01-01')).toEqual(users);
  });

  it('is made with a person of its own, and not without an identifier', async () => {
    const body = { resourceType: 'Practitioner', id: `${UUID}1`, name: [{ id: `${UUID}2`, family: 'Okello', given: ['Grace'] }], gender: 'female' };
    expect((await at.fhir('POST', 'Practitioner', body)).status).toBe(422);
    const { status, json } = await at.fhir('POST', 'Practitioner', { ...body, identifier: [{ value: 'DOC-9' }] });
    expect([status, json.id === `${UUID}1`, json.name[0].family]).toEqual([201, false, 'Okello']);
    const person = at.simulator.state().people.find(({ uuid }) => uuid === provider(json.id)?.values['person']);
    expect([person?.isPatient, person?.values['gender'], person?.names[0]?.uuid]).toEqual([false, 'F', `${UUID}2`]);
  });

  it('gets a person with the first PUT that it had none, and loses the identifier that the body leaves out', async () => {
    await at.fhir('PUT', `Practitioner/${CARE.nurse}`, { resourceType: 'Practitioner', id: CARE.nurse, name: [{ family: 'Were', given: ['Peter'] }] });
    expect(provider(CARE.nurse)?.values).toMatchObject({ identifier: null, person: at.simulator.state().people[0]?.uuid });
  });

  it('is retired by DELETE', async () => {
    await at.fhir('DELETE', `Practitioner/${CARE.nurse}`);
    expect([provider(CARE.nurse)?.gone, (await at.fhir('GET', `Practitioner/${CARE.nurse}`)).status]).toEqual([true, 410]);
  });
});

describe('a related person of fhir2 (RelatedPersonTranslatorImpl 4.2.0)', () => {
  let at: FhirBench;
  let jane: string;
  let joe: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
    joe = at.simulator.clinician.addPerson({ gender: 'M', names: [{ givenName: 'Joe', familyName: 'Doe' }] });
  });
  afterEach(() => at.simulator.stop());

  const relate = async (more: object = {}): Promise<string> =>
    (await at.call('POST', 'relationship', { personA: joe, personB: jane, relationshipType: CARE.parentOf, ...more })).json.uuid;

  it('is person A of a relationship, without its type and without a date of change', async () => {
    const uuid = await relate({ startDate: '2020-01-01' });
    const { text: _, ...json } = (await at.fhir('GET', `RelatedPerson/${uuid}`)).json;
    expect(json).toEqual({
      resourceType: 'RelatedPerson',
      id: uuid,
      identifier: [{ system: 'RelatedPerson', value: `Person/${joe}` }],
      active: true,
      patient: { reference: `Patient/${jane}`, type: 'Patient', display: 'Jane Doe (OpenMRS ID: JANE-1)' },
      name: [expect.objectContaining({ family: 'Doe', given: ['Joe'] })],
      gender: 'male',
      period: { start: '2020-01-01T00:00:00+00:00' },
    });
  });

  it('fails, and every search with it, where it begins in the future and has no end', async () => {
    const uuid = await relate();
    at.simulator.seedRow('relationship', `${UUID}1`, { personA: joe, personB: jane, relationshipType: CARE.parentOf, startDate: Date.parse('2030-01-01') });
    expect((await at.fhir('GET', `RelatedPerson/${UUID}1`)).status).toBe(500);
    expect((await at.fhir('GET', 'RelatedPerson')).status).toBe(500);
    expect((await at.fhir('GET', `RelatedPerson/${uuid}`)).status).toBe(200);
  });

  it('cannot be written', async () => {
    const uuid = await relate();
    const body = (await at.fhir('GET', `RelatedPerson/${uuid}`)).json;
    const status = async (method: string, path: string) => (await at.fhir(method, path, body)).status;
    expect([await status('PUT', `RelatedPerson/${uuid}`), await status('POST', 'RelatedPerson'), await status('DELETE', `RelatedPerson/${uuid}`)]).toEqual([
      400, 400, 400,
    ]);
  });
});
