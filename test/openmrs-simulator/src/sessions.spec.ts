import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RowState } from './index.js';
import { type Bench, basic, bench, withBench } from './simulator.bench.js';

const NOBODY = { authorization: '' };
const NURSE = { username: 'nurse', password: 'Nurse123', privileges: ['Get Patients', 'Get People', 'Get Patient Identifiers', 'Get Identifier Types'] };
const ADMIN = { username: 'admin', password: 'Admin123' };

describe('sessions', () => {
  let at: Bench;
  let jane: string;
  beforeEach(async () => {
    at = await bench({ users: [ADMIN, NURSE] });
    jane = at.simulator.clinician.addPatient(at.jane());
  });
  afterEach(() => at.simulator.stop());

  const cookieOf = (headers: Headers): string => headers.get('set-cookie')?.split(';')[0] ?? '';
  const login = async (username = 'admin', password = 'Admin123') =>
    cookieOf((await at.call('GET', 'session', undefined, { authorization: basic(username, password) })).headers);
  const gender = (): unknown => at.simulator.state().people[0]?.values['gender'];

  it('tell who is logged in, and are open to nobody in particular', async () => {
    const mine = (await at.call('GET', 'session')).json;
    expect([mine.authenticated, mine.user.display]).toEqual([true, 'admin']);
    expect((await at.call('GET', 'session', undefined, NOBODY)).json).toEqual({ authenticated: false, locale: 'en', allowedLocales: ['en'] });
  });

  it('are asked for with 401 by everything else', async () => {
    const reply = await at.call('GET', `patient/${jane}`, undefined, NOBODY);
    expect([reply.status, reply.headers.get('www-authenticate')?.slice(0, 5)]).toEqual([401, 'Basic']);
    expect(reply.json.error.message).toBe('User is not logged in [Privileges required: Get Patients]');
    expect((await at.call('GET', `patient/${jane}`, undefined, { ...NOBODY, 'disable-www-authenticate': 'true' })).headers.get('www-authenticate')).toBeNull();
  });

  it('log in once and for all that carry the cookie', async () => {
    const cookie = await login();
    await at.call('GET', `patient/${jane}`, undefined, { ...NOBODY, cookie });
    await at.call('GET', `patient/${jane}`, undefined, { cookie });
    expect(at.simulator.accounts.find('admin')?.logins).toBe(1);
    expect((await at.call('DELETE', 'session', undefined, { cookie })).status).toBe(204);
    expect((await at.call('GET', `patient/${jane}`, undefined, { ...NOBODY, cookie })).status).toBe(401);
  });

  it('that are still valid win over another user’s password', async () => {
    const cookie = await login('nurse', 'Nurse123');
    expect((await at.call('POST', `person/${jane}`, { gender: 'O' }, { cookie, authorization: basic('admin', 'Admin123') })).status).toBe(403);
  });

  it('that are stale get 401, and the write is done all the same', async () => {
    const cookie = await login();
    at.simulator.expireSessions();
    const reply = await at.call('POST', `person/${jane}`, { gender: 'O' }, { cookie });
    expect([reply.status, reply.headers.get('content-type'), gender()]).toEqual([401, 'text/html;charset=utf-8', 'O']);
    const without = await at.call('POST', `person/${jane}`, { gender: 'M' }, { ...NOBODY, cookie });
    expect([without.status, gender()]).toEqual([401, 'O']);
  });

  it('cannot be had with a colon in the password, nor with a header that says nothing', () =>
    withBench({ users: [{ username: 'a', password: 'b:c' }] }, async (other) => {
      expect((await other.call('GET', 'session', undefined, { authorization: basic('a', 'b:c') })).json.authenticated).toBe(false);
      expect((await other.call('GET', 'session', undefined, { authorization: 'Basic ' })).status).toBe(400);
    }));

  it('are refused for five minutes after the eighth wrong password, and each try begins them anew', async () => {
    const right = async () => (await at.call('GET', 'session')).json.authenticated;
    for (let i = 0; i < 8; i += 1) await login('admin', 'wrong');
    expect([at.simulator.accounts.isLocked('admin'), await right()]).toEqual([true, false]);
    at.pass(200);
    expect(await right()).toBe(false);
    at.pass(200);
    expect(await right()).toBe(false);
    at.pass(301);
    expect(await right()).toBe(true);
  });

  it('without a privilege get 403, and OpenMRS’ sentence', async () => {
    at.simulator.revoke('Edit People');
    const reply = await at.call('POST', `person/${jane}`, { gender: 'O' });
    expect([reply.status, reply.json.error.message]).toEqual([
      403,
      "User is logged in but doesn't have the relevant privilege [Privileges required: Edit People]",
    ]);
    at.simulator.grant('Edit People');
    expect((await at.call('POST', `person/${jane}`, { gender: 'O' })).status).toBe(200);
  });

  it('without a GET privilege do not see the nested key at all', async () => {
    const shown = (await at.call('GET', `patient/${jane}?v=full`, undefined, { authorization: basic('nurse', 'Nurse123') })).json;
    expect(Object.keys(shown.identifiers[0])).not.toContain('location');
    at.simulator.revoke('Get People');
    expect(Object.keys((await at.call('GET', `patient/${jane}?v=full`)).json)).not.toContain('person');
  });
});

