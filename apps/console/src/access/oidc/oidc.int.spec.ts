import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { OidcConfiguration } from '@sync-hub/configuration';
import { type PeopleBench, peopleBench } from '../../testing/people-bench.js';
import { startTestProvider, TEST_CLIENT, type TestProvider } from '../../testing/test-provider.js';

jest.setTimeout(60_000);

let provider: TestProvider;
let bench: PeopleBench;
let settings: OidcConfiguration | undefined;
let usual: OidcConfiguration;
const secret = jest.fn(async () => TEST_CLIENT.secret);

beforeAll(async () => {
  bench = await peopleBench({ oidc: { current: () => settings, secret } });
  provider = await startTestProvider(`${bench.url}/api/session/oidc/callback`);
  usual = {
    issuer: provider.issuer,
    clientId: TEST_CLIENT.id,
    clientSecret: { env: 'OIDC' },
    scopes: ['profile', 'groups'],
    nameClaim: 'preferred_username',
    rolesClaim: 'groups',
    roles: [
      { has: 'sync-admins', is: 'administrator' },
      { has: 'nurses', is: 'resolver' },
    ],
  };
}, 120_000);
beforeEach(async () => {
  settings = usual;
  secret.mockResolvedValue(TEST_CLIENT.secret);
  provider.isAway = false;
  provider.known = {
    's-amina': { preferred_username: 'Amina', groups: ['nurses', 'everybody'] },
    's-otieno': { preferred_username: 'otieno', groups: ['everybody'] },
  };
  await bench.database.write(`delete from outbox`);
});
afterAll(async () => {
  await bench?.stop();
  await provider?.stop();
});

/** A browser, as far as it keeps cookies: one jar a host and port, as the names of ours are told apart. */
function browser() {
  const jars = new Map<string, Map<string, string>>();
  const ask = async (where: string | URL, init: RequestInit = {}) => {
    const at = new URL(where);
    const jar = jars.get(at.host) ?? new Map<string, string>();
    jars.set(at.host, jar);
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await fetch(at, { redirect: 'manual', ...init, headers: { ...init.headers, cookie } });
    for (const one of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      if (/max-age=0|expires=Thu, 01 Jan 1970/i.test(one)) jar.delete(name);
      else jar.set(name, value);
    }
    return answer;
  };
  return { ask, jar: () => jars.get(new URL(bench.url).host) ?? new Map<string, string>() };
}
type Browser = ReturnType<typeof browser>;

