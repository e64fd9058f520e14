import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type FhirBench, fhirBench } from './fhir.bench.js';

const UUID = '99999999-0000-4000-8000-00000000000';

/** `FHIRLocationUtil` and `LocationStrategy` of openmrs-module-fhir 1.20.0. */
describe('a location of the legacy fhir module', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench({ profile: '2.1-old' });
  });
  afterEach(() => at.simulator.stop());

  const body = (more: object = {}) => ({ resourceType: 'Location', status: 'active', name: 'Ward', ...more });
  const put = (id: string, more: object = {}) => at.stu3('PUT', `Location/${id}`, { id, ...body(more) });
  const uuidOf = ({ headers }: { headers: Headers }) => headers.get('location')?.split('/').at(-1) ?? '';
  const held = (uuid: string) => at.simulator.state().locations.find((one) => one.uuid === uuid);

  it('gets a uuid of the server, one more with each PUT of an id that is not known', async () => {
    const [first, second] = [uuidOf(await put(`${UUID}1`)), uuidOf(await put(`${UUID}1`, { name: 'Ward 2' }))];
    expect([held(`${UUID}1`), held(first)?.values['name'], held(second)?.values['name']]).toEqual([undefined, 'Ward', 'Ward 2']);
  });

  it('knows its parent by the id of the element alone, and keeps it where a PUT names none', async () => {
    const byReference = uuidOf(await put(`${UUID}1`, { partOf: { reference: `Location/${at.clinic}` } }));
    expect(held(byReference)?.values['parentLocation'] ?? null).toBeNull();
    const byId = uuidOf(await put(`${UUID}2`, { name: 'Room', partOf: { id: at.clinic, reference: `Location/${at.clinic}` } }));
    await put(byId, { name: 'Room 2' });
    expect(held(byId)?.values).toMatchObject({ name: 'Room 2', parentLocation: at.clinic });
    expect((await at.stu3('GET', `Location/${byId}`)).json).toMatchObject({
      status: 'active',
      partOf: { reference: `Location/${at.clinic}`, display: 'Clinic' },
    });
  });

  it('loses what a PUT leaves out, but for the lines of the address and where it is', async () => {
    const uuid = uuidOf(
      await put(`${UUID}1`, { description: 'Beds', address: { line: ['Plot 1'], city: 'Kapina' }, position: { longitude: 34.5, latitude: 0.5 } }),
    );
    await put(uuid);
    const { description, cityVillage, address1, latitude } = held(uuid)?.values ?? {};
    expect([description, cityVillage, address1, latitude]).toEqual([null, null, 'Plot 1', '0.5']);
  });

  it('is not retired by its status: 422, and over none Java falls: 500', async () => {
    expect((await put(at.clinic, { status: 'inactive' })).status).toBe(422);
    expect((await put(at.clinic, { status: undefined })).status).toBe(500);
    expect(held(at.clinic)?.values).toMatchObject({ name: 'Clinic' });
  });

  it('is erased by DELETE', async () => {
    expect((await at.stu3('DELETE', `Location/${at.clinic}`)).status).toBe(204);
    expect([held(at.clinic), (await at.stu3('GET', `Location/${at.clinic}`)).status]).toEqual([undefined, 404]);
    expect((await at.stu3('DELETE', `Location/${UUID}9`)).status).toBe(500);
  });

  it('is found by its status and the beginning of its name', async () => {
    const total = async (query: string) => (await at.stu3('GET', `Location?${query}`)).json.total;
    expect([await total('name=cli'), await total('name=inic'), await total(`_id=${at.clinic}`)]).toEqual([1, 0, 1]);
    await at.call('DELETE', `location/${at.clinic}`);
    expect([await total('status=inactive'), (await at.stu3('GET', `Location/${at.clinic}`)).status]).toEqual([1, 404]);
  });
});
