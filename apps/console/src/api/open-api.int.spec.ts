import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { z } from 'zod';
import { type Answered, apiBench } from '../testing/api-bench.js';
import { exactly } from './exactly.js';
import { RefusedAnswer } from './open-api.js';
import type { Route } from './routes-of.js';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** Areas whose every path says what it takes and tells. */
const DESCRIBED = /^\/api\/(?:runs|feeds|parked|conflicts|session|accounts|tokens)(?:\/|$)/;

const nameOf = ({ method, path: at }: Pick<Route, 'method' | 'path'>): string => `${method} ${at}`;

describe('what the console says of its own paths', () => {
  let bench: Awaited<ReturnType<typeof apiBench>>;
  beforeAll(async () => {
    bench = await apiBench();
  });
  afterAll(() => bench?.stop());

  const described = () => bench.routes.filter(({ path: at }) => DESCRIBED.test(at));
  const routeOf = (name: string): Route => bench.routes.find((route) => nameOf(route) === name) as Route;

  /** What it is asked with, its body made anew. */
  const askedOf = (name: string) => {
    const { id, query, body } = bench.asked[name] ?? {};
    return { id, ...(query === undefined ? {} : { query }), ...(body === undefined ? {} : { body: typeof body === 'function' ? body() : body }) };
  };
  /** What an `id` stands for. What a path makes is made anew each time, for it may be acted on once, and waited for until it is no longer under way. */
  const idFor = async (id: string | undefined): Promise<{ readonly id?: string }> => {
    if (id?.startsWith('POST ') !== true) return id === undefined ? {} : { id };
    const { told } = await answerOf(id);
    const made = String((told as { id: string }).id);
    const one = bench.routes.find((route) => nameOf(route) === `${id.replace('POST', 'GET')}/:id`);
    if (one !== undefined) await until('it is done', async () => ((await bench.ask(one, { id: made })).told as { state: string }).state !== 'running', 10_000);
    return { id: made };
  };
  const answerOf = async (name: string): Promise<Answered> => {
    const { id, ...asked } = askedOf(name);
    return bench.ask(routeOf(name), { ...asked, ...(await idFor(id)) });
  };

  it('is all there of the areas that it describes, and nothing else', async () => {
    expect(bench.routes.filter(({ path: at, tells }) => DESCRIBED.test(at) !== (tells !== undefined)).map(nameOf)).toEqual([]);
    expect(described().map(nameOf).sort()).toEqual(Object.keys(bench.asked).sort());
    for (const { method, tells } of described()) expect(method === 'POST').toBe(tells?.body !== undefined);
  });

  it('is what it tells, and what stands in docs', async () => {
    const { status, told } = await answerOf('GET /api/openapi.json');
    const drawn = JSON.parse(await readFile(path.join(ROOT, 'docs/openapi.json'), 'utf8')) as { paths: Record<string, object> };
    expect([status, told]).toEqual([200, drawn]);
    const inDocument = Object.entries(drawn.paths).flatMap(([at, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${at.replaceAll(/\{(\w+)\}/g, ':$1')}`),
    );
    expect(inDocument.sort()).toEqual(Object.keys(bench.asked).sort());
  });

  it('is how each answers, to the last field', async () => {
    for (const route of described()) {
      const name = nameOf(route);
      const { answer = null, as: types = ['application/json'] } = route.tells ?? {};
      const { status, type, told } = await answerOf(name);
      expect({ name, status }).toEqual({ name, status: route.status });
      if (answer === null) expect({ name, told: status === 302 ? '' : told }).toEqual({ name, told: '' });
      else expect({ name, type: types.includes(type), issues: answer.safeParse(told).error?.issues }).toEqual({ name, type: true, issues: undefined });
    }
  });

  it('is what each takes, and no more', async () => {
    for (const route of described()) {
      const name = nameOf(route);
      const { id, body: sent = {}, ...more } = askedOf(name);
      const { body, query } = route.tells ?? {};
      const given = { ...more, ...(await idFor(id)) };
      if (query !== undefined && knowsAll(query, {}))
        expect({ name, status: (await bench.ask(route, { ...given, query: '?no-such-key=1' })).status }).toEqual({ name, status: 400 });
      if (body === undefined) continue;
      if (knowsAll(body, sent)) {
        const odd = await bench.ask(route, { ...given, body: { ...sent, 'no-such-key': 1 } });
        expect({ name, status: odd.status, isSaid: RefusedAnswer.parse(odd.told).problems?.length }).toEqual({ name, status: 400, isSaid: 1 });
      }
      // Who acts with the console's own token says who they are.
      for (const key of Object.keys(sent).filter((one) => one !== 'by')) {
        const without = Object.fromEntries(Object.entries(sent).filter(([one]) => one !== key));
        const { status } = await bench.ask(route, { ...given, ...(await idFor(id)), body: without });
        expect({ name, key, isTaken: body.safeParse(without).success }).toEqual({ name, key, isTaken: status !== 400 });
      }
    }
  });
});

/** Does it refuse what it does not know? Clients of Sync 2.0 may send what they like. */
const knowsAll = (schema: z.ZodType, sent: object): boolean =>
  schema.safeParse({ ...sent, 'no-such-key': 1 }).error?.issues.some(({ code }) => code === 'unrecognized_keys') ?? false;

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
