import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type Bench, bench } from './simulator.bench.js';

describe('the feed of a Bahmni', () => {
  let at: Bench;
  beforeEach(async () => {
    at = await bench({ flavour: 'bahmni' });
  });
  afterEach(() => at.simulator.stop());

  const rows = () => at.simulator.feedRows().map(({ category, tags, object }) => [category, tags, object]);
  const entry = (uuid: string) => ['patient', 'patient', `/openmrs/ws/rest/v1/patient/${uuid}?v=full`];
  const afterwards = (act: () => unknown) => {
    at.simulator.feed.delete(() => true);
    act();
    return rows();
  };

  it('tells of a patient once a save, without an action, by a path with its context', () => {
    const { clinician } = at.simulator;
    const jane = clinician.addPatient(at.jane());
    expect(rows()).toEqual([entry(jane)]);
    expect(afterwards(() => clinician.edit('person', jane, { birthdate: '1984-01-01' }))).toEqual([entry(jane)]);
    expect(afterwards(() => clinician.addName(jane, { givenName: 'Janet', familyName: 'Doe' }))).toEqual([entry(jane)]);
  });

  it('never tells of a void, of what is restored, of a purge, of persons who are no patients, nor of places', () => {
    const { clinician } = at.simulator;
    const jane = clinician.addPatient(at.jane());
    expect(afterwards(() => clinician.voidPatient(jane))).toEqual([]);
    expect(afterwards(() => clinician.restorePatient(jane))).toEqual([]);
    expect(afterwards(() => clinician.addPerson({ gender: 'M', names: [{ givenName: 'Juma', familyName: 'Mutua' }] }))).toEqual([]);
    expect(afterwards(() => clinician.addLocation({ name: 'Ward' }))).toEqual([]);
    expect(afterwards(() => clinician.purge('patient', jane))).toEqual([]);
  });

  it('has its module in the list of modules, and the other flavour’s not', async () => {
    const { json } = await at.call('GET', 'module?v=full');
    expect(json.results.map(({ uuid }: { uuid: string }) => uuid)).toEqual(expect.arrayContaining(['openmrs-atomfeed']));
    expect(json.results.map(({ uuid }: { uuid: string }) => uuid)).not.toContain('atomfeed');
  });

  it('leaves the usual ports out of its addresses', async () => {
    const self = (host: string, proto: string) =>
      new Promise<string>((resolve, reject) => {
        const headers = { host, 'x-forwarded-proto': proto, accept: 'application/atom+xml' };
        http
          .get(`${at.simulator.baseUrl}/ws/atomfeed/patient/recent`, { headers }, async (answer) => {
            const text = Buffer.concat(await answer.toArray()).toString();
            resolve(/rel="self"[^>]*href="([^"]*)"/.exec(text)?.[1] ?? '');
          })
          .on('error', reject);
      });
    expect([await self('emr.example.org', 'http'), await self('emr.example.org:443', 'https'), await self('emr.example.org:8080', 'http')]).toEqual([
      'http://emr.example.org/openmrs/ws/atomfeed/patient/recent',
      'https://emr.example.org/openmrs/ws/atomfeed/patient/recent',
      'http://emr.example.org:8080/openmrs/ws/atomfeed/patient/recent',
    ]);
  });
});

describe('a proxy in front of a feed', () => {
  it.each(['etag', 'last-modified'] as const)('answers 304 without a body to who has the page, by %s', async (validator) => {
    const at = await bench();
    try {
      at.simulator.feedProxy = validator;
      const first = await at.feed('location/recent');
      const condition = validator === 'etag' ? 'if-none-match' : 'if-modified-since';
      const again = await at.feed('location/recent', { [condition]: first.headers.get(validator) ?? '' });
      expect([first.status, again.status, again.text]).toEqual([200, 304, '']);
      at.pass(5);
      at.simulator.clinician.addLocation({ name: 'Ward' });
      expect((await at.feed('location/recent', { [condition]: first.headers.get(validator) ?? '' })).status).toBe(200);
    } finally {
      await at.simulator.stop();
    }
  });
});