const post = (body: object) => ({ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', origin: bench.url } });

const begin = async ({ ask }: Browser) => {
  const answer = await ask(`${bench.url}/api/session/oidc`, post({}));
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as Record<string, string> };
};

/** Goes to the provider's page, says who one is, and follows it back as far as our own address, which is not yet asked for. */
async function backFrom(person: Browser, login: string | null): Promise<URL> {
  let at = new URL((await begin(person)).body['goTo'] ?? '');
  for (let steps = 0; !at.href.startsWith(bench.url); steps += 1) {
    if (steps > 8) throw new Error(`no way back from ${at.pathname}`);
    const init =
      at.pathname.startsWith('/interaction/') && !at.hash.includes('said')
        ? { method: 'POST', body: login === null ? 'x=' : `login=${login}`, headers: { 'content-type': 'application/x-www-form-urlencoded' } }
        : {};
    const answer = await person.ask(at, init);
    at = new URL(answer.headers.get('location') ?? '', at);
  }
  return at;
}

/** The whole of it; where the page is afterwards. */
async function signIn(login: string | null, person = browser()) {
  const callback = await backFrom(person, login);
  const answer = await person.ask(callback);
  const session = await person.ask(`${bench.url}/api/session`);
  return {
    to: answer.headers.get('location'),
    status: answer.status,
    callback,
    session: session.ok ? ((await session.json()) as Record<string, unknown>) : null,
    answer,
    person,
  };
}

const said = async () =>
  (
    await bench.database.query<{ payload: Record<string, unknown> }>(
      `select payload from outbox where type = 'account.changed.v1' order by said_at, payload ->> 'outcome'`,
    )
  ).map(({ payload: { outcome, account, by, role, provider: whose } }) => ({ outcome, account, by, role, whose }));

const failures = () =>
  bench.kept
    .lines()
    .filter((line) => line['event'] === 'console.oidc-failed')
    .map((line) => line['reason']);

describe('who signs in by a provider', () => {
  it('has an account from the first time on, known by issuer and subject, and what it says of them each time', async () => {
    const first = await signIn('s-amina');
    expect([first.status, first.to]).toEqual([302, '/conflicts']);
    expect(first.session).toMatchObject({ name: 'Amina', role: 'resolver', hasPassword: false, mustChangePassword: false });
    expect(await said()).toEqual([
      { outcome: 'account-added', account: 'Amina', by: provider.issuer, role: 'resolver', whose: provider.issuer },
      { outcome: 'signed-in', account: 'Amina', by: 'Amina', role: undefined, whose: provider.issuer },
    ]);
    // Another name and another role there: the same account, under the name that stands in histories.
    provider.known = { 's-amina': { preferred_username: 'amina.o', groups: ['nurses', 'sync-admins'] } };
    const later = await signIn('s-amina');
    expect(later.session).toMatchObject({ name: 'Amina', role: 'administrator' });
    expect((await first.person.ask(`${bench.url}/api/session`)).status).toBe(401);
    expect((await bench.people.accounts.list()).map(({ name, role, provider: whose }) => [name, role, whose])).toEqual([
      ['Amina', 'administrator', provider.issuer],
    ]);
    // Somebody else of her name is not her.
    provider.known = { 's-other': { preferred_username: 'AMINA', groups: ['nurses'] } };
    expect((await signIn('s-other')).session).toMatchObject({ name: 'AMINA@127.0.0.1', role: 'resolver' });
  });

  it('is let in by no role, and has no session left from when there was one', async () => {
    expect((await signIn('s-otieno')).to).toBe('/conflicts#sign-in=no-role');
    expect(await said()).toEqual([{ outcome: 'sign-in-refused', account: null, by: null, role: undefined, whose: provider.issuer }]);
    provider.known = { 's-otieno': { preferred_username: 'otieno', groups: 'nurses' } };
    const { person, session } = await signIn('s-otieno');
    expect(session).toMatchObject({ role: 'resolver' });
    provider.known = { 's-otieno': { preferred_username: 'otieno', groups: ['former'] } };
    expect((await signIn('s-otieno')).to).toBe('/conflicts#sign-in=no-role');
    expect((await person.ask(`${bench.url}/api/session`)).status).toBe(401);
  });

  it('stays out while the account is disabled here, whatever the provider says', async () => {
    provider.known = { 's-juma': { preferred_username: 'Juma', groups: ['sync-admins'] } };
    const { person } = await signIn('s-juma');
    const { accounts } = bench.people;
    const id = (await accounts.list()).find(({ name }) => name === 'Juma')?.id ?? '';
    expect([await accounts.setRole(id, 'viewer', 'a test'), await accounts.resetPassword(id, 'a test')]).toEqual(['of-provider', 'of-provider']);
    expect(await accounts.setDisabled(id, true, 'a test')).toBe('done');
    expect((await person.ask(`${bench.url}/api/session`)).status).toBe(401);
    expect((await signIn('s-juma')).to).toBe('/conflicts#sign-in=disabled');
    await accounts.setDisabled(id, false, 'a test');
    expect((await signIn('s-juma')).session).toMatchObject({ name: 'Juma' });
    expect(await bench.people.signIn.signIn('Juma', '', { address: 'nowhere', browser: null })).toEqual({ kind: 'refused' });
  });

  it('leaves the last administrator with a password in place', async () => {
    const local = await bench.somebody('local admin', 'administrator');
    provider.known = { 's-juma': { preferred_username: 'Juma', groups: ['sync-admins'] } };
    await signIn('s-juma');
    expect(await bench.people.accounts.setDisabled(local.id, true, 'a test')).toBe('last-administrator');
  });

  it('needs a name that can stand in a history', async () => {
    provider.known = { 's-odd': { preferred_username: '<b>odd</b>', groups: ['nurses'] } };
    expect((await signIn('s-odd')).to).toBe('/conflicts#sign-in=no-name');
    settings = { ...usual, nameClaim: 'nickname' };
    expect((await signIn('s-odd')).to).toBe('/conflicts#sign-in=no-name');
  });

  it('is refused where they refuse', async () => {
    expect((await signIn(null)).to).toBe('/conflicts#sign-in=refused');
  });

  it('may have what they are deep in a claim', async () => {
    settings = { ...usual, rolesClaim: 'realm_access.roles' };
    provider.known = { 's-deep': { preferred_username: 'Deep', realm_access: { roles: ['other', 'nurses'] } } };
    expect((await signIn('s-deep')).session).toMatchObject({ name: 'Deep', role: 'resolver' });
  });
});

describe('the way to a provider and back', () => {
  it('is for the browser that went it, once', async () => {
    const person = browser();
    const callback = await backFrom(person, 's-amina');
    expect([...callback.searchParams.keys()].sort()).toEqual(['code', 'iss', 'state']);
    const stranger = browser();
    const elsewhere = await stranger.ask(callback);
    expect([elsewhere.headers.get('location'), stranger.jar().size]).toEqual(['/conflicts#sign-in=stale', 0]);
    // Who began a way of their own has another state; with the right one beside another's code, the provider knows by its digest that it is not who began it.
    await begin(stranger);
    expect((await stranger.ask(callback)).headers.get('location')).toBe('/conflicts#sign-in=stale');
    const own = new URL((await begin(stranger)).body['goTo'] ?? '').searchParams.get('state') ?? '';
    const mixed = new URL(callback);
    mixed.searchParams.set('state', own);
    expect((await stranger.ask(mixed)).headers.get('location')).toBe('/conflicts#sign-in=misconfigured');
    expect((await stranger.ask(`${bench.url}/api/session`)).status).toBe(401);
  });

  it('is not gone twice by one code', async () => {
    const { callback, person, session } = await signIn('s-amina');
    expect(session).not.toBeNull();
    expect((await person.ask(callback)).headers.get('location')).toBe('/conflicts#sign-in=stale');
  });

  it('asks for what keeps others out, and is begun by a page of ours alone', async () => {
    const person = browser();
    const { body, headers } = await begin(person);
    const asked = Object.fromEntries(new URL(body['goTo'] ?? '').searchParams);
    expect(asked).toMatchObject({
      response_type: 'code',
      scope: 'openid profile groups',
      code_challenge_method: 'S256',
      redirect_uri: `${bench.url}/api/session/oidc/callback`,
    });
    for (const name of ['state', 'nonce', 'code_challenge']) expect(asked[name]).toMatch(/^[\w-]{43}$/);
    expect(headers.getSetCookie()).toEqual([expect.stringMatching(/^sync-hub-journey\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=900$/)]);
    const elsewhere = { ...post({}), headers: { 'content-type': 'application/json', origin: 'https://evil.example' } };
    expect((await person.ask(`${bench.url}/api/session/oidc`, elsewhere)).status).toBe(403);
    expect((await person.ask(`${bench.url}/api/session/oidc`, { method: 'POST', headers: { origin: bench.url } })).status).toBe(415);
  });

  it('begins a session as any other: a cookie that no page elsewhere has sent, and what writes needs the token of the page', async () => {
    const { answer, person, session } = await signIn('s-amina');
    const [left, ...kept] = answer.headers.getSetCookie();
    expect(left).toMatch(/^sync-hub-journey\d+=; .*Max-Age=0$/);
    for (const cookie of kept) expect(cookie).toMatch(/^sync-hub-(?:session|browser)\d+=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict/);
    expect(kept).toHaveLength(2);
    expect((await person.ask(`${bench.url}/api/session/end`, post({}))).status).toBe(403);
    const page = post({});
    const withToken = { ...page, headers: { ...page.headers, 'x-page-token': String(session?.['pageToken']) } };
    expect((await person.ask(`${bench.url}/api/session/end`, withToken)).status).toBe(204);
    expect((await person.ask(`${bench.url}/api/session`)).status).toBe(401);
  });

  it('stands in no log and no table: neither the code, nor a token, nor the secret', async () => {
    const { callback, answer } = await signIn('s-amina');
    await signIn(null);
    const code = callback.searchParams.get('code') ?? '';
    const state = callback.searchParams.get('state') ?? '';
    const tables = await bench.database.query<{ row: unknown }>(
      `select to_jsonb(account) as row from account union all select to_jsonb(account_identity) from account_identity union all select to_jsonb(outbox) from outbox`,
    );
    expect([code.length > 20, state.length]).toEqual([true, 43]);
    for (const told of [bench.kept.text(), JSON.stringify(tables), `${answer.headers.get('location')}`])
      for (const hidden of [code, state, TEST_CLIENT.secret]) expect(told).not.toContain(hidden);
  });
});

describe('a provider', () => {
  it('that is away, answers wrongly or knows us not is said to be so, and keeps nobody out who has a password', async () => {
    const before = failures().length;
    const amina = await bench.somebody('Wanjiru', 'viewer');
    const about = async () => (await fetch(`${bench.url}/api/session/oidc`)).json();
    const callback = await backFrom(browser(), 's-amina');
    provider.isAway = true;
    settings = { ...usual, clientId: 'asked-anew' };
    expect(await begin(browser())).toMatchObject({ status: 503, body: { error: 'no-answer' } });
    settings = { ...usual, issuer: 'http://127.0.0.1:1' };
    expect(await begin(browser())).toMatchObject({ status: 503, body: { error: 'no-answer' } });
    expect(await about()).toEqual({ provider: { title: '127.0.0.1' } });
    const local = await fetch(`${bench.url}/api/session`, post({ name: 'Wanjiru', password: amina.password }));
    expect(local.status).toBe(200);

    provider.isAway = false;
    settings = { ...usual, issuer: `${provider.issuer}/other`, title: 'Ministry' };
    expect(await begin(browser())).toMatchObject({ status: 503, body: { error: 'misconfigured' } });
    expect(await about()).toEqual({ provider: { title: 'Ministry' } });
    settings = usual;
    secret.mockResolvedValue('another one');
    expect((await signIn('s-amina')).to).toBe('/conflicts#sign-in=misconfigured');
    expect(failures().slice(before)).toEqual(['no-answer', 'no-answer', 'misconfigured', 'misconfigured']);
    settings = undefined;
    expect([await about(), (await begin(browser())).status]).toEqual([{ provider: null }, 404]);
    expect((await fetch(callback)).status).toBe(404);
  });

  it('that goes away while somebody is at its page is said to be so', async () => {
    const person = browser();
    const callback = await backFrom(person, 's-amina');
    provider.isAway = true;
    expect((await person.ask(callback)).headers.get('location')).toBe('/conflicts#sign-in=no-answer');
  });
});
