import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { BENCH_TOKEN, type PeopleBench, peopleBench } from '../testing/people-bench.js';
import { beginWithAdministrator, FIRST_PASSWORD_FILE } from './first-administrator.js';

jest.setTimeout(120_000);

let bench: PeopleBench;
beforeAll(async () => {
  bench = await peopleBench();
}, 120_000);
beforeEach(() => bench.database.write(`delete from outbox`));
afterAll(() => bench?.stop());

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

async function ask(where: string, init: RequestInit = {}): Promise<Answer> {
  const answer = await fetch(`${bench.url}${where}`, init);
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

const post = (where: string, body: unknown, headers: Record<string, string> = {}): Promise<Answer> =>
  ask(where, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', ...headers } });

const cookiesOf = ({ headers }: Answer): string =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** What a page of ours sends once somebody has signed in. */
async function signedIn(name: string, password: string, headers: Record<string, string> = {}) {
  const answer = await post('/api/session', { name, password }, headers);
  expect(answer.status).toBe(200);
  return { answer, page: { cookie: cookiesOf(answer), origin: bench.url, 'x-page-token': String(answer.body['pageToken']) } };
}

const said = async (): Promise<readonly Record<string, unknown>[]> =>
  (
    await bench.database.query<{ payload: Record<string, unknown> }>(
      `select payload from outbox where type = 'account.changed.v1' order by said_at, message_id`,
    )
  ).map(({ payload }) => payload);

/** How long each waits now, in seconds; whoever does waits an hour longer, so that no test depends on how fast it is. */
const waits = async (whom: string): Promise<readonly number[]> =>
  (
    await bench.database.write<{ seconds: number }>(
      `update sign_in_attempt set wait_until = case when wait_until > tried_at then wait_until + interval '1 hour' else wait_until end where whom = $1
       returning extract(epoch from wait_until - tried_at)::int % 3600 as seconds`,
      [whom],
    )
  ).map(({ seconds }) => seconds);

/** Lets whoever waits try again. */
const later = () => bench.database.write(`update sign_in_attempt set wait_until = now() - interval '1 second'`);

describe('the first administrator', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-people-'));
    await bench.database.write(`delete from account`);
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is made once, with a password that is told where only its owner reads it, and opens nothing but the change of it', async () => {
    const { accounts } = bench.people;
    await beginWithAdministrator(accounts, { terminal: { write: () => undefined }, file: undefined });
    expect(await accounts.list()).toEqual([]);
    const file = path.join(folder, 'console-token');
    await beginWithAdministrator(accounts, { terminal: { write: () => undefined }, file });
    const told = await readFile(path.join(folder, FIRST_PASSWORD_FILE), 'utf8');
    expect((await stat(path.join(folder, FIRST_PASSWORD_FILE))).mode & 0o777).toBe(0o600);
    const [name = '', password = ''] = told.trim().split(' ');
    expect([name, password]).toEqual(['admin', expect.stringMatching(/^(?:[a-z2-9]{5}-){3}[a-z2-9]{5}$/)]);
    const written: string[] = [];
    await beginWithAdministrator(accounts, { terminal: { isTTY: true, write: (text) => written.push(text) }, file });
    expect([written, (await accounts.list()).length]).toEqual([[], 1]);

    for (const guess of ['admin', 'Admin123', 'password', 'admin123', 'changeme', '']) {
      await later();
      expect((await post('/api/session', { name, password: guess })).status).not.toBe(200);
    }
    await later();
    const { page, answer } = await signedIn(name, password);
    expect(answer.body).toMatchObject({ name: 'admin', role: 'administrator', mustChangePassword: true });
    expect(await ask('/api/accounts', { headers: page })).toMatchObject({ status: 403, body: { error: 'change-password' } });
    for (const next of ['short', password, 'my name is admin today'])
      expect(await post('/api/session/password', { current: password, next }, page)).toMatchObject({ status: 400, body: { error: 'invalid' } });
    const changed = await post('/api/session/password', { current: password, next: 'four words that I keep' }, page);
    expect(changed).toMatchObject({ status: 200, body: { mustChangePassword: false } });
    expect((await ask('/api/accounts', { headers: page })).status).toBe(401);
    expect((await ask('/api/accounts', { headers: { cookie: cookiesOf(changed) } })).status).toBe(200);
    expect((await post('/api/session', { name, password })).status).toBe(401);
    expect(bench.kept.text()).not.toContain(password);
  });

  it('is told at a terminal where somebody sits there, and in no file', async () => {
    await bench.database.write(`delete from account_session`);
    await bench.database.write(`delete from known_browser`);
    await bench.database.write(`delete from account`);
    const written: string[] = [];
    await beginWithAdministrator(bench.people.accounts, {
      terminal: { isTTY: true, write: (text) => written.push(text) },
      file: path.join(folder, 'other', 'token'),
    });
    expect(written).toEqual([expect.stringMatching(/^Sign in as admin with this password, .*: [a-z2-9-]{23}\n$/)]);
  });
});

