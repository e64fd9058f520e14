import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { CanonicalRecord, Client } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { SAMPLE, type Simulator } from '@sync-hub/openmrs-simulator';
import fc from 'fast-check';
import { call, clinic, country, difference, jane, location, person, RestBench } from './rest-bench.js';

/** By what the target is written: its fhir2 changes what it can, the rest goes by REST. */
const CLIENTS = ['rest', 'fhir-r4', 'fhir-stu3'] as const;

describe.each([{ profile: '2.8' as const }, { profile: '2.3' as const }])('fhir2 of platform $profile', ({ profile }) => {
  let bench: RestBench;
  let source: Simulator;
  let target: Simulator;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
    ({ source, target } = bench);
    for (const place of await placesOf(source)) await carry(place);
    await carry(person(jane));
    target.resetRequests();
  });
  afterEach(() => bench.stop());

  const placesOf = async (site: Simulator): Promise<RecordRef[]> =>
    [...site.state().locations]
      .sort((a, b) => Number(a.values['parentLocation'] !== null) - Number(b.values['parentLocation'] !== null))
      .map(({ uuid }) => location(uuid));
  const read = (site: 'source' | 'target', record: RecordRef): Promise<CanonicalRecord> => bench.sites.of(site).read(record, call);
  const carry = async (record: RecordRef, client: Client = 'rest'): Promise<CanonicalRecord> => {
    const [incoming, held] = [await read('source', record), await read('target', record)];
    const writes = difference(incoming, held);
    if (writes.fields.size === 0) return held;
    return bench.sites.of('target').write(held, incoming, writes, { ...call, client });
  };
  const puts = () => target.requests.filter(({ method }) => method === 'PUT').map(({ path }) => path.replace(/.*\/R4\//, ''));
  const posts = () => target.requests.filter(({ method, path }) => method === 'POST' && path.includes('/ws/rest/')).length;

  it('changes a patient’s gender and day of birth in one request, and the patient is read back by REST as the source has her', async () => {
    source.clinician.edit('person', jane, { gender: 'O', birthdate: '1984-12-31', birthdateEstimated: false });
    const written = await carry(person(jane), 'fhir-r4');
    expect(written.fields).toEqual((await read('source', person(jane))).fields);
    expect([puts(), posts()]).toEqual([[`Patient/${jane}`], 0]);
  });

  it('adds a name and an address under the uuids they have elsewhere, and leaves what is there', async () => {
    source.clinician.addName(jane, { givenName: 'Jane', middleName: 'Achieng', familyName: 'Okoth', degree: 'MD' });
    source.clinician.addAddress(jane, { address1: 'Plot 9', cityVillage: 'Siaya', country: 'Kenya' });
    const written = await carry(person(jane), 'fhir-r4');
    const incoming = await read('source', person(jane));
    expect(written.fields).toEqual(incoming.fields);
    expect(written.itemUuids).toEqual(incoming.itemUuids);
    expect([puts(), posts()]).toEqual([[`Patient/${jane}`], 0]);
  });

  it.each([
    ['an estimated day of birth', () => source.clinician.edit('person', jane, { birthdate: '1984-12-31', birthdateEstimated: true })],
    ['a name without a middle one, which it would make empty', () => source.clinician.addName(jane, { givenName: 'Jane', familyName: 'Okoth' })],
    ['an address with coordinates', () => source.clinician.addAddress(jane, { cityVillage: 'Siaya', latitude: '-0.1', longitude: '34.2' })],
    ['an attribute', () => source.clinician.addAttribute(jane, { attributeType: SAMPLE.phone, value: '0700 000 077' })],
    ['an identifier', () => source.clinician.addIdentifier(jane, { identifier: 'J-77', identifierType: SAMPLE.nationalId, location: clinic })],
  ])('is not asked to write %s: REST does, and nothing is lost', async (_, edit) => {
    edit();
    const written = await carry(person(jane), 'fhir-r4');
    expect(written.fields).toEqual((await read('source', person(jane))).fields);
    expect(puts()).toEqual([]);
    expect(posts()).toBeGreaterThan(0);
  });

  it('changes what it knows of a place, and what it knows nothing of stays', async () => {
    source.clinician.edit('location', clinic, { name: 'Clinic of Siaya', description: null, parentLocation: country });
    const written = await carry(location(clinic), 'fhir-r4');
    expect(written.fields).toEqual((await read('source', location(clinic))).fields);
    expect([puts(), posts()]).toEqual([[`Location/${clinic}`], 0]);
    source.clinician.edit('location', clinic, { address3: 'Block C', latitude: '-0.5' });
    expect((await carry(location(clinic), 'fhir-r4')).fields).toEqual((await read('source', location(clinic))).fields);
    expect(puts()).toHaveLength(1);
  });

  it.each(CLIENTS)('leaves the same patient whoever writes her: by %s', async (client) => {
    source.clinician.edit('person', jane, { gender: 'U', birthdate: '1990-01-02', birthdateEstimated: false });
    await carry(person(jane), client);
    source.clinician.addName(jane, { prefix: 'Dr', givenName: 'Jane', middleName: 'Atieno', familyName: 'Otieno' });
    source.clinician.addAddress(jane, { cityVillage: 'Kisumu', stateProvince: 'Nyanza' });
    source.clinician.edit('person', jane, { dead: true, deathDate: '2026-01-05T10:00:00.000+0000', causeOfDeath: SAMPLE.malaria });
    await carry(person(jane), client);
    source.clinician.edit('person', jane, { birthdateEstimated: true });
    const written = await carry(person(jane), client);
    expect(written.fields).toEqual((await read('source', person(jane))).fields);
  });

  it('writes what random edits ask for, or leaves them to REST: the end is the source’s version', async () => {
    const word = fc.stringMatching(/^[A-Za-zäßø' -]{1,12}$/).map((text) => `x${text.trim()}`);
    const edit = fc.oneof(
      fc.record({ gender: fc.constantFrom('M', 'F', 'O', 'U') }).map((patch) => () => source.clinician.edit('person', jane, patch)),
      fc
        .record({ birthdate: fc.constantFrom('1930-05-12', '1985-01-01', '2001-02-28'), birthdateEstimated: fc.boolean() })
        .map((patch) => () => source.clinician.edit('person', jane, patch)),
      fc
        .record({ givenName: word, familyName: word, middleName: fc.option(word, { nil: undefined }), familyName2: fc.option(word, { nil: undefined }) })
        .map((name) => () => void source.clinician.addName(jane, JSON.parse(JSON.stringify(name)))),
      fc
        .record({ cityVillage: word, countyDistrict: fc.option(word, { nil: undefined }), address4: fc.option(word, { nil: undefined }) })
        .map((address) => () => void source.clinician.addAddress(jane, JSON.parse(JSON.stringify(address)))),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 3 }), async (edits) => {
        for (const one of edits) one();
        expect((await carry(person(jane), 'fhir-r4')).fields).toEqual((await read('source', person(jane))).fields);
      }),
      { numRuns: 40 },
    );
    expect(puts().length).toBeGreaterThan(0);
    expect(posts()).toBeGreaterThan(0);
  });
});
