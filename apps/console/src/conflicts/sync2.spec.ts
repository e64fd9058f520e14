import { afterEach, describe, expect, it } from '@jest/globals';
import type { ConflictDesk, ConflictReportRow } from '@sync-hub/contracts';
import { idOf } from '../testing/conflict.builder.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';
import { aPlaceConflict, aPlace as place } from '../testing/place-conflict.js';

const ID = idOf(1);
const ROW: ConflictReportRow = {
  from: '2026-11-02',
  link: 'kisumu',
  category: 'patient',
  aggregate: 'person',
  field: 'gender',
  by: null,
  opened: 1,
  closed: 0,
};

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(over: (desk: MemoryDesk) => ConflictDesk = (desk) => desk) {
  const desk = new MemoryDesk([aPlaceConflict()]);
  const asked: unknown[] = [];
  const report = {
    read: async (...what: unknown[]) => {
      asked.push(what);
      return [ROW];
    },
  };
  const console = await memoryConsole({ ...memoryDesks(desk), desk: over(desk), report });
  const { kept } = console;
  running.push(console);
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${console.url}${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...init.headers },
    });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
  const resolve = (query: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(`/ws/rest/sync2/conflict/resolve?${query}`, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers });
  return { desk, kept, ask, resolve, asked };
}

describe('what clients of Sync 2.0 resolve a conflict by', () => {
  const PAGE = `conflictUuid=${ID}&auditBackPage=details&backPageIndex=3`;

  it('gives the merged record to the desk as choices, and tells where to go back to', async () => {
    const { resolve, desk } = await serve();
    const { status, body } = await resolve(PAGE, place({ name: 'O’Neil <ward> "A" 𝒜', description: null }));
    expect([status, body]).toEqual([202, { url: `details?messageUuid=${ID}&backPageIndex=3` }]);
    expect(desk.answers).toEqual([
      {
        id: ID,
        answer: {
          version: 1,
          choices: expect.arrayContaining([
            { path: 'name', value: 'O’Neil <ward> "A" 𝒜' },
            { path: 'description', take: 'child' },
          ]),
          unlessAnswered: true,
        },
        by: 'Sync 2.0',
      },
    ]);
  });

  it('refuses what is stale: another version, or another value where both ends are alike now', async () => {
    const { resolve, desk } = await serve();
    expect(await resolve(`${PAGE}&version=2`, place({ name: 'Ward P' }))).toEqual({ status: 409, body: { error: 'stale', version: 1 } });
    expect(await resolve(PAGE, place({ name: 'Ward P', country: 'Uganda' }))).toEqual({ status: 409, body: { error: 'stale', version: 1 } });
    await desk.dismiss(ID, { reason: 'a test record', version: 1 }, 'Amina');
    expect((await resolve(PAGE, place({ name: 'Ward P' }))).status).toBe(409);
    expect(desk.answers).toEqual([]);
  });

  it.each([
    ['no conflict', 'auditBackPage=x', place(), 400],
    ['a conflict that is not there', `conflictUuid=${idOf(9)}`, place(), 404],
    ['no JSON', PAGE, '{', 400],
    ['another record', PAGE, place({ uuid: 'place-2' }), 400],
    ['a wrong shape', PAGE, place({ name: 7 }), 400],
  ])('refuses %s', async (_what, query, body, status) => {
    const { resolve, desk } = await serve();
    expect((await resolve(query, body)).status).toBe(status);
    expect(desk.answers).toEqual([]);
  });

  it('answers 500 and {} where something goes wrong, and logs none of its words', async () => {
    const { resolve, kept } = await serve((desk) => Object.assign(desk, { find: async () => Promise.reject(new Error('select Achieng')) }));
    expect(await resolve(PAGE, place())).toEqual({ status: 500, body: {} });
    expect(kept.text()).not.toContain('Achieng');
  });

  it('does nothing without the token, nor for another method or path', async () => {
    const { resolve, desk, ask } = await serve();
    expect((await resolve(PAGE, place({ name: 'Ward P' }), { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await fetch(`${running[0]?.url}/ws/rest/sync2/conflict/resolve`, { method: 'PUT' })).status).toBe(405);
    expect((await fetch(`${running[0]?.url}/ws/rest/sync2/conflict/other?x=/ws/rest/sync2/conflict/resolve`, { method: 'POST' })).status).toBe(405);
    expect((await ask('/ws/rest/sync2/conflict/resolve')).status).toBe(404);
    expect(desk.answers).toEqual([]);
  });
});

describe('the report of conflicts', () => {
  it('is told by week or month, from a day on, and is no conflict of that id', async () => {
    const { ask, asked } = await serve();
    expect(await ask('/api/conflicts/report?by=month&since=2026-11-01')).toEqual({ status: 200, body: { rows: [ROW] } });
    await ask('/api/conflicts/report');
    expect(asked).toEqual([
      ['month', new Date('2026-11-01T00:00:00Z')],
      ['week', null],
    ]);
  });

  it.each(['by=day', 'since=yesterday', 'patient=Achieng'])('refuses %s, and is not told without the token', async (query) => {
    const { ask } = await serve();
    const { status, body } = await ask(`/api/conflicts/report?${query}`);
    expect([status, body.error, JSON.stringify(body).includes('Achieng')]).toEqual([400, 'invalid', false]);
    expect((await ask('/api/conflicts/report', { headers: { authorization: 'Bearer wrong' } })).status).toBe(401);
  });
});