describe('a session', () => {
  it('is a cookie that no script reads and no page elsewhere has sent, and is kept by its digest', async () => {
    const amina = await bench.somebody('Amina', 'resolver');
    const { answer, page } = await signedIn('AMINA ', amina.password);
    for (const cookie of answer.headers.getSetCookie())
      expect(cookie).toMatch(/^sync-hub-(?:session|browser)\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict(?:; Max-Age=\d+)?$/);
    const secure = await post('/api/session', { name: 'Amina', password: amina.password }, { 'x-forwarded-proto': 'https' });
    for (const cookie of secure.headers.getSetCookie()) expect(cookie).toMatch(/^__Host-sync-hub-.*; Secure/);
    const kept = JSON.stringify(await bench.database.query(`select encode(digest, 'escape') as digest, account_id from account_session`));
    for (const secret of cookiesOf(answer).match(/[\w-]{43}/g) ?? []) expect(kept).not.toContain(secret);
    expect((await ask('/api/session', { headers: page })).body).toMatchObject({ name: 'Amina', permissions: expect.arrayContaining(['answer-conflicts']) });
    const [{ hash } = { hash: '' }] = await bench.database.query<{ hash: string }>(`select password_hash as hash from account where name = 'Amina'`);
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=32768,t=3,p=1\$/);
  });

  it('ends by signing out, and where the password, the role or the account is changed', async () => {
    const otieno = await bench.somebody('Otieno', 'operator');
    const { accounts } = bench.people;
    const begun = async () => (await signedIn('Otieno', otieno.password)).page;
    const isOpen = async (page: Record<string, string>) => (await ask('/api/session', { headers: page })).status === 200;
    const out = await begun();
    expect((await post('/api/session/end', {}, out)).status).toBe(204);
    expect(await isOpen(out)).toBe(false);
    for (const change of [() => accounts.setRole(otieno.id, 'viewer', 'a test'), () => accounts.setDisabled(otieno.id, true, 'a test')]) {
      const page = await begun();
      expect(await isOpen(page)).toBe(true);
      expect(await change()).toBe('done');
      expect(await isOpen(page)).toBe(false);
    }
    expect((await post('/api/session', { name: 'Otieno', password: otieno.password })).status).toBe(401);
    await accounts.setDisabled(otieno.id, false, 'a test');
    const page = await begun();
    await accounts.resetPassword(otieno.id, 'a test');
    expect(await isOpen(page)).toBe(false);
    expect((await post('/api/session', { name: 'Otieno', password: otieno.password })).status).toBe(401);
  });

  it('writes nothing that a page elsewhere asks for', async () => {
    const { secret, name } = await bench.somebody('Njeri', 'administrator');
    const cookie = `sync-hub-session${new URL(bench.url).port}=${secret}`;
    const { body } = await ask('/api/session', { headers: { cookie } });
    const ours = { cookie, origin: bench.url, 'x-page-token': String(body['pageToken']) };
    const { 'x-page-token': _, ...without } = ours;
    const { origin: __, ...nowhere } = ours;
    const account = { name: 'made by a page', role: 'administrator' };
    const refused = [
      await post('/api/accounts', account, without),
      await post('/api/accounts', account, nowhere),
      await post('/api/accounts', account, { ...ours, 'x-page-token': 'x'.repeat(43) }),
      await post('/api/accounts', account, { ...ours, origin: 'http://evil.example' }),
      await post('/api/accounts', account, { ...ours, origin: 'null' }),
      await post('/api/accounts', account, { ...ours, origin: bench.url.replace(/\d+$/, '1') }),
      await post('/api/accounts', account, { ...ours, 'sec-fetch-site': 'same-site' }),
      await post('/api/accounts', account, { ...ours, 'sec-fetch-site': 'cross-site' }),
      await post('/api/accounts', account, { ...ours, 'content-type': 'text/plain' }),
      await post('/api/session', { name, password: 'x' }, { origin: 'http://evil.example' }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 403, 403, 415, 403]);
    expect((await bench.people.accounts.list()).map((one) => one.name)).not.toContain(account.name);
    expect((await post('/api/accounts', account, ours)).status).toBe(201);
  });
});

