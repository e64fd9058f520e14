import { afterEach, describe, expect, it } from '@jest/globals';
import { LockedOutError, NotAllowedError } from '@sync-hub/contracts';
import { ping } from './probe.js';
import { call, givenSite, json } from './testing/given-site.js';

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0)) await close();
});
async function given(...parts: Parameters<typeof givenSite>) {
  const made = await givenSite(...parts);
  toClose.push(made.close);
  return made;
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
    expect(await ping(session, call)).toMatchObject({ state: 'locked-out' });
    expect(site.logins).toBe(1);
    site.letsIn = true;
    now = 1001;
    expect(await ping(session, call)).toMatchObject({ state: 'up' });
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
