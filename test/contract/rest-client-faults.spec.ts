import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ContractError, LockedOutError, NotAllowedError, RefusedError, SiteDownError, type SyncError, TransientError } from '@sync-hub/contracts';
import { SAMPLE } from '@sync-hub/openmrs-simulator';
import { call, clinic, country, difference, jane, location, PROFILES, person, RestBench } from './rest-bench.js';

describe.each(PROFILES)('a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  beforeEach(async () => {
    bench = await RestBench.start(profile);
  });
  afterEach(() => bench.stop());

  it('names the other patient where an identifier is in use, and not the identifier', async () => {
    await bench.agreeOnJane();
    const other = bench.target.clinician.addPatient({
      gender: 'M',
      names: [{ givenName: 'Otto', familyName: 'Other' }],
      identifiers: [{ identifier: 'SECRET-7', identifierType: SAMPLE.openmrsId, location: bench.aliases.local.get(`location/${clinic}`) ?? clinic }],
    });
    bench.source.clinician.addIdentifier(jane, { identifier: 'SECRET-7', identifierType: SAMPLE.openmrsId, location: clinic });
    const refusal = await bench.carry(person(jane)).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(RefusedError);
    expect(refusal).toMatchObject({ code: 'identifier-in-use', details: { holder: `person/${other}` } });
    expect(JSON.stringify([(refusal as SyncError).message, (refusal as SyncError).details])).not.toContain('SECRET-7');
  });

  it('is refused what it does not take, by code and field', async () => {
    await bench.agreeOnJane();
    const held = await bench.sites.of('target').read(person(jane), call);
    const dead = bench.sites.of('target').write(held, held, { fields: new Map([['dead', true]]) }, call);
    await expect(dead).rejects.toMatchObject({ code: 'refused', details: { fields: ['causeOfDeath'], status: 400 } });
    const tomorrow = new Date(Date.now() + 48 * 3_600_000).toISOString().slice(0, 10);
    const unborn = bench.sites.of('target').write(held, held, { fields: new Map([['birthdate', tomorrow]]) }, call);
    await expect(unborn).rejects.toMatchObject({ code: 'in-the-future', retry: 'later' });
  });

  it('closes one kind of record where a privilege is missing, and names it', async () => {
    bench.target.revoke('Get Patients');
    const refusal = await bench.sites
      .of('target')
      .read(person(jane), call)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(NotAllowedError);
    expect(refusal).toMatchObject({ details: { privilege: 'Get Patients' } });
  });

  it.each([
    ['is asked for who entered a record', [] as readonly string[], true],
    ['is not asked for that where we may see no account: the record lands with its date all the same', ['Get Users'], false],
  ])('%s', async (_, missing, isAsked) => {
    for (const privilege of missing) bench.target.revoke(privilege);
    bench.source.faults.clockSkewMs = -3 * 86_400_000;
    const place = location(bench.source.clinician.addLocation({ name: 'A place of three days ago' }));
    await bench.carry(place);
    const [there, here] = [await bench.sites.of('source').read(place, call), await bench.sites.of('target').read(place, call)];
    expect([there.presence, here.presence]).toEqual(['present', 'present']);
    // webservices.rest before 3.0 takes no date, and gives its own.
    expect(here.provenance.dateCreated === there.provenance.dateCreated).toBe(profile === '2.8');
    // An older REST takes nobody's name, so that nobody is looked up.
    expect(bench.target.requests.some(({ path }) => path.includes('/user/'))).toBe(isAsked && profile === '2.8');
  });

  it('says that a write was not allowed, and that it was not done', async () => {
    const incoming = await bench.sites.of('source').read(location(country), call);
    const held = await bench.sites.of('target').read(location(country), call);
    bench.target.revoke('Manage Locations');
    await expect(bench.sites.of('target').write(held, incoming, difference(incoming, held), call)).rejects.toThrow(NotAllowedError);
    expect(bench.target.count('location')).toBe(0);
  });

  it('reads on in a fresh session when the old one ended', async () => {
    await bench.carry(location(country));
    bench.target.expireSessions();
    expect((await bench.sites.of('target').read(location(country), call)).presence).toBe('present');
  });

  it('does not know whether a write was done when its session had ended, and does it once', async () => {
    const provenance = { creator: null, dateCreated: null, changedBy: null, dateChanged: null };
    // Nobody is looked up before the write, so that the write itself meets the session that ended.
    const incoming = { ...(await bench.sites.of('source').read(location(country), call)), provenance };
    const held = await bench.sites.of('target').read(location(country), call);
    bench.target.expireSessions();
    await expect(bench.sites.of('target').write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({
      code: 'outcome-unknown',
      retry: 'later',
    });
    expect(bench.target.count('location')).toBeLessThanOrEqual(1);
    expect(bench.target.writes('client').length).toBeLessThanOrEqual(1);
  });

  it('does not know whether a write was done when its answer is lost', async () => {
    const incoming = await bench.sites.of('source').read(location(country), call);
    const held = await bench.sites.of('target').read(location(country), call);
    bench.target.faults.loseAnswers(1);
    await expect(bench.sites.of('target').write(held, incoming, difference(incoming, held), call)).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(bench.target.count('location')).toBe(1);
  });

  it('locks us out once, and is not asked again before its time', async () => {
    bench.target.lockAccount();
    await bench.sites.configure([{ id: 'target', baseUrl: bench.target.baseUrl, username: 'admin', password: 'Admin123', unlockWaitMs: 60_000 }]);
    await expect(bench.sites.of('target').read(person(jane), call)).rejects.toThrow(LockedOutError);
    bench.target.resetRequests();
    expect(await bench.sites.ping('target', call)).toMatchObject({ state: 'locked-out' });
    expect(bench.target.requests).toEqual([]);
  });

  it.each([
    ['html', SiteDownError],
    ['json-stack-trace-200', TransientError],
    ['huge-50mb', ContractError],
    ['wrong-type', ContractError],
    ['truncated', SiteDownError],
  ] as const)('answers with %s and is refused with an error of its site and record alone', async (body, kind) => {
    await bench.agreeOnJane();
    bench.target.faults.wrongBody(({ path }) => path.includes('/patient/'), body);
    const refusal = await bench.sites
      .of('target')
      .read(person(jane), call)
      .catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(kind);
    const told = JSON.stringify([(refusal as SyncError).message, (refusal as SyncError).details]);
    expect(told).toContain('target');
    expect(told).toContain(jane);
    expect(told).not.toMatch(/Achieng|Wanjiru|Okello|exception|Plot|\+254/i);
  });

  it('is down when nobody answers, and a read that never ends is given up', async () => {
    await bench.carry(location(country));
    bench.target.faults.neverAnswer(({ path }) => path.includes('/location/'));
    await expect(bench.sites.of('target').read(location(country), call)).rejects.toMatchObject({ code: 'site-down', details: { reason: 'timed out' } });
    bench.target.faults.heal();
    await bench.target.down();
    await expect(bench.sites.of('target').read(location(country), call)).rejects.toThrow(SiteDownError);
    expect(await bench.sites.ping('target', call)).toMatchObject({ state: 'down' });
    await bench.target.up();
    expect(await bench.sites.ping('target', call)).toMatchObject({ state: 'up' });
  });
});
