import { afterEach, describe, expect, it } from '@jest/globals';
import type { AuditPage } from '@sync-hub/contracts';
import { aLine, aProof, MemoryAudit } from '../testing/memory-audit.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(lines = [1, 2, 3].map((id) => aLine(id))) {
  const memory = new MemoryAudit(lines, [aProof({ rows: 3 })]);
  const desks = memoryDesks(new MemoryDesk([]), undefined, undefined, undefined, undefined, memory);
  const console = await memoryConsole(desks);
  const { kept } = console;
  running.push(console);
  const ask = (path: string, body?: unknown) =>
    fetch(`${console.url}/api/audit/${path}`, {
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
  const json = async (path: string, body?: unknown) => {
    const answer = await ask(path, body);
    return { status: answer.status, body: (await answer.json()) as AuditPage };
  };
  return { memory, kept, ask, json };
}

describe('what the console answers of the audit', () => {
  it('finds lines page after page, and tells one by its number', async () => {
    const { json } = await serve();
    const first = await json('search', { filter: { outcome: 'pushed' }, limit: 2 });
    expect(first.body.lines.map(({ id }) => id)).toEqual(['3', '2']);
    const second = await json('search', { filter: { outcome: 'pushed' }, limit: 2, after: first.body.next });
    expect([second.body.lines.length, second.body.lines[0]?.id, second.body.next]).toEqual([1, '1', null]);
    expect((await json('lines/own-2')).body).toEqual(aLine(2));
    for (const name of ['own-4', 'received-2', 'nothing', 'own-0']) expect((await json(`lines/${name}`)).status).toBe(404);
  });

  it('names what is wrong in what is asked for, and no value of it, and writes nobody down', async () => {
    const { json, kept, memory } = await serve();
    for (const [path, body] of [
      ['search', { filter: { record: 'Achieng Otieno' } }],
      ['search', { filter: { text: 'Achieng\0' } }],
      ['search', { filter: {}, after: 'Achieng' }],
      ['export', { filter: { name: 'Achieng' }, format: 'csv', by: 'amina' }],
      ['export', { filter: {}, format: 'Achieng', by: 'amina' }],
      ['verify', { day: 'Achieng' }],
      ['verify', { day: '2026-02-30' }],
    ] as const) {
      const answer = await json(path, body);
      expect([path, answer.status, JSON.stringify(answer.body).includes('Achieng')]).toEqual([path, 400, false]);
    }
    expect([memory.asked, memory.exported, kept.text().includes('Achieng')]).toEqual([[], [], false]);
  });

  it.each([
    ['csv', 'text/csv; charset=utf-8'],
    ['ndjson', 'application/x-ndjson'],
    ['fhir', 'application/fhir+ndjson'],
  ] as const)('writes out what fits as %s, for somebody who says who they are', async (format, type) => {
    const { ask, memory } = await serve();
    expect((await ask('export', { filter: {}, format })).status).toBe(400);
    const answer = await ask('export', { filter: { site: 'central' }, format, by: 'amina' });
    expect([answer.status, answer.headers.get('content-type'), await answer.text()]).toEqual([200, type, '1\n2\n3\n']);
    expect(memory.exported).toEqual([{ filter: { site: 'central' }, format, by: 'amina', ended: true }]);
  });

  it('breaks off an export that fails half-way, so that nobody takes it for the whole', async () => {
    const { ask, memory, kept } = await serve();
    memory.breaksOff = new Error('select Achieng');
    const answer = await ask('export', { filter: {}, format: 'csv', by: 'amina' });
    await expect(answer.text()).rejects.toThrow('terminated');
    expect([memory.exported[0]?.ended, kept.text().includes('Achieng')]).toEqual([false, false]);
  });

  it('holds a day against its seals, and knows which days there are', async () => {
    const { json } = await serve();
    expect((await json('days')).body).toEqual({ days: ['2026-11-29'] });
    expect((await json('verify', { day: '2026-11-29' })).body).toEqual({ proofs: [aProof({ rows: 3 }), aProof({ kind: 'received', head: null })] });
  });
});
