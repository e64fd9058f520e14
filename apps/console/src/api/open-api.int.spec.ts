import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ManualRunRecord } from '@sync-hub/contracts';
import { keptLog } from '@sync-hub/observability/testing';
import { z } from 'zod';
import { consoleOver } from '../console.module.js';
import { startConsole } from '../start-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { MemoryFeeds } from '../testing/memory-feeds.js';
import { aHeld, MemoryHeld } from '../testing/memory-held.js';
import { MemoryRecords } from '../testing/memory-records.js';
import { memoryDesks } from '../testing/memory-rules.js';
import { aRun, MemoryRuns } from '../testing/memory-runs.js';
import { anOverview } from '../testing/overview.builder.js';
import { exactly } from './exactly.js';
import { RefusedAnswer } from './open-api.js';
import { type Route, routesOf } from './routes-of.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const TOKEN = 'the-token-of-these-tests-0123456789abcdef';
const GROUP = 'a'.repeat(32);
const BY = { by: 'jane' };
const WHY = { ...BY, reason: 'seen to' };

const RUN_RECORD: ManualRunRecord = {
  record: { aggregate: 'location', uuid: GROUP },
  category: 'location',
  as: 'would-create',
  reason: null,
  fields: ['name'],
  awaits: [],
  isAlong: false,
};

/** Areas whose every path says what it takes and tells. */
const DESCRIBED = /^\/api\/(?:runs|feeds|parked)(?:\/|$)/;

/** What is asked of each, in turn; `plan` is the id of a look that was made before. */
const ASKED: Readonly<Record<string, { readonly body?: object; readonly query?: string; readonly id?: string | 'plan' | 'run' }>> = {
  'GET /api/parked': { query: '?link=kisumu' },
  'GET /api/parked/records': { query: `?group=${GROUP}&limit=2` },
  'GET /api/parked/records/:id': { id: aHeld(1).id },
  'POST /api/parked/records/:id/why': { id: aHeld(1).id, body: {} },
  'POST /api/parked/records/:id/redrive': { id: aHeld(1).id, body: BY },
  'POST /api/parked/records/:id/discard': { id: aHeld(2).id, body: WHY },
  'POST /api/parked/records/:id/park': { id: aHeld(3).id, body: WHY },
  'POST /api/parked/runs': { body: { group: GROUP } },
  'GET /api/parked/runs': {},
  'GET /api/parked/runs/:id': { id: 'plan' },
  'POST /api/parked/runs/:id/stop': { id: 'plan', body: {} },
  'POST /api/parked/runs/:id/redrive': { id: 'plan', body: BY },
  'POST /api/parked/runs/:id/discard': { id: 'plan', body: WHY },
  'POST /api/parked/runs/:id/park': { id: 'plan', body: WHY },
  'GET /api/runs': {},
  'GET /api/runs/choices': {},
  'POST /api/runs': { body: { ...BY, link: 'kisumu', direction: 'push', scope: { what: 'category', category: 'location' } } },
  'GET /api/runs/:id': { id: aRun(1).id },
  'GET /api/runs/:id/records': { id: aRun(1).id, query: '?category=location&as=would-create' },
  'POST /api/runs/:id/cancel': { id: aRun(1).id, body: BY },
  'GET /api/feeds': {},
  'POST /api/feeds/rewind': { body: { ...BY, site: 'kisumu', category: 'patient' } },
};

