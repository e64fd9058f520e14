import { type IncomingHttpHeaders, request } from 'node:http';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from '@jest/globals';
import { keptLog } from '@sync-hub/observability/testing';
import { isOurHost } from './access/here.js';
import type { Overview } from './overview.js';
import { type RunningConsole, startConsole } from './start-console.js';
import { MemoryDesk } from './testing/memory-desk.js';
import { memoryDesks } from './testing/memory-rules.js';
import { aBadMorning } from './testing/overview.builder.js';

const running: RunningConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((console) => console.stop()));
});

async function serve(read: () => Promise<Overview> = async () => aBadMorning()) {
  const kept = keptLog();
  const started = await startConsole({
    port: 0,
    log: kept.log,
    overview: { read },
    ...memoryDesks(new MemoryDesk([])),
    report: { read: async () => [] },
    token: 'a-token-of-these-tests-0123456789abcdef',
    wording: () => ({ timeZone: 'Africa/Nairobi', titles: new Map([['kisumu', 'clinic kisumu']]) }),
  });
  running.push(started);
  return { ...kept, url: started.url, get: (path: string, options: { method?: string; host?: string } = {}) => ask(`${started.url}${path}`, options) };
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function ask(url: string, { method = 'GET', host }: { method?: string; host?: string }): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, agent: false, ...(host === undefined ? {} : { headers: { host } }) }, async (response) => {
      let body = '';
      for await (const chunk of response) body += String(chunk);
      resolve({ status: response.statusCode, headers: response.headers, body });
    });
    asked.on('error', reject).end();
  });
}

describe('the console', () => {
  it('shows the page, and the same in JSON for whoever refreshes it', async () => {
    const { get } = await serve();
    const page = await get('/');
    expect([page.status, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    expect(page.body).toContain('clinic kisumu is down since 07:37, 318 waiting');
    const overview = await get('/api/overview');
    expect(overview.headers['content-type']).toMatch(/^application\/json/);
    expect(JSON.parse(overview.body)).toMatchObject({
      overview: { heldTotal: 4 },
      page: { news: [{ tone: 'bad', text: 'clinic kisumu is down since 07:37, 318 waiting' }, {}, {}, {}, {}, {}, {}] },
    });
  });

  it.each([
    ['/console.css', 'text/css; charset=utf-8', '--brand'],
    ['/console.js', 'text/javascript; charset=utf-8', '/api/overview'],
    ['/rows.js', 'text/javascript; charset=utf-8', 'rowsHtml'],
    ['/icon.svg', 'image/svg+xml', '<svg'],
  ])('serves %s', async (path, type, content) => {
    const { get } = await serve();
    const file = await get(path);
    expect([file.status, file.headers['content-type'], file.body.includes(content)]).toEqual([200, expect.stringContaining(type), true]);
  });

  it('takes nothing from elsewhere and is framed by nobody, whatever it answers', async () => {
    const { get } = await serve();
    for (const { headers } of [await get('/'), await get('/api/overview'), await get('/nothing'), await get('/', { host: 'evil.example' })]) {
      expect(headers['content-security-policy']).toMatch(/^default-src 'self'; .*frame-ancestors 'none'/);
      expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'cross-origin-resource-policy': 'same-origin' });
      expect(headers).not.toHaveProperty('x-powered-by');
      expect(headers).not.toHaveProperty('access-control-allow-origin');
    }
  });

  it.each(['evil.example', 'evil.example:4000', '127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.7', '0.0.0.0'])(
    'answers nothing to a page elsewhere whose name leads here: %s',
    async (host) => {
      const { get } = await serve();
      for (const path of ['/', '/api/overview', '/console.js', '/nothing']) {
        const answer = await get(path, { host });
        expect([answer.status, answer.body.includes('kisumu')]).toEqual([403, false]);
      }
    },
  );

  it.each([
    ['127.0.0.1:4000', true],
    ['localhost', true],
    ['LOCALHOST:4000', true],
    ['[::1]:4000', true],
    ['localhost:', false],
    ['localhost:4000:evil', false],
    ['evil@localhost', false],
    ['[::1', false],
    [undefined, false],
  ])('knows its own name: %s', (host, ours) => expect(isOurHost(host)).toBe(ours));

  it.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('only reads: %s is refused', async (method) => {
    const { get } = await serve();
    const answer = await get('/api/overview', { method });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'GET, HEAD']);
  });

  it('listens on this machine only', async () => {
    const { url } = await serve();
    const { port, hostname } = new URL(url);
    expect(hostname).toBe('127.0.0.1');
    const outside = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .find(({ family, internal }) => family === 'IPv4' && !internal);
    if (outside !== undefined) await expect(ask(`http://${outside.address}:${port}/`, { host: '127.0.0.1' })).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('says that the database does not answer, without the words of the error', async () => {
    const { get, text, lines } = await serve(async () => Promise.reject(Object.assign(new Error('select Achieng'), { code: '57P01' })));
    const [page, api] = [await get('/'), await get('/api/overview')];
    expect([page.status, api.status]).toEqual([503, 503]);
    expect(page.body).toContain('the database does not answer');
    expect(JSON.parse(api.body)).toEqual({ error: 'the overview cannot be read' });
    expect(lines()[0]).toMatchObject({ event: 'console.unreadable', error: { code: 'unexpected', details: { errno: '57P01' } } });
    expect(page.body + api.body + text()).not.toContain('Achieng');
  });

  it('says so where its port is taken', async () => {
    const { url } = await serve();
    const { log } = keptLog();
    const second = startConsole({
      port: Number(new URL(url).port),
      log,
      overview: { read: async () => aBadMorning() },
      ...memoryDesks(new MemoryDesk([])),
      report: { read: async () => [] },
      token: 'a-token-of-these-tests-0123456789abcdef',
    });
    await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
