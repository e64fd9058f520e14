import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SAMPLE } from '../index.js';
import { type FhirBench, fhirBench, withFhirBench } from './fhir.bench.js';

const EXT = 'http://fhir.openmrs.org/ext';
const UUID = '99999999-0000-4000-8000-000000000001';

/** `LocationTranslatorImpl` and its like of openmrs-module-fhir2 4.2.0, where no other source is named. */
describe('a location of fhir2', () => {
  let at: FhirBench;
  beforeEach(async () => {
    at = await fhirBench();
  });
  afterEach(() => at.simulator.stop());

  const place = (uuid: string) => at.simulator.state().locations.find((one) => one.uuid === uuid);
  const put = (uuid: string, body: object) => at.fhir('PUT', `Location/${uuid}`, { resourceType: 'Location', id: uuid, ...body });
  const ward = () =>
    at.simulator.clinician.addLocation({
      name: 'Ward',
      description: 'Male ward',
      address1: 'Plot 1',
      countyDistrict: 'Kisumu',
      cityVillage: 'Kapina',
      postalCode: '5555',
      latitude: '-0.6',
      longitude: '34.5',
      parentLocation: at.clinic,
      tags: [SAMPLE.loginTag],
    });

  it('is shown with its tags and its parent, and without what lies south', async () => {
    const uuid = ward();
    expect((await at.fhir('GET', `Location/${uuid}`)).json).toEqual({
      resourceType: 'Location',
      id: uuid,
      meta: {
        versionId: '1767323045000',
        lastUpdated: '2026-01-02T03:04:05.000+00:00',
        tag: [{ system: `${EXT}/location-tag`, code: 'Login Location', display: 'When a user logs in' }],
      },
      text: { status: 'generated', div: expect.any(String) },
      status: 'active',
      name: 'Ward',
      description: 'Male ward',
      address: {
        extension: [{ url: `${EXT}/address`, extension: [{ url: `${EXT}/address#address1`, valueString: 'Plot 1' }] }],
        city: 'Kapina',
        postalCode: '5555',
      },
      position: { longitude: 34.5 },
      partOf: { reference: `Location/${at.clinic}`, type: 'Location', display: 'Clinic' },
    });
  });

  it('loses with PUT what the body leaves out, but not its tags, its position and what it has besides', async () => {
    const uuid = ward();
    expect((await put(uuid, { name: 'Ward 2' })).status).toBe(200);
    expect(place(uuid)?.values).toMatchObject({
      ...{ name: 'Ward 2', description: null, cityVillage: null, postalCode: null, parentLocation: null },
      ...{ address1: 'Plot 1', countyDistrict: 'Kisumu', latitude: '-0.6', longitude: '34.5', tags: [SAMPLE.loginTag] },
    });
  });

  it('writes no line of its address, and does not read its status', async () => {
    const uuid = ward();
    const lines = [{ url: `${EXT}/address`, extension: [{ url: `${EXT}/address#address1`, valueString: 'Plot 9' }] }];
    await put(uuid, {
      name: 'Ward',
      status: 'inactive',
      address: { city: 'Ahero', district: 'Homa Bay', extension: lines },
      position: { latitude: 0.5, longitude: 35 },
    });
    expect(place(uuid)).toMatchObject({
      gone: false,
      values: { address1: 'Plot 1', countyDistrict: 'Kisumu', cityVillage: 'Ahero', latitude: '0.5', longitude: '35' },
    });
  });

  it('finds tags by their names and makes those that are not there, and takes none away', async () => {
    const uuid = ward();
    const tag = (code: string) => ({ system: `${EXT}/location-tag`, code, display: 'Made here' });
    await put(uuid, { name: 'Ward', meta: { tag: [tag('Visit Location'), tag('Pharmacy')] } });
    const made = at.simulator.metadata('locationtag').find(({ values }) => values['name'] === 'Pharmacy');
    expect([place(uuid)?.values['tags'], made?.values['description']]).toEqual([[SAMPLE.loginTag, SAMPLE.visitTag, made?.uuid], 'Made here']);
  });

  it('has no parent where the reference leads nowhere, and fails where it leads to something else', async () => {
    const uuid = ward();
    await put(uuid, { name: 'Ward', partOf: { reference: `Location/${UUID}` } });
    expect(place(uuid)?.values['parentLocation']).toBeNull();
    expect((await put(uuid, { name: 'Ward', partOf: { reference: `Patient/${UUID}` } })).status).toBe(500);
    await put(uuid, { name: 'Ward', partOf: { reference: `Location/${at.clinic}` } });
    expect(place(uuid)?.values['parentLocation']).toBe(at.clinic);
  });

  it('is made under a uuid of the server, and refused with 422 without a name or with one that is taken (LocationValidator)', async () => {
    const post = (body: object) => at.fhir('POST', 'Location', { resourceType: 'Location', id: UUID, ...body });
    const made = await post({ name: 'Lab', partOf: { reference: `Location/${at.clinic}` } });
    expect([made.status, made.json.id === UUID, place(made.json.id)?.values['parentLocation']]).toEqual([201, false, at.clinic]);
    expect([(await post({})).status, (await post({ name: 'Lab' })).status]).toEqual([422, 422]);
  });

  it('is made by PUT only where a setting names its type, without spaces (BaseUpsertFhirResourceProvider)', async () => {
    expect((await put(UUID, { name: 'Lab' })).status).toBe(404);
    const setting = (await at.call('POST', 'systemsetting', { property: 'fhir2.upsert.supported.resources', value: 'Medication, Location' })).json.uuid;
    expect((await put(UUID, { name: 'Lab' })).status).toBe(404);
    await at.call('POST', `systemsetting/${setting}`, { value: 'Medication,Location' });
    const { status, json } = await put(UUID, { name: 'Lab' });
    expect([status, json.id, (await put(UUID, { name: 'Lab 2' })).status]).toEqual([201, UUID, 200]);
  });

  it('fails over a telephone where there is no attribute type for it, and takes it where there is', async () => {
    const uuid = ward();
    expect((await put(uuid, { name: 'Ward', telecom: [{ value: '0700' }] })).status).toBe(500);
    await at.call('POST', 'systemsetting', { property: 'fhir2.locationContactPointAttributeTypeUuid', value: SAMPLE.facilityCode });
    const { json } = await put(uuid, { name: 'Ward', telecom: [{ id: UUID, value: '0700' }] });
    expect(json.telecom).toEqual([{ id: UUID, value: '0700' }]);
  });

  it('is retired by DELETE, and gone then', async () => {
    const uuid = ward();
    const feed = at.simulator.feedRows('location').length;
    expect((await at.fhir('DELETE', `Location/${uuid}`)).status).toBe(200);
    expect(place(uuid)).toMatchObject({ gone: true, audit: { retireReason: 'Retired via FHIR API' } });
    expect(
      at.simulator
        .feedRows('location')
        .slice(feed)
        .map(({ tags }) => tags),
    ).toEqual(['location,UPDATED', 'location,RETIRED']);
    expect((await at.fhir('GET', `Location/${uuid}`)).status).toBe(410);
    expect((await at.fhir('GET', 'Location')).json.total).toBe(1);
  });

  it('is searched for by name, place, tag and parent (LocationSearchParams)', async () => {
    const uuid = ward();
    const found = async (query: string): Promise<string[]> =>
      ((await at.fhir('GET', `Location?${query}`)).json.entry ?? []).map((entry: { resource: { id: string } }) => entry.resource.id);
    expect(await found('name=wa')).toEqual([uuid]);
    expect(await found('_tag=Login%20Location')).toEqual([uuid]);
    expect(await found(`partof=Location/${at.clinic}&address-city:contains=apin`)).toEqual([uuid]);
    expect(await found('_sort=-name')).toEqual([uuid, at.clinic]);
  });

  it('cannot be saved with a tag in 1.3.0, where each is made anew and not saved', () =>
    withFhirBench({ profile: '2.3' }, async (old) => {
      const uuid = old.simulator.clinician.addLocation({ name: 'Ward', tags: [SAMPLE.loginTag] });
      const { json } = await old.fhir('GET', `Location/${uuid}`);
      expect(json.meta.tag[0].code).toBe('Login Location');
      expect((await old.fhir('PUT', `Location/${uuid}`, json)).status).toBe(500);
      expect((await old.fhir('PUT', `Location/${uuid}`, { ...json, meta: {} })).status).toBe(200);
    }));
});
