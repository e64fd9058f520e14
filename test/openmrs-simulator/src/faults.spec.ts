import { request as httpRequest } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sampleData } from './index.js';
import { type Bench, bench, withBench } from './simulator.bench.js';

describe('faults', () => {
  let at: Bench;
  beforeEach(async () => {
    at = await bench();
  });
  afterEach(() => at.simulator.stop());

  const add = (name: string) => at.call('POST', 'location', { name });
  const names = (): unknown[] => at.simulator.state().locations.map(({ values }) => values['name']);
  const cut = expect.objectContaining({ message: 'fetch failed' });

  it('lose the answer of the nth write, which is done', async () => {
    at.simulator.faults.loseAnswers(2);
    expect((await add('A')).status).toBe(201);
    await expect(add('B')).rejects.toEqual(cut);
    expect((await add('C')).status).toBe(201);
    expect(names()).toEqual(['Clinic', 'A', 'B', 'C']);
  });

  it('hold a write back until it is told to land', async () => {
    at.simulator.faults.holdAndLandLate(({ isWrite }) => isWrite);
    await expect(add('A')).rejects.toEqual(cut);
    expect([names(), at.simulator.faults.heldCount]).toEqual([['Clinic'], 1]);
    expect(at.simulator.faults.landHeld()).toBe(1);
    expect(names()).toEqual(['Clinic', 'A']);
    expect(at.simulator.feedRows('location')).toHaveLength(2);
  });

  it('never answer, and do nothing', async () => {
    at.simulator.faults.neverAnswer(({ path }) => path.endsWith('/location'));
    const silent = fetch(`${at.simulator.baseUrl}/ws/rest/v1/location`, { method: 'POST', body: '{"name":"A"}', signal: AbortSignal.timeout(100) });
    await expect(silent).rejects.toThrow(/timeout/);
    expect((await at.call('GET', 'session')).status).toBe(200);
    expect(names()).toEqual(['Clinic']);
  });

  it.each([
    ['html', { status: 200, type: 'text/html;charset=utf-8' }],
    ['json-stack-trace-200', { status: 200, type: 'application/json' }],
    ['wrong-type', { status: 200, type: 'application/json;charset=UTF-8' }],
  ] as const)('answer with another body: %s', async (body, { status, type }) => {
    at.simulator.faults.wrongBody(() => true, body);
    const reply = await at.call('GET', `location/${at.clinic}`);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([status, type]);
    expect(reply.text).not.toContain(at.clinic);
  });

  it('answer with an error that quotes what it was about', async () => {
    at.simulator.faults.wrongBody(() => true, 'json-stack-trace-500');
    const reply = await at.call('GET', `location/${at.clinic}`);
    expect([reply.status, reply.text.includes(at.clinic)]).toEqual([500, true]);
  });

  it('break a body in the middle', async () => {
    at.simulator.faults.wrongBody(() => true, 'truncated');
    await expect(at.call('GET', `location/${at.clinic}`)).rejects.toThrow('terminated');
  });

  it('send fifty megabytes, to a reader who stops when it has enough', async () => {
    at.simulator.faults.wrongBody(() => true, 'huge-50mb');
    const length = await new Promise<unknown>((resolve, reject) => {
      httpRequest(`${at.simulator.baseUrl}/ws/rest/v1/session`, (response) => {
        resolve(response.headers['content-length']);
        response.destroy();
      })
        .on('error', reject)
        .end();
    });
    expect(length).toBe(String(50 * 1024 * 1024));
  });

  it('let a body trickle', async () => {
    at.simulator.faults.slowBodyBytesPerSecond = 500;
    const started = performance.now();
    expect((await at.call('GET', 'session', undefined, { authorization: '' })).json.authenticated).toBe(false);
    expect(performance.now() - started).toBeGreaterThanOrEqual(30);
  });

  it('wait before they answer, also as the request asks for it', async () => {
    at.simulator.faults.latencyMs = ({ path }) => (path.endsWith('session') ? 60 : 0);
    const started = performance.now();
    await at.call('GET', 'session');
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  it('fail and cut a share of requests, the same ones for the same seed', async () => {
    const run = async (seed: string): Promise<string[]> => {
      const seen: string[] = [];
      await withBench({ seed }, async (other) => {
        Object.assign(other.simulator.faults, { errorRate: 0.3, disconnectRate: 0.3 });
        for (let i = 0; i < 30; i += 1)
          seen.push(
            await other.call('POST', 'location', { name: `L${i}` }).then(
              ({ status }) => String(status),
              () => 'cut',
            ),
          );
      });
      return seen;
    };
    const [first, again] = [await run('a'), await run('a')];
    expect(first).toEqual(again);
    expect(new Set(first)).toEqual(new Set(['201', '503', 'cut']));
    expect(await run('b')).not.toEqual(first);
  });

  it('refuse connections while down, and come up on the same port with the same data', async () => {
    const { baseUrl } = at.simulator;
    await at.simulator.down();
    await expect(add('A')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
    await at.simulator.up();
    expect([at.simulator.baseUrl, (await add('A')).status]).toEqual([baseUrl, 201]);
  });

  it('put the clock wrong', async () => {
    at.simulator.faults.clockSkewMs = -24 * 3_600_000;
    expect(
      (await at.call('POST', 'person', { gender: 'F', names: [{ givenName: 'J' }], birthdate: '2026-01-02' })).json.error.fieldErrors.birthdate[0].code,
    ).toBe('error.date.future');
  });

  it('end when healed', async () => {
    at.simulator.faults.loseAnswers(() => true);
    at.simulator.faults.errorRate = 1;
    at.simulator.faults.heal();
    expect((await add('A')).status).toBe(201);
  });
});

describe('a simulator', () => {
  it('goes back to a backup with its feed, and forgets its sessions', () =>
    withBench({}, async (at) => {
      const before = at.simulator.state();
      const rows = at.simulator.feedRows();
      const backup = at.simulator.backup();
      at.simulator.load(sampleData('kisumu', 2));
      at.simulator.clinician.retireLocation(at.clinic);
      at.simulator.restore(backup);
      expect([at.simulator.state(), at.simulator.feedRows()]).toEqual([before, rows]);
      at.simulator.clinician.addLocation({ name: 'After' });
      expect(at.simulator.feedRows().at(-1)?.id).toBe((rows.at(-1)?.id ?? 0) + 1);
    }));

  it('has its data before it has a feed, when loaded quietly', () =>
    withBench({}, async (at) => {
      at.simulator.load(sampleData('kisumu', 3), { quietly: true });
      expect([at.simulator.count('patient'), at.simulator.count('location'), at.simulator.feedRows()]).toEqual([3, 6, []]);
    }));

  it('logs requests without their queries, and writes by who made them', () =>
    withBench({}, async (at) => {
      await at.call('GET', 'patient?q=jane');
      await at.call('POST', 'location', { name: 'Ward' });
      await at.call('POST', 'location', { name: 'Ward' });
      expect(at.simulator.requests.map(({ method, path, status }) => [method, path, status])).toEqual([
        ['GET', '/openmrs/ws/rest/v1/patient', 200],
        ['POST', '/openmrs/ws/rest/v1/location', 201],
        ['POST', '/openmrs/ws/rest/v1/location', 400],
      ]);
      expect([at.simulator.writes('client').length, at.simulator.writes('clinician').length]).toEqual([1, 1]);
      at.simulator.resetRequests();
      expect(at.simulator.requests).toEqual([]);
    }));

  it('mints the same uuids from the same seed, and others from another', async () => {
    const uuids = async (seed: string): Promise<string[]> => {
      let seen: string[] = [];
      await withBench({ seed }, async (at) => {
        at.simulator.clinician.addPatient(at.jane());
        seen = at.simulator.state().people.map(({ uuid }) => uuid);
      });
      return seen;
    };
    expect(await uuids('a')).toEqual(await uuids('a'));
    expect(await uuids('b')).not.toEqual(await uuids('a'));
  });

  it('publishes on its own clock when told so', () =>
    withBench({ publisher: { everyMs: 5 } }, async (at) => {
      const deadline = Date.now() + 2000;
      while (at.simulator.feedRows('location').length === 0 && Date.now() < deadline) await new Promise((resolve) => setImmediate(resolve));
      expect(at.simulator.feedRows('location')).toHaveLength(1);
    }));
});
