import { afterEach, describe, expect, it } from '@jest/globals';
import { ContractError, SiteDownError, TransientError } from '@sync-hub/contracts';
import type { Heard } from './site-client.js';
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

  it('goes before all reads that wait, where it is a write', async () => {
    const gate: (() => void)[] = [];
    const { site, read, write } = await given(() => new Promise((resolve) => gate.push(() => resolve(json({ uuid: 'x' })))), { maxInFlight: 1 });
    const all = Promise.all([read(), read(), read(), write(), write()]);
    for (let answered = 0; answered < 5; answered += 1) {
      while (gate.length === 0) await new Promise((resolve) => setImmediate(resolve));
      gate.pop()?.();
    }
    await all;
    expect(site.requests.filter(({ path }) => path.includes('location')).map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'GET', 'GET']);
  });

  it('is one of fewer at once where the site is busy, and of more again when it answers well', async () => {
    const limits: number[] = [];
    const { site, read } = await given(() => ({ status: 503 }), { maxInFlight: 4, onInFlightLimit: (limit) => void limits.push(limit) });
    for (let one = 0; one < 3; one += 1) await expect(read()).rejects.toThrow(SiteDownError);
    expect(limits).toEqual([4, 2, 1]);
    site.answers(() => json({ uuid: 'x' }));
    await Promise.all(Array.from({ length: 12 }, () => read()));
    expect(limits).toEqual([4, 2, 1, 2, 3, 4]);

    const gate: (() => void)[] = [];
    site.answers(() => new Promise((resolve) => gate.push(() => resolve(json({ uuid: 'x' })))));
    site.mostInFlight = 0;
    const all = Promise.all(Array.from({ length: 8 }, () => read()));
    for (let round = 0; round < 2; round += 1) {
      while (gate.length < 4) await new Promise((resolve) => setImmediate(resolve));
      for (const open of gate.splice(0)) open();
    }
    await all;
    expect(site.mostInFlight).toBe(4);
  });

  it('tells how long its answer took, its wait for a turn left out', async () => {
    const heard: Heard[] = [];
    const { read } = await given(() => new Promise((resolve) => setTimeout(() => resolve(json({ uuid: 'x' })), 60)), { maxInFlight: 1 });
    await read();
    const asked = performance.now();
    await Promise.all([read({ ...call, heard: (answer) => void heard.push(answer) }), read({ ...call, heard: (answer) => void heard.push(answer) })]);
    const took = heard.map(({ tookMs }) => tookMs);
    expect(Math.min(...took)).toBeGreaterThanOrEqual(50);
    expect(took[0]! + took[1]!).toBeLessThanOrEqual(Math.ceil(performance.now() - asked) + 1);
  });

  it('that times out is one of too many', async () => {
    const limits: number[] = [];
    const { read } = await given(() => 'silence', { maxInFlight: 4, answerTimeoutMs: 60, onInFlightLimit: (limit) => void limits.push(limit) });
    await expect(read()).rejects.toThrow(SiteDownError);
    expect(limits).toEqual([4, 2]);
  });

  it('does not count its wait for a turn against its time', async () => {
    const { read } = await given(() => new Promise((resolve) => setTimeout(() => resolve(json({ uuid: 'x' })), 40)), { maxInFlight: 1, answerTimeoutMs: 1000 });
    await expect(Promise.all(Array.from({ length: 40 }, () => read()))).resolves.toHaveLength(40);
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

  it('refuses a body beyond its size, naming site and record only, and does not take a write for not done', async () => {
    const { read, write } = await given(() => ({ body: `{"uuid":"x","secret":"${'Jane '.repeat(1000)}"}` }), { maxBodyBytes: 1000 });
    await expect(read()).rejects.toMatchObject({
      code: 'contract',
      details: { reason: 'body-too-large', site: 'kisumu', record: 'location/x', what: 'location', kind: 'read', maxBytes: 1000 },
      message: expect.not.stringContaining('Jane'),
    });
    await expect(write()).rejects.toMatchObject({ code: 'outcome-unknown', details: { reason: 'body-too-large' } });
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
