import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CATEGORIES } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { PROFILE_IDS } from '@sync-hub/openmrs-simulator';
import { call, RestBench } from './rest-bench.js';

const CLERK: RecordRef = { aggregate: 'user', uuid: 'cccccccc-0000-4000-8000-000000000001' };
const [HERE, THERE] = [randomUUID(), randomUUID()];
const account = (more: object) => ({ uuid: CLERK.uuid, username: 'clerk', systemId: '3-4', email: null, roles: [] as string[], ...more });

describe.each(PROFILE_IDS.map((profile) => ({ profile })))('an account at a site of platform $profile', ({ profile }) => {
  let bench: RestBench;
  beforeAll(async () => {
    bench = await RestBench.start(profile);
    bench.source.seedMetadata({
      role: [{ uuid: HERE, name: 'Clerk', description: 'x' }],
      user: [account({ roles: [HERE], userProperties: 'loginAttempts', password: 'x' })],
    });
    bench.target.seedMetadata({ role: [{ uuid: THERE, name: 'clerk', description: 'x' }], user: [account({ systemId: '17-3' })] });
  });
  afterAll(() => bench.stop());
  const isOld = !/^2/.test(profile);
  const rowThere = () => bench.target.metadata('user').find(({ uuid }) => uuid === CLERK.uuid)?.values;

  it('gets a role by its name, and nothing that is each server’s own; or is refused before anything is sent', async () => {
    const incoming = await bench.sites.of('source').read(CLERK, call);
    expect(Object.keys(incoming.fields).sort()).toEqual(['email', 'roles[Clerk]', 'username']);
    expect(incoming.references).toEqual([{ path: 'roles[Clerk]', resource: 'rolename', uuid: 'Clerk', aggregate: null }]);
    const held = await bench.sites.of('target').read(CLERK, call);
    bench.target.resetRequests();
    const writing = bench.sites.of('target').write(held, incoming, { fields: new Map([['roles[Clerk]', true]]) }, call);
    if (isOld) {
      await expect(writing).rejects.toMatchObject({ code: 'unsupported' });
      return expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
    }
    await writing;
    expect(rowThere()).toMatchObject({ username: 'clerk', systemId: '17-3', roles: [THERE] });
    expect(rowThere()?.['userProperties'] ?? null).toBeNull();
  });

  it('is asked for a role by its name', async () => {
    const target = bench.sites.of('target');
    expect(await target.has({ resource: 'rolename', uuid: 'Clerk' }, call)).toBe(true);
    expect(await target.has({ resource: 'rolename', uuid: 'Pharmacist' }, call)).toBe(false);
  });

  if (!isOld)
    it('is retired, and brought back by its mark alone', async () => {
      const target = bench.sites.of('target');
      const held = await target.read(CLERK, call);
      const retired = await target.write(held, held, { presence: 'voided', fields: new Map() }, call);
      expect(retired.presence).toBe('voided');
      const back = await target.write(retired, held, { presence: 'present', fields: new Map() }, call);
      expect(back).toMatchObject({ presence: 'present', fields: { username: 'clerk' } });
    });

  it('is not made where it is not there', async () => {
    const unknown: RecordRef = { aggregate: 'user', uuid: randomUUID() };
    bench.source.seedMetadata({ user: [account({ uuid: unknown.uuid, username: 'other' })] });
    const incoming = await bench.sites.of('source').read(unknown, call);
    const held = await bench.sites.of('target').read(unknown, call);
    bench.target.resetRequests();
    await expect(bench.sites.of('target').write(held, incoming, { fields: new Map(Object.entries(incoming.fields)) }, call)).rejects.toMatchObject({
      code: 'unsupported',
    });
    expect(bench.target.requests.filter(({ method }) => method !== 'GET')).toEqual([]);
  });

  it.each([
    ['by which we log in', { username: 'Admin', systemId: '9-1' }],
    ['of the server, whatever it is called', { username: 'superman', systemId: 'admin' }],
    ['of the server’s own work', { username: null, systemId: 'daemon' }],
  ])('is not there, for us, if it is one %s', async (_which, names) => {
    const own: RecordRef = { aggregate: 'user', uuid: randomUUID() };
    for (const site of [bench.source, bench.target]) site.seedMetadata({ user: [account({ uuid: own.uuid, ...names })] });
    for (const site of ['source', 'target']) {
      expect(await bench.sites.of(site).read(own, call)).toMatchObject({ presence: 'absent', fields: {} });
      expect(await bench.sites.of(site).presenceOf(own, call)).toBe('absent');
    }
  });
});

describe('the account that we use', () => {
  it.each([
    [{ username: 'synchub', systemId: '4-2' }, true],
    [{ username: null, systemId: 'SyncHub' }, true],
    [{ username: 'clerk', systemId: '4-2' }, false],
    [{ username: null, systemId: null }, false],
  ])('is known by its name or its system id: %j', (body, expected) => {
    expect(CATEGORIES.user.keptToItself?.is(body, 'synchub')).toBe(expected);
  });
});
