import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from './index.js';
import { type Bench, bench } from './simulator.bench.js';

const NEW = '99999999-0000-4000-8000-000000000001';

describe('locations', () => {
  let at: Bench;
  beforeEach(async () => {
    at = await bench();
  });
  afterEach(() => at.simulator.stop());

  const values = (uuid: string) => at.simulator.state().locations.find((row) => row.uuid === uuid)?.values;

  it('are created under our uuid, in a tree, with tags', async () => {
    const made = await at.call('POST', 'location', { uuid: NEW, name: 'Ward', parentLocation: at.clinic, tags: [SAMPLE.loginTag], address15: 'x' });
    expect([made.status, made.json.uuid]).toEqual([201, NEW]);
    const parent = (await at.call('GET', `location/${at.clinic}?v=full`)).json;
    expect([parent.childLocations[0].uuid, made.json.tags[0].display, made.json.address15]).toEqual([NEW, 'Login Location', 'x']);
  });

  it('have names that are unique among those that are not retired', async () => {
    const twice = await at.call('POST', 'location', { name: 'Clinic' });
    expect([twice.status, twice.json.error.fieldErrors.name[0].code]).toEqual([400, 'location.duplicate.name']);
    at.simulator.clinician.retireLocation(at.clinic);
    expect((await at.call('POST', 'location', { name: 'Clinic' })).status).toBe(201);
    expect((await at.call('POST', `location/${at.clinic}`, { deleted: 'false' })).status).toBe(400);
  });

  it('cannot be above themselves', async () => {
    const ward = at.simulator.clinician.addLocation({ name: 'Ward', parentLocation: at.clinic });
    expect((await at.call('POST', `location/${at.clinic}`, { parentLocation: ward })).json.error.fieldErrors.parentLocation).toBeDefined();
    expect(values(at.clinic)?.['parentLocation'] ?? null).toBeNull();
  });

  it('lose the children that a posted list leaves out', async () => {
    const [a, b] = ['A', 'B'].map((name) => at.simulator.clinician.addLocation({ name, parentLocation: at.clinic }));
    await at.call('POST', `location/${at.clinic}`, { childLocations: [b] });
    expect([values(a ?? '')?.['parentLocation'], values(b ?? '')?.['parentLocation']]).toEqual([null, at.clinic]);
  });

  it('have a nested parent of unknown uuid refused at flush', async () => {
    const reply = await at.call('POST', 'location', { name: 'Ward', parentLocation: { uuid: NEW, name: 'Nowhere' } });
    expect([reply.status, reply.json.error.message]).toEqual([500, expect.stringContaining('unsaved transient instance')]);
    expect(at.simulator.count('location')).toBe(1);
  });

  it('replace their tags, and match one that is not stored by its name', async () => {
    await at.call('POST', `location/${at.clinic}`, { tags: [SAMPLE.loginTag] });
    await at.call('POST', `location/${at.clinic}`, { tags: [{ name: 'Visit Location' }] });
    expect(values(at.clinic)?.['tags']).toEqual([SAMPLE.visitTag]);
    expect((await at.call('POST', `location/${at.clinic}`, { tags: [{ name: 'Unheard of' }] })).status).toBe(400);
    expect(at.simulator.count('locationtag')).toBe(2);
  });

  it('carry attributes as a sub-resource', async () => {
    const made = await at.call('POST', `location/${at.clinic}/attribute`, { attributeType: SAMPLE.facilityCode, value: '14105' });
    expect([made.status, made.json.display]).toEqual([201, 'Facility code: 14105']);
    expect((await at.call('GET', `location/${at.clinic}?v=full`)).json.attributes[0].value).toBe('14105');
    expect((await at.call('DELETE', `location/${at.clinic}/attribute/${made.json.uuid}`)).status).toBe(204);
    expect((await at.call('GET', `location/${at.clinic}/attribute`)).json.results).toEqual([]);
  });

  it('take their children along when erased', () => {
    const country = at.simulator.clinician.addLocation({ name: 'Country' });
    at.simulator.clinician.addLocation({ name: 'District', parentLocation: country });
    expect(at.told(() => at.simulator.clinician.purge('location', country))).toEqual(['location DELETED', 'location DELETED']);
  });

  it('refuse PUT, XML, what is no JSON, and what is no object', async () => {
    const statuses = await Promise.all([
      at.call('PUT', `location/${at.clinic}`, { name: 'x' }),
      at.call('POST', 'location', '<location/>', { 'content-type': 'application/xml' }),
      at.call('POST', 'location', '{"name":'),
      at.call('POST', 'location', [1]),
      at.call('POST', 'location', { name: 7 }),
      at.call('POST', 'spaceship', { name: 'x' }),
    ]);
    expect(statuses.map(({ status }) => status)).toEqual([405, 415, 400, 400, 400, 404]);
  });
});
