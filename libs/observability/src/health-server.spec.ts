import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { HealthServer, type ReadinessChecks } from './health-server.js';
import { Meters } from './meters.js';

const open: { stop(): Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.stop()));
});

async function serve(checks: Partial<ReadinessChecks> = {}, checkTimeoutMs = 2_000): Promise<(path: string, method?: string) => Promise<Response>> {
  const meters = new Meters();
  meters.handled('push', 'end-job', 1);
  const server = new HealthServer({
    host: '127.0.0.1',
    port: 0,
    checks: { database: async () => true, bus: async () => true, ...checks },
    meters,
    checkTimeoutMs,
  });
  open.push(server);
  const port = await server.start();
  return (path, method = 'GET') => fetch(`http://127.0.0.1:${port}${path}`, { method });
}

describe('the health of a process', () => {
  it('is not asked for a bus that the process has not', async () => {
    const server = new HealthServer({ host: '127.0.0.1', port: 0, checks: { database: async () => true }, meters: new Meters() });
    open.push(server);
    const ready = await fetch(`http://127.0.0.1:${await server.start()}/health/ready`);
    expect([ready.status, await ready.json()]).toEqual([200, { ready: true, database: 'up' }]);
  });

  it('is alive while it answers', async () => {
    const get = await serve({ database: async () => false });
    const live = await get('/health/live');
    expect([live.status, await live.json()]).toEqual([200, { live: true }]);
  });

  it.each<[string, Partial<ReadinessChecks>, number, object]>([
    ['ready with database and bus', {}, 200, { ready: true, database: 'up', bus: 'up' }],
    ['not ready without its database', { database: async () => false }, 503, { ready: false, database: 'down', bus: 'up' }],
    ['not ready without its bus', { bus: async () => false }, 503, { ready: false, database: 'up', bus: 'down' }],
    [
      'not ready where a check throws, and keeps its words to itself',
      { bus: async () => Promise.reject(new Error('Achieng')) },
      503,
      { ready: false, database: 'up', bus: 'down' },
    ],
    [
      'not ready where a check throws at once',
      {
        bus: () => {
          throw new Error('Achieng');
        },
      },
      503,
      { ready: false, database: 'up', bus: 'down' },
    ],
    ['not ready where a check never ends', { database: () => new Promise(() => undefined) }, 503, { ready: false, database: 'down', bus: 'up' }],
  ])('is %s', async (_what, checks, status, body) => {
    const ready = await (await serve(checks, 20))('/health/ready');
    expect([ready.status, await ready.json()]).toEqual([status, body]);
  });

  it('tells its meters', async () => {
    const metrics = await (await serve())('/metrics');
    expect(metrics.headers.get('content-type')).toContain('text/plain');
    expect(await metrics.text()).toContain('sync_hub_messages_total{stage="push",outcome="end-job"} 1');
  });

  it('answers nothing else, and changes nothing', async () => {
    const get = await serve();
    expect((await get('/')).status).toBe(404);
    expect((await get('/health/ready', 'POST')).status).toBe(405);
    const head = await get('/health/live', 'HEAD');
    expect([head.status, await head.text()]).toEqual([200, '']);
  });

  it('stops though an answer is still on its way', async () => {
    let asked = (): void => undefined;
    const beingAsked = new Promise<void>((resolve) => {
      asked = resolve;
    });
    const never = (): Promise<boolean> => {
      asked();
      return new Promise(() => undefined);
    };
    const server = new HealthServer({ host: '127.0.0.1', port: 0, checks: { database: never, bus: never }, meters: new Meters(), checkTimeoutMs: 60_000 });
    const answer = fetch(`http://127.0.0.1:${await server.start()}/health/ready`).then(
      () => 'answered',
      () => 'cut off',
    );
    await beingAsked;
    await server.stop();
    expect(await answer).toBe('cut off');
  });

  it('says so where its port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    open.push({ stop: () => new Promise((resolve) => other.close(resolve)) });
    const { port } = other.address() as AddressInfo;
    const server = new HealthServer({ host: '127.0.0.1', port, checks: { database: async () => true, bus: async () => true }, meters: new Meters() });
    await expect(server.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await server.stop();
  });
});
