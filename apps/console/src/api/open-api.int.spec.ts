import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { apiBench, nameOf } from '../testing/api-bench.js';
import { BoardAnswer } from './answers/board-answers.js';
import { RefusedAnswer } from './answers/refused-answer.js';
import { exactly } from './exactly.js';
import type { Route } from './routes-of.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What is no API: a page, and what it is made of. */
const OF_A_PAGE = ['text/html', 'text/css', 'text/javascript', 'image/svg+xml'];

describe('what the console says of its own paths', () => {
  let bench: Awaited<ReturnType<typeof apiBench>>;
  beforeAll(async () => {
    bench = await apiBench();
  });
  afterAll(() => bench?.stop());

  const routeOf = (name: string): Route => bench.routes.find((route) => nameOf(route) === name) as Route;
  const described = () => bench.routes.filter(({ tells }) => tells !== undefined);

  it('is all there, but for pages and what they are made of', async () => {
    for (const route of bench.routes.filter(({ tells }) => tells === undefined)) {
      const { status, type } = await bench.ask(route, { id: 'kisumu' });
      // Of the workbench's files there is none of that name.
      expect({ name: nameOf(route), isPage: OF_A_PAGE.includes(type) || (status === 404 && route.path.startsWith('/workbench/')) }).toEqual({
        name: nameOf(route),
        isPage: true,
      });
      expect(route).toMatchObject({ method: 'GET', path: expect.not.stringMatching(/^\/(?:api|ws)\//) });
    }
    expect(described().map(nameOf).sort()).toEqual([...bench.asked].sort());
    for (const { method, tells } of described()) expect(method === 'POST').toBe(tells?.body !== undefined);
  });

  it('is what it tells, and what stands in docs', async () => {
    const { status, told } = await bench.ask(routeOf('GET /api/openapi.json'));
    const drawn = JSON.parse(await readFile(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as { paths: Record<string, object> };
    expect([status, told]).toEqual([200, drawn]);
    const inDocument = Object.entries(drawn.paths).flatMap(([at, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${at.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(inDocument.sort()).toEqual([...bench.asked].sort());
  });

  it('is how each answers, to the last field', async () => {
    for (const route of described()) {
      const name = nameOf(route);
      const { answer = null, as: types = ['application/json'] } = route.tells ?? {};
      const { status, type, told } = await bench.ask(route, await bench.asking(name));
      expect({ name, status }).toEqual({ name, status: route.status });
      if (answer === null) expect({ name, told: status === 302 ? '' : told }).toEqual({ name, told: '' });
      else expect({ name, type: types.includes(type), issues: answer.safeParse(told).error?.issues }).toEqual({ name, type: true, issues: undefined });
    }
  });

  it('is what each takes, and no more', async () => {
    for (const route of described()) {
      const name = nameOf(route);
      const { body, query } = route.tells ?? {};
      const { body: sent = {}, ...given } = await bench.asking(name);
      if (query !== undefined && knowsAll(query, {}))
        expect({ name, status: (await bench.ask(route, { ...given, query: '?no-such-key=1' })).status }).toEqual({ name, status: 400 });
      if (body === undefined || !knowsAll(body, sent)) continue;
      const odd = await bench.ask(route, { ...given, body: { ...(sent as object), 'no-such-key': 1 } });
      expect({ name, status: odd.status, isSaid: RefusedAnswer.parse(odd.told).problems?.length }).toEqual({ name, status: 400, isSaid: 1 });
      // Who acts with the console's own token says who they are.
      for (const key of Object.keys(sent as object).filter((one) => one !== 'by')) {
        const without = Object.fromEntries(Object.entries(sent as object).filter(([one]) => one !== key));
        const { status } = await bench.ask(route, { ...(await bench.asking(name)), body: without });
        expect({ name, key, isTaken: body.safeParse(without).success }).toEqual({ name, key, isTaken: status !== 400 });
      }
    }
  });

  it('is what the board is told, event by event', async () => {
    const { told } = await bench.ask(routeOf('GET /api/board/events'));
    const [, event, data = ''] = /^event: (\w+)\ndata: (.*)$/m.exec(String(told)) ?? [];
    expect([event, BoardAnswer.safeParse(JSON.parse(data)).error?.issues]).toEqual(['board', undefined]);
  });
});

/** Does it refuse what it does not know? Clients of Sync 2.0 may send what they like. */
const knowsAll = (schema: z.ZodType, sent: unknown): boolean =>
  schema.safeParse({ ...(sent as object), 'no-such-key': 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys') ?? false;

describe('a schema of an answer', () => {
  it('is of just that shape, or does not compile', () => {
    const of = exactly<{ readonly site: string; readonly at: Date | null; readonly why?: string }>();
    const [site, at, why] = [z.string(), z.iso.datetime().nullable(), z.string().optional()];
    of(z.strictObject({ site, at, why }));
    // @ts-expect-error: it lacks one
    of(z.strictObject({ site, why }));
    // @ts-expect-error: it has one too many
    of(z.strictObject({ site, at, why, more: z.string() }));
    // @ts-expect-error: it has one too many, though it may be missing
    of(z.strictObject({ site, at, why, more: z.string().optional() }));
    // @ts-expect-error: it lacks one that may be missing
    of(z.strictObject({ site, at }));
    // @ts-expect-error: one is always told that may be missing
    of(z.strictObject({ site, at, why: z.string() }));
    // @ts-expect-error: it never tells null
    of(z.strictObject({ site, at: z.iso.datetime(), why }));
    const told = of(z.strictObject({ site, at, why }));
    expect(told.safeParse({ site: 'kisumu', at: null }).success).toBe(true);
  });
});
