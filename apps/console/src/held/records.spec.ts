import { afterEach, describe, expect, it } from '@jest/globals';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { aPatientsLife, MemoryRecords } from '../testing/memory-records.js';
import { memoryDesks } from '../testing/memory-rules.js';

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve() {
  const [life] = aPatientsLife();
  const record = life?.record ?? { aggregate: 'person' as const, uuid: '' };
  const records = new MemoryRecords(aPatientsLife(), { '100-GEJ': [{ record, by: 'identifier' }] });
  const desks = memoryDesks(new MemoryDesk([]), undefined, records);
  const console = await memoryConsole(desks);
  const { kept } = console;
  running.push(console);
  const post = async (path: string, body: unknown, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...init.headers };
    const answer = await fetch(`${console.url}/api/records/${path}`, { method: 'POST', body: JSON.stringify(body), ...init, headers });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : null };
  };
  return { records, record, kept, post };
}

describe('what the console answers of one record', () => {
  it('finds it by what a body says, and tells where it is', async () => {
    const { post, record } = await serve();
    expect(await post('search', { text: '100-GEJ' })).toEqual({ status: 200, body: { found: [{ record, by: 'identifier' }] } });
    expect((await post('timeline', { uuid: record.uuid })).body).toMatchObject({ record, hanging: [{ states: ['parked'] }] });
    expect((await post('timeline', { uuid: 'nobody' })).status).toBe(404);
  });

  it('is asked in a body alone, names what is wrong and no value, and writes nobody down', async () => {
    const { post, kept, records } = await serve();
    expect((await post('search?text=Achieng', {}, { method: 'GET', body: null })).status).toBe(404);
    for (const [path, body] of [
      ['search', { text: ' ' }],
      ['search', { name: 'Achieng' }],
      ['timeline', { uuid: 'Achieng Otieno' }],
    ] as const) {
      const answer = await post(path, body);
      expect([answer.status, JSON.stringify(answer.body).includes('Achieng')]).toEqual([400, false]);
    }
    expect([records.searched, kept.text().includes('Achieng')]).toEqual([[], false]);
  });

  it('shows nothing without the token, nor in another form than JSON', async () => {
    const { post, records, record } = await serve();
    for (const [path, body] of [
      ['search', { text: '100-GEJ' }],
      ['timeline', { uuid: record.uuid }],
    ] as const) {
      expect((await post(path, body, { headers: { authorization: `Bearer ${TOKEN}x` } })).status).toBe(401);
      expect((await post(path, body, { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    }
    expect(records.searched).toEqual([]);
  });
});