describe('who guesses', () => {
  it('waits after five tries, whatever is tried then; a browser that the account knows does not wait, nor does anybody else', async () => {
    const wanjiru = await bench.somebody('Wanjiru', 'viewer');
    const kamau = await bench.somebody('Kamau', 'viewer');
    const known = cookiesOf((await signedIn('Wanjiru', wanjiru.password)).answer).match(/sync-hub-browser\S+/)?.[0] ?? '';
    const wrong = { name: 'Wanjiru', password: 'a wrong one' };
    const tries = [];
    for (let count = 0; count < 5; count += 1) tries.push((await post('/api/session', wrong)).status);
    expect([tries, await waits(wanjiru.id)]).toEqual([[401, 401, 401, 401, 401], [1]]);
    expect((await post('/api/session', wrong)).status).toBe(429);
    expect(await post('/api/session', { ...wrong, password: wanjiru.password })).toMatchObject({
      status: 429,
      body: { error: 'wait', seconds: expect.any(Number) },
    });
    await signedIn('Wanjiru', wanjiru.password, { cookie: known });
    await signedIn('Kamau', kamau.password);
    expect((await post('/api/session', { ...wrong, password: wanjiru.password }, { cookie: known.replace(/=.*/, `=${'x'.repeat(43)}`) })).status).toBe(429);
    await later();
    await signedIn('Wanjiru', wanjiru.password);
    expect(await bench.database.query(`select from sign_in_attempt where whom = $1 and from_where like '127%'`, [wanjiru.id])).toEqual([]);
  });

  it('is looked at once in a while though many come at once, and waits longer each time, but never longer than a minute', async () => {
    const { id } = await bench.somebody('Chebet', 'viewer');
    await bench.database.write(`insert into sign_in_attempt (whom, from_where, tries) values ($1, '127.0.0.1', 8)`, [id]);
    for (const seconds of [16, 32, 60, 60]) {
      await later();
      const answers = await Promise.all(Array.from({ length: 10 }, () => post('/api/session', { name: 'Chebet', password: 'a wrong one' })));
      expect([answers.filter(({ status }) => status === 401).length, await waits(id)]).toEqual([1, [seconds]]);
    }
  });

  it('is not told whether there is such an account, and what was named is kept nowhere', async () => {
    const typed = 'MyPasswordTypedTooEarly';
    await bench.somebody('Nekesa', 'viewer');
    await bench.database.write(`delete from outbox`);
    const [there, notThere] = [
      await post('/api/session', { name: 'Nekesa', password: 'a wrong one' }),
      await post('/api/session', { name: typed, password: 'a wrong one' }),
    ];
    expect([there.status, there.body]).toEqual([notThere.status, notThere.body]);
    expect(await said()).toEqual([
      { site: 'hub', round: 1, outcome: 'sign-in-refused', account: 'Nekesa', by: null },
      { site: 'hub', round: 1, outcome: 'sign-in-refused', account: null, by: null },
    ]);
    const kept = JSON.stringify([
      await bench.database.query(`select * from sign_in_attempt`),
      await bench.database.query(`select * from outbox`),
      bench.kept.text(),
    ]);
    expect(kept.toLowerCase()).not.toContain(typed.toLowerCase());
  });
});

