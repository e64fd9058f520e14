import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TransientError } from '@sync-hub/contracts';
import { changeFromEntry, readFeed } from '@sync-hub/openmrs';
import { call, country, district, jane, location, PROFILES, person, RestBench } from './rest-bench.js';

describe.each(PROFILES)('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
  });
  afterEach(() => bench.stop());

  it('tells what it is and can', async () => {
    const found = await bench.sites.probe('target', call);
    expect(found).toMatchObject({
      takesUuids: !bench.old,
      takesItemUuids: !bench.old,
      addressLines: 15,
      hasBirthtime: true,
      hasCauseOfDeathNonCoded: !bench.old,
      atomfeed: '1.0.13',
    });
    expect(Math.abs(found.clockSkewMs ?? Infinity)).toBeLessThan(2000);
    expect(await bench.sites.ping('target', call)).toMatchObject({ state: 'up' });
  });

  it('tells how it cuts lists, and in what characters, and by what it is known where its settings may not be read', async () => {
    bench.target.clinician.addLocation({ name: 'Hôpital Général' });
    const told = { charset: { declared: 'utf-8', prolog: null, holds: true }, feedFlavour: 'generic' };
    expect(await bench.sites.learn('target', call)).toMatchObject({ ...told, pages: { usual: 50, most: 100, from: 'settings' } });
    bench.target.revoke('Get Global Properties');
    expect(await bench.sites.learn('target', call)).toMatchObject({ ...told, pages: { usual: null, most: null, from: null } });
    for (let number = 0; number < 60; number += 1) bench.target.clinician.addLocation({ name: `Ward ${number}` });
    expect(await bench.sites.learn('target', call)).toMatchObject({ pages: { usual: 50, most: null, from: 'seen' } });
  });

  it('is taken for the oldest there is where it may not be asked', async () => {
    bench.target.revoke('View Administration Functions');
    expect(await bench.sites.probe('target', call)).toMatchObject({ platform: null, addressLines: 6, hasBirthtime: false });
  });

  it('tells a clock that is off', async () => {
    bench.target.faults.clockSkewMs = 3_600_000;
    expect((await bench.sites.probe('target', call)).clockSkewMs).toBeGreaterThan(3_590_000);
  });

  it('has no record of a uuid that is a name, and none it never heard of', async () => {
    bench.target.clinician.addLocation({ name: 'Kisumu' });
    expect((await bench.sites.of('target').read(location('Kisumu'), call)).presence).toBe('absent');
    expect(await bench.sites.of('target').has({ resource: 'location', uuid: 'Kisumu' }, call)).toBe(false);
    expect((await bench.sites.of('target').read(person('nobody'), call)).presence).toBe('absent');
  });

  it('names what would go with a patient and with a place', async () => {
    await bench.agreeOnJane();
    expect(await bench.sites.of('target').dependants(person(jane), call)).toEqual([]);
    bench.target.seedRow('encounter', 'e-1', { patient: jane });
    bench.target.seedRow('visit', 'v-1', { patient: jane });
    expect(await bench.sites.of('target').dependants(person(jane), call)).toEqual(['encounter/e-1', 'visit/v-1']);
    expect(await bench.sites.of('target').dependants(location(country), call)).toEqual([`location/${district}`]);
  });

  it('does not cover what a missing privilege hides', async () => {
    await bench.agreeOnJane();
    bench.target.revoke('Get Locations');
    const seen = await bench.sites.of('target').read(person(jane), call);
    expect(seen.covers).not.toContain('identifiers');
    expect(seen.covers).toContain('names');
    expect(Object.keys(seen.fields).some((path) => path.startsWith('identifiers['))).toBe(false);
  });

  it('tells of each write in its feed, which is read entry by entry', async () => {
    await bench.agreeOnJane();
    const feed = bench.sites.feed('target', 'patient', call);
    const reading = await readFeed({ position: null, startAt: 'beginning', fetchPage: feed });
    expect(reading.entries.map(({ entry }) => changeFromEntry(entry, 'patient'))).toContainEqual({ records: [person(jane)], action: 'created' });
    bench.target.expireSessions();
    bench.target.clinician.voidPatient(jane);
    const next = await readFeed({ position: reading.position, startAt: 'beginning', fetchPage: feed });
    expect(next.entries.map(({ entry }) => changeFromEntry(entry, 'patient'))).toContainEqual({ records: [person(jane)], action: 'voided' });
    const empty = await readFeed({ position: null, startAt: 'beginning', fetchPage: bench.sites.feed('target', 'misspelt', call) });
    expect(empty.findings).toEqual([{ kind: 'never-had-an-entry' }]);
  });

  it('asks before each request whether the claim is held, and stops where it is not', async () => {
    const lost = new TransientError('claim-lost', 'the claim is lost');
    const beforeRequest = () => {
      throw lost;
    };
    await bench.sites.probe('target', call);
    bench.target.resetRequests();
    await expect(bench.sites.of('target').read(location(country), { ...call, beforeRequest })).rejects.toBe(lost);
    expect(bench.target.requests).toEqual([]);
  });
});
