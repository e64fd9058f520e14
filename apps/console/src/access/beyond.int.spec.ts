import { type IncomingHttpHeaders, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { BENCH_TOKEN, type PeopleBench, peopleBench } from '../testing/people-bench.js';

jest.setTimeout(60_000);

const HOST = 'sync.example.org';

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('the console, where people on other machines open it', () => {
  let bench: PeopleBench;
  beforeAll(async () => {
    bench = await peopleBench({ address: () => `https://${HOST}`, host: '0.0.0.0' });
  }, 60_000);
  afterAll(() => bench?.stop());

  function ask(path: string, headers: Record<string, string>, body?: object, at = bench.url): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const asked = request(
        `${at}${path}`,
        { method, agent: false, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) } },
        async (response) => {
          let text = '';
          for await (const chunk of response) text += String(chunk);
          resolve({ status: response.statusCode, headers: response.headers, body: text });
        },
      );
      asked.on('error', reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  it('shows nothing to who has not signed in, the overview included, and leads there', async () => {
    const page = await ask('/', { host: HOST });
    expect([page.status, page.headers.location]).toEqual([302, '/board']);
    for (const path of ['/api/overview', '/api/conflicts']) expect((await ask(path, { host: HOST })).status).toBe(401);
    expect((await ask('/', { host: 'evil.example' })).status).toBe(403);
    expect((await ask('/', { host: `${HOST}.evil.example` })).status).toBe(403);
  });

  it('is opened by name and password, with a cookie for https alone', async () => {
    const amina = await bench.somebody('Amina', 'viewer');
    const origin = `https://${HOST}`;
    const credentials = { name: 'Amina', password: amina.password };
    expect((await ask('/api/session', { host: HOST, origin: bench.url }, credentials)).status).toBe(403);
    const signedIn = await ask('/api/session', { host: HOST, origin }, credentials);
    const cookies = signedIn.headers['set-cookie'] ?? [];
    expect([signedIn.status, cookies.length]).toEqual([200, 2]);
    for (const cookie of cookies) expect(cookie).toMatch(/^__Host-sync-hub-(?:session|browser)=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Secure/);
    const cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    for (const path of ['/', '/api/overview', '/api/conflicts']) expect((await ask(path, { host: HOST, cookie })).status).toBe(200);
  });

  it('is not opened by its own token but on its own machine, and not through a proxy there', async () => {
    const authorization = `Bearer ${BENCH_TOKEN}`;
    const here = { host: '127.0.0.1', authorization };
    expect((await ask('/api/conflicts', here)).status).toBe(200);
    expect((await ask('/api/conflicts', { ...here, host: HOST })).status).toBe(401);
    for (const name of ['x-forwarded-for', 'forwarded']) expect((await ask('/api/conflicts', { ...here, [name]: 'for=10.0.0.7' })).status).toBe(401);
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (outside === undefined) return;
    const at = `http://${outside.address}:${new URL(bench.url).port}`;
    for (const path of ['/api/overview', '/api/conflicts']) expect((await ask(path, here, undefined, at)).status).toBe(401);
  });
});