describe('a token', () => {
  it('may what it was made for and its account may, is told once, and not made by a token', async () => {
    const mwangi = await bench.somebody('Mwangi', 'resolver');
    const { page } = await signedIn('Mwangi', mwangi.password);
    const beyond = await post('/api/tokens', { name: 'a program', scope: ['read-audit', 'manage-accounts'], days: 30 }, page);
    expect(beyond).toMatchObject({ status: 400, body: { problems: [{ path: 'scope', problem: expect.stringContaining('manage-accounts') }] } });
    for (const days of [0, 367, 1.5]) expect((await post('/api/tokens', { name: 'a program', scope: ['read-audit'], days }, page)).status).toBe(400);
    const made = await post('/api/tokens', { name: 'a program', scope: ['see-records', 'see-conflicts'], days: 30 }, page);
    const bearer = { authorization: `Bearer ${String(made.body['token'])}` };
    expect(made.body['token']).toMatch(/^sync-hub-[\w-]{43}$/);
    expect((await ask('/api/tokens', { headers: page })).body).toEqual({
      tokens: [expect.objectContaining({ name: 'a program', account: 'Mwangi', scope: ['see-records', 'see-conflicts'], madeBy: 'Mwangi', revoked: null })],
    });
    expect((await ask('/api/conflicts', { headers: bearer })).status).toBe(200);
    expect((await ask('/ws/rest/sync2/messages/x', { headers: bearer })).status).toBe(403);
    expect((await post('/api/tokens', { name: 'another', scope: ['see-conflicts'], days: 1 }, bearer)).status).toBe(403);
    const kept = JSON.stringify(await bench.database.query(`select *, encode(digest, 'escape') as text from api_token`));
    expect(kept).not.toContain(String(made.body['token']).slice(9));
    await bench.people.accounts.setRole(mwangi.id, 'viewer', 'a test');
    expect((await ask(`/api/conflicts/${mwangi.id}`, { headers: bearer })).status).toBe(403);
    const other = await bench.somebody('Atieno', 'viewer');
    const others = (await signedIn('Atieno', other.password)).page;
    expect((await post(`/api/tokens/${String(made.body['id'])}/revoke`, {}, others)).status).toBe(404);
    const again = (await signedIn('Mwangi', mwangi.password)).page;
    expect((await post(`/api/tokens/${String(made.body['id'])}/revoke`, {}, again)).status).toBe(204);
    expect((await ask('/api/conflicts', { headers: bearer })).status).toBe(401);
    expect((await said()).map(({ outcome, account, by, token }) => [outcome, account, by, token]).filter(([what]) => String(what).startsWith('token'))).toEqual(
      [
        ['token-added', 'Mwangi', 'Mwangi', 'a program'],
        ['token-revoked', 'Mwangi', 'Mwangi', 'a program'],
      ],
    );
  });
});

