import { afterEach, describe, expect, it } from '@jest/globals';
import { ContractError, LockedOutError, NotAllowedError, SiteDownError, TransientError } from '@sync-hub/contracts';
import { feedPages } from './atomfeed/atomfeed-fetch.js';
import { ping, probe } from './probe.js';
import { RestResources } from './rest/rest-resources.js';
import type { CallOptions } from './site-client.js';
import { SiteHttpClient } from './site-http.client.js';
import type { SiteOptions } from './site-options.js';
import { SiteSession } from './site-session.js';
import { ScriptedSite } from './testing/scripted-site.js';

const call: CallOptions = { signal: new AbortController().signal };
const write = { method: 'POST' as const, path: 'location', body: { name: 'Ward "3"' } };
const json = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function given(script: Parameters<typeof ScriptedSite.start>[0], change: Partial<SiteOptions> = {}, now?: () => number) {
  const site = await ScriptedSite.start(script);
  const options = site.options(change);
  const http = new SiteHttpClient(options);
  toClose.push(
    () => site.stop(),
    () => http.close(),
  );
  const session = new SiteSession(http, options, now);
  const rest = new RestResources(session, 'kisumu');
  return {
    site,
    session,
    rest,
    read: (options: CallOptions = call) => rest.get('location/x', { what: 'location', record: 'location/x' }, options),
    write: (options: CallOptions = call) => rest.write(write, 'location/x', options),
  };
}

describe('a session', () => {
  it('logs in once for many, and sends Basic with no other request', async () => {
    const { site, read } = await given(() => json({ uuid: 'x' }));
    await Promise.all(Array.from({ length: 20 }, () => read()));
    expect(site.logins).toBe(1);
    expect(site.requests.filter(({ authorization }) => authorization !== undefined).map(({ path }) => path)).toEqual(['/openmrs/ws/rest/v1/session']);
    expect(site.requests.filter(({ path }) => path.endsWith('/x')).every(({ cookie }) => cookie === 'JSESSIONID=s1')).toBe(true);
  });

  it.each([401, 403])('reads once more in a fresh session when it is answered with %i', async (status) => {
    const { site, read } = await given(({ cookie }) => (cookie === 'JSESSIONID=s1' ? json({ error: {} }, status) : json({ uuid: 'x' })));
    expect(await read()).toEqual({ uuid: 'x' });
    expect(site.logins).toBe(2);
  });

  it('reads once more and never a third time', async () => {
    const { site, read } = await given(() => json({ error: {} }, 403));
    await expect(read()).rejects.toThrow(NotAllowedError);
    expect(site.requests.filter(({ path }) => path.endsWith('/x')).length).toBe(2);
    site.answers(() => json({ error: {} }, 401));
    await expect(read()).rejects.toThrow(LockedOutError);
  });

  it.each([401, 403])('does not know whether a write was done that a stale session was answered %i to, and never repeats it', async (status) => {
    const { site, write } = await given(() => {
      site.sessions.clear();
      return { status, body: '<html>Session timed out</html>' };
    });
    await expect(write()).rejects.toMatchObject({ code: 'outcome-unknown', retry: 'later' });
    expect(site.requests.filter(({ method }) => method === 'POST').length).toBe(1);
    site.answers(() => json({ uuid: 'new' }, 201));
    expect(await write()).toBe('new');
    expect(site.logins).toBe(2);
  });

  it('believes a 403 to a write whose session is alive', async () => {
    const { write } = await given(() => json({ error: {} }, 403));
    await expect(write()).rejects.toMatchObject({ code: 'not-allowed', details: { privilege: 'Manage Locations' } });
  });

  it('leaves a refused login alone until the account may be unlocked', async () => {
    let now = 0;
    const { site, read, session } = await given(
      () => json({}),
      { unlockWaitMs: 1000 },
      () => now,
    );
    site.letsIn = false;
    await expect(read()).rejects.toThrow(LockedOutError);
    now = 999;
    expect(await ping(session, call)).toBe('locked-out');
    expect(site.logins).toBe(1);
    site.letsIn = true;
    now = 1001;
    expect(await ping(session, call)).toBe('up');
    expect(site.logins).toBe(2);
  });

  it('stops waiting for a login when its caller stops, and lets the others have it', async () => {
    const { site, read } = await given(() => json({ uuid: 'x' }));
    const stopping = new AbortController();
    const [stopped, other] = [read({ signal: stopping.signal }), read()];
    stopping.abort();
    await expect(stopped).rejects.toMatchObject({ code: 'stopped' });
    await expect(other).resolves.toEqual({ uuid: 'x' });
    expect(site.logins).toBe(1);
  });
});

