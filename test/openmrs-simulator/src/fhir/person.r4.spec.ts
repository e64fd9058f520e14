import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `PersonTranslatorImpl` and `FhirPersonDaoImpl` of openmrs-module-fhir2 4.2.0. */
describe('a person of fhir2', () => {
  let at: FhirBench;
  let jane: string;
  let joe: string;
  beforeEach(async () => {
    at = await fhirBench();
    jane = at.simulator.clinician.addPatient(at.jane());
    joe = at.simulator.clinician.addPerson({ gender: 'M', names: [{ uuid: `${UUID}1`, givenName: 'Joe', familyName: 'Roe' }] });
  });
  afterEach(() => at.simulator.stop());

  const person = (uuid: string) => at.simulator.state().people.find((one) => one.uuid === uuid);
  const put = (uuid: string, body: object) => at.fhir('PUT', `Person/${uuid}`, { resourceType: 'Person', id: uuid, ...body });

  it('that is a patient is both, and says so', async () => {
    const shown = (await at.fhir('GET', `Person/${jane}`)).json;
    expect(shown.link).toEqual([{ target: { reference: `Patient/${jane}`, type: 'Patient', display: 'Jane Doe (OpenMRS ID: JANE-1)' } }]);
    expect((await at.fhir('GET', 'Person')).json.total).toBe(2);
    expect((await at.fhir('GET', `Person/${joe}`)).json.link).toBeUndefined();
    expect((await at.fhir('GET', `Patient/${joe}`)).status).toBe(404);
  });

  it('shows neither identifiers, telephones nor death, and is always active', async () => {
    const { active, identifier, telecom, deceasedBoolean, gender } = (await at.fhir('GET', `Person/${jane}`)).json;
    expect([active, identifier, telecom, deceasedBoolean, gender]).toEqual([true, undefined, undefined, undefined, 'female']);
  });

  it('drops names whose id it knows and adds those without', async () => {
    await put(joe, { name: [{ id: `${UUID}1`, family: 'Poe' }] });
    expect(person(joe)?.names[0]?.values['familyName']).toBe('Roe');
    await put(joe, { name: [{ family: 'Poe', given: ['Jo'] }] });
    expect(person(joe)?.names).toHaveLength(2);
  });

  it('is made under a uuid of the server, changed and told of as a person', async () => {
    const made = await at.fhir('POST', 'Person', { resourceType: 'Person', id: `${UUID}9`, gender: 'male', name: [{ family: 'Poe', given: ['Jo'] }] });
    expect([made.status, made.json.id === `${UUID}9`, person(made.json.id)?.isPatient]).toEqual([201, false, false]);
    expect(at.simulator.feedRows('person').at(-1)?.tags).toBe('person,CREATED');
    expect((await put(made.json.id, { gender: 'other', birthDate: '2000' })).json).toMatchObject({ gender: 'other', birthDate: '2000' });
    expect((await at.fhir('POST', 'Person', { resourceType: 'Person', gender: 'male' })).status).toBe(422);
  });

  it('is voided by DELETE, a patient with it, and gone then', async () => {
    await at.fhir('DELETE', `Person/${jane}`);
    expect([person(jane)?.gone, (await at.fhir('GET', `Person/${jane}`)).status, (await at.fhir('GET', `Patient/${jane}`)).status]).toEqual([true, 410, 410]);
    expect((await at.fhir('GET', 'Person')).json.total).toBe(1);
  });
});
