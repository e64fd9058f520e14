import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FEED_FLAVOURS, type FeedFlavour, feedOf } from '@sync-hub/categories';
import { changeFromEntry, type FeedPosition, readFeed, Sites } from '@sync-hub/openmrs';
import { MemoryAliasBook } from '@sync-hub/openmrs/testing';
import { PROFILES, type ProfileId, SAMPLE, type Simulator, sampleData, sampleMetadata, startSimulator } from '@sync-hub/openmrs-simulator';
import { call, location, person } from './rest-bench.js';

/** Every platform that the simulator knows, under either module. */
const FEEDS: readonly { readonly flavour: FeedFlavour; readonly profile: ProfileId }[] = FEED_FLAVOURS.flatMap((flavour) =>
  (Object.keys(PROFILES) as ProfileId[]).map((profile) => ({ flavour, profile })),
);

describe.each(FEEDS)('the feed of a $flavour site of platform $profile', ({ flavour, profile }) => {
  let site: Simulator;
  let sites: Sites;
  const positions = new Map<string, FeedPosition>();
  beforeEach(async () => {
    positions.clear();
    site = await startSimulator({ id: 'kisumu', profile, flavour, timeZone: 'Africa/Nairobi' });
    site.seedMetadata(sampleMetadata());
    site.load(sampleData('kisumu', 12));
    sites = new Sites([{ id: 'kisumu', baseUrl: site.baseUrl, username: 'admin', password: 'Admin123' }], () => new MemoryAliasBook());
  });
  afterEach(async () => {
    await sites.close();
    await site.stop();
  });

  const read = async (category: string) => {
    const reading = await readFeed({ position: positions.get(category) ?? null, startAt: 'beginning', fetchPage: sites.feed('kisumu', category, call) });
    positions.set(category, reading.position);
    return reading;
  };
  const changes = async (category: string) => (await read(category)).entries.map(({ entry }) => changeFromEntry(entry, category, flavour));
  const aPatient = (number: string) =>
    site.clinician.addPatient({
      gender: 'F',
      names: [{ givenName: 'Zawadi', familyName: 'Mutua' }],
      identifiers: [{ identifier: number, identifierType: SAMPLE.openmrsId, location: clinic(), preferred: true }],
    });
  const clinic = () => site.state().locations[0]?.uuid ?? '';
  const patients = () => site.state().people.map(({ uuid }) => uuid);
  /** Body bytes and requests of the feed since the last reset. */
  const cost = () => {
    const asked = site.requests.filter(({ path }) => path.includes('/ws/atomfeed/'));
    return { requests: asked.length, bytes: asked.reduce((sum, { bytes }) => sum + bytes, 0) };
  };

  it('tells of every patient that was entered, and then of each that is new or edited', async () => {
    const told = await changes('patient');
    for (const uuid of patients()) expect(told).toContainEqual({ records: [person(uuid)], action: flavour === 'generic' ? 'created' : 'unknown' });
    const zawadi = aPatient('ZAWADI-1');
    expect(await changes('patient')).toContainEqual({ records: [person(zawadi)], action: flavour === 'generic' ? 'created' : 'unknown' });
    site.clinician.edit('person', zawadi, { birthdate: '1981-02-03' });
    expect(await changes('patient')).toEqual([{ records: [person(zawadi)], action: flavour === 'generic' ? 'updated' : 'unknown' }]);
  });

  it('tells of a void in the generic flavour alone; asked for, the record says so in either', async () => {
    const zawadi = aPatient('ZAWADI-1');
    await read('patient');
    const client = sites.of('kisumu');
    expect(await client.presenceOf(person(zawadi), call)).toBe('present');
    site.clinician.voidPatient(zawadi);
    expect((await changes('patient')).filter((change) => 'action' in change && change.action === 'voided')).toHaveLength(flavour === 'generic' ? 1 : 0);
    expect(await client.presenceOf(person(zawadi), call)).toBe('voided');
    expect(await client.presenceOf(person(zawadi), call)).toBe((await client.read(person(zawadi), call)).presence);
    site.clinician.restorePatient(zawadi);
    expect(await client.presenceOf(person(zawadi), call)).toBe('present');
    site.clinician.purge('patient', zawadi);
    expect(await client.presenceOf(person(zawadi), call)).toBe((await client.read(person(zawadi), call)).presence);
  });

  it('is asked by a hundred bytes or two whether a record is there', async () => {
    const ward = site.clinician.addLocation({ name: 'Ward' });
    const juma = site.clinician.addPerson({ gender: 'M', names: [{ givenName: 'Juma', familyName: 'Mutua' }] });
    const client = sites.of('kisumu');
    await client.presenceOf(location(ward), call);
    site.resetRequests();
    expect([await client.presenceOf(location(ward), call), await client.presenceOf(person(patients()[0] ?? ''), call)]).toEqual(['present', 'present']);
    for (const { bytes } of site.requests) expect(bytes).toBeLessThan(200);
    expect(site.requests).toHaveLength(2);
    site.clinician.retireLocation(ward);
    expect([await client.presenceOf(location(ward), call), await client.presenceOf(person(juma), call)]).toEqual(['voided', 'present']);
    expect([await client.presenceOf(location('Ward'), call), await client.presenceOf(person('nobody'), call)]).toEqual(['absent', 'absent']);
  });

  it('goes on through lost, late and doubled rows, re-cut pages and an ended session', async () => {
    await read('patient');
    const late = site.lateFeedRow();
    const withheld = aPatient('LATE-1');
    const plain = aPatient('PLAIN-1');
    site.duplicateFeedRow();
    const doubled = aPatient('TWICE-1');
    site.expireSessions();
    const first = await changes('patient');
    site.feed.chunking = [{ length: 3, start: 1 }];
    late();
    const more = [];
    for (let poll = 0; poll < 12; poll += 1) more.push(...(await changes('patient')));
    const seen = [...first, ...more].flatMap((change) => ('records' in change ? change.records.map(({ uuid }) => uuid) : []));
    for (const uuid of [withheld, plain, doubled]) expect(seen).toContain(uuid);
    if (flavour === 'bahmni') expect(seen.sort()).toEqual([withheld, plain, doubled].sort());
  });

  it.each([null, 'etag', 'last-modified'] as const)('costs next to nothing while nothing happens (a proxy in front: %s)', async (proxy) => {
    site.feedProxy = proxy;
    site.faults.clockSkewMs = 3_600_000;
    const polls = 30;
    for (let poll = 0; poll < 12; poll += 1) await read('patient');
    site.resetRequests();
    for (let poll = 0; poll < polls; poll += 1) expect((await read('patient')).entries).toEqual([]);
    const { requests, bytes } = cost();
    expect(site.requests).toHaveLength(requests);
    expect(requests / polls).toBeLessThanOrEqual(1.3);
    expect(bytes / polls).toBeLessThan(proxy === null ? 5000 : 1);
    const zawadi = aPatient('ZAWADI-1');
    expect(await changes('patient')).toContainEqual(expect.objectContaining({ records: [person(zawadi)] }));
  });
});

describe('a Bahmni feed whose database tells upper from lower case', () => {
  it('is asked for encounters by the name that its rows have', async () => {
    const site = await startSimulator({ id: 'kisumu', profile: '2.1-old', flavour: 'bahmni' });
    const sites = new Sites([{ id: 'kisumu', baseUrl: site.baseUrl, username: 'admin', password: 'Admin123' }], () => new MemoryAliasBook());
    try {
      site.feed.isCaseSensitive = true;
      const object = '/openmrs/ws/rest/v1/bahmnicore/bahmniencounter/u1?includeAll=true';
      site.feed.add({ uuid: 'e1', title: 'Encounter', category: 'Encounter', tags: 'Encounter', object, timestamp: 0, dateCreated: 0 });
      const asked = feedOf('bahmni', 'encounter')?.asked ?? '';
      const reading = await readFeed({ position: null, startAt: 'beginning', fetchPage: sites.feed('kisumu', asked, call) });
      expect(reading.entries.map(({ entry }) => changeFromEntry(entry, 'encounter', 'bahmni'))).toEqual([
        { records: [{ aggregate: 'encounter', uuid: 'u1' }], action: 'unknown' },
      ]);
    } finally {
      await sites.close();
      await site.stop();
    }
  });
});