describe('a request', () => {
  it('waits for its turn: no more than the cap are under way', async () => {
    const gate: (() => void)[] = [];
    const { site, read } = await given(() => new Promise((resolve) => gate.push(() => resolve(json({ uuid: 'x' })))), {
      maxInFlight: 3,
      answerTimeoutMs: 5000,
    });
    const all = Promise.all(Array.from({ length: 9 }, () => read()));
    for (let round = 0; round < 3; round += 1) {
      while (gate.length < 3) await new Promise((resolve) => setImmediate(resolve));
      for (const open of gate.splice(0)) open();
    }
    await all;
    expect(site.mostInFlight).toBe(3);
  });

  it('does not count its wait for a turn against its time', async () => {
    const { read } = await given(() => new Promise((resolve) => setTimeout(() => resolve(json({ uuid: 'x' })), 40)), { maxInFlight: 1, answerTimeoutMs: 200 });
    await expect(Promise.all(Array.from({ length: 8 }, () => read()))).resolves.toHaveLength(8);
  });

  it('is given up when no answer comes, or when its body trickles on for ever', async () => {
    const { site, read, write } = await given(() => 'silence', { answerTimeoutMs: 120 });
    await expect(read()).rejects.toMatchObject({ code: 'site-down', details: { reason: 'timed out' } });
    await expect(write()).rejects.toMatchObject({ code: 'outcome-unknown', details: { reason: 'timed out' } });
    site.answers(() => ({ headers: { 'content-length': '1000' }, body: '{' }));
    await expect(read()).rejects.toThrow(SiteDownError);
  });

  it('whose connection is cut leaves a write open, and says that the site is down on a read', async () => {
    const { read, write } = await given(() => 'cut');
    await expect(read()).rejects.toMatchObject({ code: 'site-down', details: { reason: 'connection lost' } });
    await expect(write()).rejects.toMatchObject({ code: 'outcome-unknown' });
  });

  it('refuses a body beyond its size, naming site and record only', async () => {
    const { read } = await given(() => ({ body: `{"uuid":"x","secret":"${'Jane '.repeat(1000)}"}` }), { maxBodyBytes: 1000 });
    await expect(read()).rejects.toMatchObject({
      code: 'contract',
      details: { reason: 'body-too-large', site: 'kisumu', record: 'location/x', what: 'location', kind: 'read', maxBytes: 1000 },
      message: expect.not.stringContaining('Jane'),
    });
  });

  it('follows no redirect and takes no page for an answer', async () => {
    const { site, read } = await given(() => ({ status: 302, headers: { location: '/openmrs/initialsetup' } }));
    await expect(read()).rejects.toMatchObject({ code: 'site-down', details: { status: 302 } });
    site.answers(() => ({ body: '<html>Log in, Jane</html>', headers: { 'content-type': 'text/html' } }));
    await expect(read()).rejects.toThrow(SiteDownError);
    site.answers(() => ({ body: '{"error":{"message":"Jane"}}' }));
    await expect(read()).rejects.toThrow(TransientError);
    site.answers(() => json([{ uuid: 'x' }]));
    await expect(read()).rejects.toThrow(ContractError);
    expect(site.requests.every(({ headers }) => headers['x-forwarded-proto'] === undefined)).toBe(true);
  });

  it('asks whether the claim is held before it is sent, and after it had to wait', async () => {
    let held = true;
    const { site, read } = await given(() => json({ uuid: 'x' }));
    await read();
    const before = site.requests.length;
    const beforeRequest = () => {
      if (!held) throw new TransientError('claim-lost', 'lost');
    };
    await read({ ...call, beforeRequest });
    held = false;
    await expect(read({ ...call, beforeRequest })).rejects.toMatchObject({ code: 'claim-lost' });
    expect(site.requests.length).toBe(before + 1);
  });
});