describe('clients of Sync 2.0', () => {
  const basic = (name: string, password: string) => ({ authorization: `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}` });
  const LIST = '/ws/rest/sync2/messages?success=ALL&operation=ALL&resourceName=ALL&creatorInstanceId=ALL';

  it('send name and password with each request, which is good for their paths alone', async () => {
    const { password } = await bench.somebody('Old client', 'viewer');
    expect((await ask(LIST, { headers: basic('Old client', password) })).status).toBe(200);
    expect((await ask(LIST, { headers: basic('old CLIENT', password) })).status).toBe(200);
    expect((await ask('/api/conflicts', { headers: basic('Old client', password) })).status).toBe(401);
    expect((await post('/ws/rest/sync2/conflict/resolve', {}, basic('Old client', password))).status).toBe(403);
    const refused = await ask(LIST, { headers: basic('Old client', 'a wrong one') });
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, null]);
    const { oneTimePassword = '' } = (await bench.people.accounts.add({ name: 'Newer client', role: 'viewer' }, 'a test')) ?? {};
    expect((await ask(LIST, { headers: basic('Newer client', oneTimePassword) })).status).toBe(401);
  });

  it('are looked at anew once the password is another, or the account disabled', async () => {
    const { id, password } = await bench.somebody('Third client', 'viewer');
    expect((await ask(LIST, { headers: basic('Third client', password) })).status).toBe(200);
    await bench.people.accounts.setDisabled(id, true, 'a test');
    expect((await ask(LIST, { headers: basic('Third client', password) })).status).toBe(401);
    await bench.people.accounts.setDisabled(id, false, 'a test');
    await bench.people.accounts.resetPassword(id, 'a test');
    expect((await ask(LIST, { headers: basic('Third client', password) })).status).toBe(401);
  });
});

describe('who acts', () => {
  const RULE = { link: 'central-kisumu', category: 'patient', field: 'gender', policy: 'parent-wins' };

  it('is whoever is signed in, whatever name is told beside it', async () => {
    const wafula = await bench.somebody('Wafula', 'resolver');
    const { page } = await signedIn('Wafula', wafula.password);
    const { body } = await post('/api/conflicts/rules', { ...RULE, by: 'Somebody else' }, page);
    const [rule] = (await bench.parts.rules.list({})) ?? [];
    expect([rule?.id, rule?.madeBy]).toEqual([body['id'], 'Wafula']);
    expect((await post(`/api/conflicts/rules/${String(body['id'])}/revoke`, {}, page)).status).toBe(204);
    const token = { authorization: `Bearer ${BENCH_TOKEN}` };
    expect(await post('/api/conflicts/rules', RULE, token)).toMatchObject({ status: 400, body: { problems: [{ path: 'by' }] } });
  });

  it('is told of each change of an account, and the last administrator stays', async () => {
    await bench.database.write(`update account set disabled_at = now() where role = 'administrator'`);
    const naliaka = await bench.somebody('Naliaka', 'administrator');
    const mine = (await signedIn('Naliaka', naliaka.password)).page;
    for (const act of ['disable', 'role'])
      expect(await post(`/api/accounts/${naliaka.id}/${act}`, act === 'role' ? { role: 'viewer' } : {}, mine)).toMatchObject({
        status: 409,
        body: { error: 'last-administrator' },
      });
    await bench.database.write(`delete from outbox`);
    const { id } = (await post('/api/accounts', { name: 'Barasa', role: 'viewer' }, mine)).body as { id: string };
    expect((await post('/api/accounts', { name: 'barasa', role: 'viewer' }, mine)).status).toBe(409);
    for (const [act, body] of [
      ['role', { role: 'operator' }],
      ['disable', {}],
      ['enable', {}],
      ['password', {}],
    ] as const)
      expect((await post(`/api/accounts/${id}/${act}`, body, mine)).status).toBeLessThan(300);
    expect((await said()).map(({ outcome, account, by }) => [outcome, account, by])).toEqual(
      expect.arrayContaining(
        ['account-added', 'role-changed', 'account-disabled', 'account-enabled', 'password-reset'].map((outcome) => [outcome, 'Barasa', 'Naliaka']),
      ),
    );
    for (const wrong of ['a:b', ' ', 'x'.repeat(70), '<b>']) expect((await post('/api/accounts', { name: wrong, role: 'viewer' }, mine)).status).toBe(400);
    expect((await post(`/api/accounts/${randomUUID()}/disable`, {}, mine)).status).toBe(404);
  });
});