describe('what the console says of its own paths', () => {
  let console: Awaited<ReturnType<typeof startConsole>>;
  let routes: readonly Route[];
  beforeAll(async () => {
    const held = new MemoryHeld([aHeld(1), aHeld(2), aHeld(3), aHeld(4)]);
    held.away = [{ site: 'siaya', state: 'down', since: '2026-11-30T10:42:00.000Z', waiting: 3 }];
    const desks = memoryDesks(new MemoryDesk([]), held, new MemoryRecords(), new MemoryRuns([aRun(1)], [RUN_RECORD]), new MemoryFeeds());
    const parts = { ...desks, log: keptLog().log, overview: { read: async () => anOverview() }, report: { read: async () => [] }, token: TOKEN };
    routes = routesOf(consoleOver(parts).controllers ?? []);
    console = await startConsole({ ...parts, port: 0 });
  });
  afterAll(() => console?.stop());

  const ask = async (
    { method, path: at }: Pick<Route, 'method' | 'path'>,
    { id = '', body, query = '' }: { id?: string; body?: unknown; query?: string } = {},
  ) => {
    const init = body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    const answer = await fetch(`${console.url}${at.replace(':id', id)}${query}`, {
      method,
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, ...init.headers },
    });
    return { status: answer.status, told: (await answer.json()) as Record<string, unknown> };
  };
  const described = () => routes.filter(({ path: at }) => DESCRIBED.test(at));

  it('is all there of the areas that it describes, and nothing else', async () => {
    expect(routes.filter(({ path: at, tells }) => DESCRIBED.test(at) !== (tells !== undefined)).map(({ path: at }) => at)).toEqual([]);
    expect(Object.keys(ASKED)).toEqual(expect.arrayContaining(described().map(({ method, path: at }) => `${method} ${at}`)));
    expect(described()).toHaveLength(Object.keys(ASKED).length);
    for (const { method, tells } of described()) expect(method === 'POST').toBe(tells?.body !== undefined);
  });

  it('is what it tells, and what stands in docs', async () => {
    const { status, told } = await ask({ method: 'GET', path: '/api/openapi.json' });
    const drawn = JSON.parse(await readFile(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as { paths: Record<string, object> };
    expect([status, told]).toEqual([200, drawn]);
    const inDocument = Object.entries(drawn.paths).flatMap(([at, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${at.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(inDocument.sort()).toEqual(Object.keys(ASKED).sort());
  });

  it('is how it answers, to the last field, and what it takes, and no more', async () => {
    const plan = async () => {
      const { told } = await ask({ method: 'POST', path: '/api/parked/runs' }, { body: {} });
      const done = async (): Promise<void> => {
        if ((await ask({ method: 'GET', path: `/api/parked/runs/${told['id']}` })).told['state'] === 'running') await done();
      };
      await done();
      return String(told['id']);
    };
    for (const route of described()) {
      const name = `${route.method} ${route.path}`;
      const asked = ASKED[name] ?? {};
      const id = asked.id === 'plan' ? await plan() : asked.id;
      const given = { ...asked, ...(id === undefined ? {} : { id }) };
      const { body, query, answer } = route.tells ?? {};
      if (body !== undefined) {
        const odd = await ask(route, { ...given, body: { ...asked.body, 'no-such-key': 1 } });
        expect({ name, status: odd.status, isSaid: RefusedAnswer.parse(odd.told).problems?.length }).toEqual({ name, status: 400, isSaid: 1 });
        for (const key of Object.keys(asked.body ?? {})) {
          const without = Object.fromEntries(Object.entries(asked.body ?? {}).filter(([one]) => one !== key));
          // Who acts with the console's own token says who they are.
          if (key !== 'by')
            expect({ name, key, isTaken: takes(body, without) }).toEqual({
              name,
              key,
              isTaken: (await ask(route, { ...given, body: without })).status !== 400,
            });
        }
      }
      if (query !== undefined) expect((await ask(route, { ...given, query: '?no-such-key=1' })).status).toBe(400);
      const { status, told } = await ask(route, given);
      expect({ name, status }).toEqual({ name, status: route.status });
      expect({ name, issues: (answer as z.ZodType).safeParse(told).error?.issues }).toEqual({ name, issues: undefined });
      expect(Object.keys(told).length).toBeGreaterThan(route.path.includes('/records/:id/') && !route.path.endsWith('why') ? -1 : 0);
    }
  });
});

describe('a schema of an answer', () => {
  it('is of just that shape, or does not compile', () => {
    const of = exactly<{ readonly site: string; readonly at: string | null }>();
    of(z.strictObject({ site: z.string(), at: z.string().nullable() }));
    // @ts-expect-error: it lacks one
    of(z.strictObject({ site: z.string() }));
    // @ts-expect-error: it has one too many
    of(z.strictObject({ site: z.string(), at: z.string().nullable(), more: z.string() }));
    // @ts-expect-error: it never tells null
    of(z.strictObject({ site: z.string(), at: z.string() }));
    const told = of(z.strictObject({ site: z.string(), at: z.string().nullable() }));
    expect(told.safeParse({ site: 'kisumu', at: null }).success).toBe(true);
  });
});

const takes = (schema: z.ZodType, body: unknown): boolean => schema.safeParse(body).success;