describe('platforms', () => {
  const UUID = '99999999-0000-4000-8000-000000000001';

  it('before webservices.rest 2.23 refuse uuids of ours, but keep nested ones', () =>
    withBench({ profile: '2.1-old' }, async (at) => {
      const message = async (path: string, body: object) => (await at.call('POST', path, body)).json.error?.message;
      const refused = '[Some properties are not allowed to be set: uuid]';
      expect(await message('location', { uuid: UUID, name: 'Ward' })).toBe(refused);
      expect(await message('person', { uuid: UUID, gender: 'F', names: [{ givenName: 'J', familyName: 'D' }] })).toBe(refused);
      const made = await at.call('POST', 'patient', {
        person: { uuid: UUID, gender: 'F', names: [{ uuid: UUID, givenName: 'J', familyName: 'D' }] },
        identifiers: [at.identifier('J-1')],
      });
      expect(made.json.uuid).toBe(UUID);
      expect(await message(`person/${UUID}/name`, { uuid: at.clinic, givenName: 'K', familyName: 'D' })).toBe(refused);
      expect((await at.call('POST', `person/${UUID}/name`, { givenName: 'K' })).json.error.message).toBe('[Some required properties are missing: familyName]');
      expect((await at.call('GET', `person/${UUID}/name`)).json.results[0].uuid).toBe(UUID);
    }));

  it('before 2.2 know no cause of death in words, neither to read nor to write', () =>
    withBench({ profile: '2.1-old' }, async (at) => {
      const jane = at.simulator.clinician.addPatient(at.jane());
      expect((await at.call('GET', `person/${jane}?v=custom:(causeOfDeathNonCoded)`)).status).toBe(400);
      expect((await at.call('GET', `person/${jane}?v=full`)).json).not.toHaveProperty('causeOfDeathNonCoded');
      expect((await at.call('POST', `person/${jane}`, { causeOfDeathNonCoded: 'fever' })).status).toBe(400);
      const errors = (await at.call('POST', `person/${jane}`, { dead: true })).json.error.fieldErrors;
      expect(errors.causeOfDeath[0].code).toBe('Person.dead.causeOfDeathNull');
    }));

  it('that are old answer a stale session with 403, and show their stack', () =>
    withBench({ profile: '2.1-old' }, async (at) => {
      expect((await at.call('GET', 'session', undefined, { cookie: 'JSESSIONID=GONE' })).status).toBe(403);
      expect((await at.call('GET', 'location/x')).json.error.detail).toContain('\n\tat ');
    }));

  it('before webservices.rest 2.21 leave two identifiers preferred, and undo a second preferred address', () =>
    withBench({ profile: '2.1-old' }, async (at) => {
      const jane = at.simulator.clinician.addPatient(at.jane());
      await at.call('POST', `patient/${jane}/identifier`, at.identifier('JANE-2'));
      for (const address1 of ['Plot 1', 'Plot 2']) await at.call('POST', `person/${jane}/address`, { address1, preferred: true });
      const [person] = at.simulator.state().people;
      const marks = (rows: readonly RowState[] | undefined) => rows?.map(({ values }) => values['preferred']);
      expect([marks(person?.identifiers), marks(person?.addresses)]).toEqual([
        [true, true],
        [true, false],
      ]);
      expect(person?.addresses[0]?.values['address1']).toBe('Plot 1');
    }));

  it('from webservices.rest 3.0 on take who and when from those who may set them', () =>
    withBench({}, async (at) => {
      const body = { uuid: UUID, name: 'Ward', dateCreated: '2019-01-01T00:00:00.000+0000', creator: 'clinician' };
      expect((await at.call('POST', 'location', body)).status).toBe(201);
      expect((await at.call('GET', `location/${UUID}?v=full`)).json.auditInfo).toMatchObject({
        dateCreated: '2019-01-01T00:00:00.000+0000',
        creator: { display: 'clinician' },
      });
      at.simulator.revoke('Set Audit Data');
      expect((await at.call('POST', 'location', { ...body, uuid: undefined, name: 'Ward 2' })).status).toBe(400);
    }));
});
