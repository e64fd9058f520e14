import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CARE } from '../index.js';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `FHIRPractitionerUtil` and `PractitionerStrategy` of openmrs-module-fhir 1.20.0. */
describe('a practitioner of the legacy fhir module', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench({ profile: '2.1-old' });
  });
  afterEach(() => at.simulator.stop());

  const body = (more: object = {}) => ({
    resourceType: 'Practitioner',
    identifier: [{ value: 'DOC-9' }],
    name: [{ use: 'usual', family: 'Okello', given: ['Grace'] }],
    gender: 'female',
    birthDate: '1980-01-01',
    ...more,
  });
  const put = (id: string, more: object = {}) => at.stu3('PUT', `Practitioner/${id}`, { id, ...body(more) });
  const provider = (uuid: string) => at.simulator.metadata('provider').find((one) => one.uuid === uuid)?.values;

  it('is made under the id of a PUT, with a person of its own, and of the next one that is alike with the same', async () => {
    expect((await put(`${UUID}1`)).status).toBe(200);
    const { person, identifier } = provider(`${UUID}1`) ?? {};
    expect([identifier, at.simulator.state().people.find(({ uuid }) => uuid === person)?.names[0]?.values['familyName']]).toEqual(['DOC-9', 'Okello']);
    await put(`${UUID}2`, { identifier: [{ value: 'DOC-10' }] });
    expect(provider(`${UUID}2`)?.['person']).toBe(person);
    expect((await at.stu3('GET', `Practitioner/${UUID}1`)).json).toEqual({
      resourceType: 'Practitioner',
      id: `${UUID}1`,
      identifier: [{ value: 'DOC-9' }],
      name: [{ use: 'usual', family: 'Okello', given: ['Grace'] }],
      gender: 'female',
      birthDate: '1980-01-01',
    });
  });

  it('is a name alone where its own is not whole', async () => {
    await put(`${UUID}1`, { name: [{ family: 'Okello' }], gender: undefined });
    expect(provider(`${UUID}1`)).toMatchObject({ name: 'Okello', identifier: 'DOC-9' });
    expect((await put(`${UUID}2`, { gender: undefined })).status).toBe(500);
  });

  it('whose person has a name cannot be written onto: 500, while who has none gets one', async () => {
    await put(`${UUID}1`);
    expect((await put(`${UUID}1`)).status).toBe(500);
    expect((await put(CARE.nurse, { identifier: [{ value: 'NURSE-9' }] })).status).toBe(200);
    const person = at.simulator.state().people.find(({ uuid }) => uuid === provider(CARE.nurse)?.['person']);
    expect([provider(CARE.nurse)?.['identifier'], person?.names[0]?.values['givenName']]).toEqual(['NURSE-9', 'Grace']);
  });

  it('is found by its identifier, and taken away by none', async () => {
    expect((await at.stu3('GET', 'Practitioner?identifier=DOC-1')).json.entry[0].resource.id).toBe(CARE.doctor);
    expect((await at.stu3('DELETE', `Practitioner/${CARE.doctor}`)).status).toBe(400);
  });
});