describe('a probe', () => {
  const versions = (platform: string, rest: string) => (request: { path: string }) =>
    request.path.includes('/module')
      ? json({
          results: [
            { uuid: 'webservices.rest', version: rest },
            { uuid: 'atomfeed', version: '1.0.13' },
          ],
        })
      : json({ systemInfo: { 'SystemInfo.title.openmrsInformation': { 'SystemInfo.OpenMRSInstallation.openmrsVersion': platform } } });

  it.each([
    [
      '1.9.7  Build 60bd9b',
      '2.12.0',
      {
        addressLines: 6,
        hasBirthtime: false,
        hasDeathdateEstimated: false,
        hasCauseOfDeathNonCoded: false,
        takesUuids: false,
        takesItemUuids: false,
        demotesIdentifiers: false,
        setAuditData: false,
      },
    ],
    [
      '1.11.6',
      '2.23.0',
      {
        addressLines: 6,
        hasBirthtime: true,
        hasDeathdateEstimated: true,
        takesUuids: true,
        takesItemUuids: false,
        demotesIdentifiers: true,
        setAuditData: false,
      },
    ],
    ['2.1.4', '2.22.9', { addressLines: 15, hasCauseOfDeathNonCoded: false, takesUuids: false, takesItemUuids: false }],
    ['2.8.0-SNAPSHOT', '3.4.0-SNAPSHOT', { addressLines: 15, hasCauseOfDeathNonCoded: true, takesUuids: true, takesItemUuids: true, setAuditData: true }],
  ])('of %s with webservices.rest %s knows what it can', async (platform, version, expected) => {
    const { session, rest } = await given(versions(platform, version));
    expect(await probe(session, rest, call)).toMatchObject(expected);
  });

  it('takes what it may not ask for the least there is', async () => {
    const { session, rest } = await given(() => json({ error: {} }, 403));
    expect(await probe(session, rest, call)).toMatchObject({ platform: null, rest: null, addressLines: 6, takesUuids: false, setAuditData: false });
  });

  it('tells how far the clock there is from ours', async () => {
    const { session, rest } = await given(versions('2.8.0', '3.4.0'));
    const hourBehind = () => Date.now() - 3_600_000;
    const { clockSkewMs } = await probe(session, rest, call, hourBehind);
    expect(Math.abs((clockSkewMs ?? 0) - 3_600_000)).toBeLessThan(2000);
  });
});

describe('the pages of a feed', () => {
  const PAGE =
    '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><link rel="via" href="http://elsewhere/3"/><entry><id>1</id></entry></feed>';

  it('are asked for in UTF-8, within the session, by the configured address', async () => {
    const { site, session } = await given(() => ({ body: PAGE, headers: { 'content-type': 'application/atom+xml;charset=UTF-8' } }));
    expect(await feedPages(session, 'kisumu', 'patient', call)('recent')).toMatchObject({ number: 3, entries: [{ id: '1' }] });
    expect(site.requests.at(-1)).toMatchObject({
      path: '/openmrs/ws/atomfeed/patient/recent',
      cookie: 'JSESSIONID=s1',
      headers: { accept: 'application/atom+xml;charset=UTF-8' },
    });
  });

  it.each([
    ['404', { status: 404, body: '<html>not found</html>' }],
    ['500', { status: 500, body: '<html>AtomFeedRuntimeException</html>' }],
    ['51: 200 with an exception', { status: 200, body: '{"message":"feed does not exist"}' }],
  ])('are none where they are answered with %s twice', async (_what, answer) => {
    const { session } = await given(() => answer);
    expect(await feedPages(session, 'kisumu', 'patient', call)(99)).toBeNull();
  });

  it('55: are read after all where only the session had ended', async () => {
    const { site, session } = await given(({ cookie }) => (cookie === 'JSESSIONID=s1' ? { status: 404, body: '<html/>' } : { body: PAGE }));
    await session.info(call);
    site.sessions.clear();
    expect(await feedPages(session, 'kisumu', 'patient', call)(3)).toMatchObject({ number: 3 });
  });

  it.each([
    ['52: a login page', { body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }],
    ['52: a redirect', { status: 302, headers: { location: '/login' } }],
    ['a proxy without its server', { status: 503, body: '<html/>' }],
  ])('say that the site is not ready where there is %s', async (_what, answer) => {
    const { session } = await given(() => answer);
    await expect(feedPages(session, 'kisumu', 'patient', call)('recent')).rejects.toThrow(SiteDownError);
  });

  it('56: are refused where they broke off in the middle', async () => {
    const { session } = await given(() => ({ body: PAGE.slice(0, 120) }));
    await expect(feedPages(session, 'kisumu', 'patient', call)('recent')).rejects.toThrow(ContractError);
  });
});
