import { afterEach, describe, expect, it } from '@jest/globals';
import { idOf } from '../testing/conflict.builder.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';
import { aRun, MemoryRuns } from '../testing/memory-runs.js';

const EVERYTHING = { link: 'kisumu', direction: 'pull', scope: { what: 'everything' }, by: 'Amina' };

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(runs = new MemoryRuns()) {
  const console = await memoryConsole(memoryDesks(new MemoryDesk([]), undefined, undefined, runs));
  running.push(console);
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await fetch(`${console.url}/api/runs${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...init.headers },
    });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : null };
  };
  return { runs, ask, post: (path: string, body: unknown) => ask(path, { method: 'POST', body: JSON.stringify(body) }) };
}

describe('what the console answers of runs by hand', () => {
  it('begins one, tells how it stands, and calls it off once', async () => {
    const { ask, post, runs } = await serve();
    const begun = await post('', EVERYTHING);
    expect(begun).toEqual({ status: 202, body: { id: idOf(9001), said: [] } });
    expect(runs.asked).toEqual([{ by: 'Amina', wish: { link: 'kisumu', direction: 'pull', scope: { what: 'everything' } } }]);
    expect((await ask(`/${begun.body.id}`)).body).toMatchObject({ state: 'listing', askedBy: 'Amina' });
    expect((await ask('')).body.runs).toHaveLength(1);
    expect(await post(`/${begun.body.id}/cancel`, { by: 'Amina' })).toMatchObject({ status: 202, body: { state: 'cancelled' } });
    expect(await post(`/${begun.body.id}/cancel`, { by: 'Amina' })).toMatchObject({ status: 409, body: { error: 'over' } });
  });

  it('begins one that only says what would come of it, and lists its records by what that is', async () => {
    const record = (uuid: string, as: string, isAlong = false) => ({
      record: { aggregate: 'location' as const, uuid },
      category: 'location',
      as,
      reason: null,
      fields: ['name'],
      awaits: [],
      isAlong,
    });
    const { ask, post, runs } = await serve(new MemoryRuns([], [record('l1', 'would-create'), record('l2', 'in-step'), record('l3', 'would-create', true)]));
    const { body } = await post('', { ...EVERYTHING, dry: true });
    expect(runs.asked[0]?.wish.dry).toBe(true);
    expect((await ask(`/${body.id}`)).body).toMatchObject({ dry: true });
    const { records } = (await ask(`/${body.id}/records?category=location&as=would-create`)).body;
    expect(records).toEqual([record('l1', 'would-create')]);
    expect((await ask(`/${body.id}/records?along=yes`)).body.records).toEqual([record('l3', 'would-create', true)]);
    expect(await ask(`/${body.id}/records?offset=3`)).toMatchObject({ status: 400 });
    expect((await ask(`/${idOf(1)}/records`)).status).toBe(404);
  });

  it('refuses a second of a route, and says which is under way', async () => {
    const { post } = await serve(new MemoryRuns([aRun(1)]));
    expect(await post('', EVERYTHING)).toEqual({ status: 409, body: { error: 'already-running', said: 'one is under way', running: idOf(9001) } });
    expect((await post('', { ...EVERYTHING, direction: 'push' })).status).toBe(202);
  });

  it.each<[string, object, number, string]>([
    ['a link that there is not', { ...EVERYTHING, link: 'nowhere' }, 400, 'link'],
    ['a class that is off', { ...EVERYTHING, scope: { what: 'category', category: 'visit' } }, 409, 'class-off'],
    ['no such kind of wish', { ...EVERYTHING, scope: { what: 'all' } }, 400, 'scope'],
    ['a uuid that is none', { ...EVERYTHING, scope: { what: 'patient', patient: 'Achieng Otieno' } }, 400, 'scope.patient'],
    ['nobody who asks', { ...EVERYTHING, by: undefined }, 400, 'by'],
    ['what it does not know', { ...EVERYTHING, force: true }, 400, 'force'],
  ])('refuses %s, and says where', async (_, body, status, word) => {
    const { post } = await serve();
    const answer = await post('', body);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(word);
    expect(JSON.stringify(answer.body)).not.toContain('Achieng');
  });

  it('knows no run of another id', async () => {
    const { ask, post } = await serve();
    expect([(await ask('/x')).status, (await ask(`/${idOf(1)}`)).status, (await post(`/${idOf(1)}/cancel`, { by: 'Amina' })).status]).toEqual([404, 404, 404]);
  });
});
