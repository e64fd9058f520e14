import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { idOf } from '../testing/conflict.builder.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { aHeld, MemoryHeld } from '../testing/memory-held.js';
import { memoryDesks } from '../testing/memory-rules.js';

const DISCARD = { by: 'Amina', reason: 'test data' };

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(records = [aHeld(1), aHeld(2), aHeld(3, { link: 'siaya', group: 'c'.repeat(32) })]) {
  const held = new MemoryHeld(records);
  const console = await memoryConsole(memoryDesks(new MemoryDesk([]), held));
  const { kept } = console;
  running.push(console);
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...init.headers };
    const answer = await fetch(`${console.url}/api/parked${path}`, { ...init, headers });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : null };
  };
  const post = (path: string, body: unknown, init: RequestInit = {}) => ask(path, { method: 'POST', body: JSON.stringify(body), ...init });
  const ended = async (id: string) => {
    await until('it has ended', async () => (await ask(`/runs/${id}`)).body.state !== 'running', 10_000);
    return (await ask(`/runs/${id}`)).body;
  };
  const planned = async (body: object) => ended((await post('/runs', body)).body.id);
  return { held, kept, ask, post, ended, planned };
}

describe('what the console answers of what is held', () => {
  it('tells it by cause, filtered, and one by one', async () => {
    const { ask } = await serve();
    expect((await ask('')).body).toMatchObject({ counts: { all: 3, groups: 2 }, groups: [{ count: 2, why: 'unmapped' }, { count: 1 }], away: [] });
    expect((await ask('?link=siaya')).body.counts.all).toBe(1);
    expect((await ask(`/records?group=${'a'.repeat(32)}&limit=1`)).body.records).toMatchObject([{ id: idOf(7002) }]);
    expect((await ask(`/records/${idOf(7001)}`)).body).toMatchObject({ held: { id: idOf(7001) }, notes: [] });
    expect((await ask(`/records/${idOf(1)}`)).status).toBe(404);
  });

  it.each([
    ['a reason that there is not', '?why=tired', 'why'],
    ['a group that is none', '?group=x', 'group'],
    ['what it does not know', '?patient=Achieng', 'patient'],
    ['a page without end', '/records?limit=100000', 'limit'],
  ])('refuses %s, and says where', async (_, query, path) => {
    const { ask } = await serve();
    const answer = await ask(query);
    expect([answer.status, answer.body.problems[0].path]).toEqual([400, path]);
    expect(JSON.stringify(answer.body)).not.toContain('Achieng');
  });

  it('says what would come of one now, and does nothing', async () => {
    const { post, held } = await serve();
    expect(await post(`/records/${idOf(7001)}/why`, {})).toMatchObject({ status: 200, body: { works: 'yes', prospect: 'would-write' } });
    expect(held.deeds).toEqual([]);
  });

  it('acts on one, as somebody; discards and lays aside nothing without a reason', async () => {
    const { post, held } = await serve();
    expect((await post(`/records/${idOf(7001)}/redrive`, { by: ' Amina ' })).status).toBe(202);
    expect((await post(`/records/${idOf(7002)}/discard`, DISCARD)).status).toBe(202);
    expect((await post(`/records/${idOf(7003)}/park`, DISCARD)).status).toBe(202);
    expect(held.deeds).toMatchObject([
      { what: 'redriven', by: 'Amina' },
      { what: 'discarded', ...DISCARD },
      { what: 'parked', ...DISCARD },
    ]);
    for (const [act, body, path] of [
      ['discard', { by: 'Amina' }, 'reason'],
      ['discard', { by: 'Amina', reason: ' ' }, 'reason'],
      ['park', { by: 'Amina' }, 'reason'],
      ['redrive', { by: '' }, 'by'],
    ] as const)
      expect(await post(`/records/${idOf(7003)}/${act}`, body)).toMatchObject({ status: 400, body: { problems: [{ path }] } });
    expect((await post(`/records/${idOf(7001)}/discard`, DISCARD)).status).toBe(404);
    held.outcome = 'asked';
    expect(await post(`/records/${idOf(7003)}/redrive`, { by: 'Amina' })).toEqual({ status: 202, body: { asked: true } });
    held.outcome = 'not-taken';
    expect(await post(`/records/${idOf(7003)}/redrive`, { by: 'Amina' })).toEqual({ status: 409, body: { error: 'not-taken' } });
    held.outcome = 'moving';
    expect(await post(`/records/${idOf(7003)}/discard`, DISCARD)).toEqual({ status: 409, body: { error: 'moving' } });
  });

  it('acts on many as they were looked at, once, and tells how far it is', async () => {
    const { planned, ended, post, ask, held } = await serve();
    const plan = await planned({ link: 'kisumu' });
    expect(plan).toMatchObject({ does: 'plan', state: 'done', counts: { found: 2, done: 0, passedOver: 0 } });
    const gate: (() => void)[] = [];
    held.next = () => new Promise((resolve) => void gate.push(resolve));
    const { id } = (await post(`/runs/${plan.id}/redrive`, { by: 'Amina' })).body;
    expect((await ask('/runs')).body.runs).toMatchObject([{ id, does: 'redriven', by: 'Amina', done: 0, of: 2 }]);
    await held.act(idOf(7001), { what: 'discarded', by: 'Otieno', reason: 'gone' });
    for (const done of [1, 2]) {
      await until('it is at the next one', async () => gate.length >= done, 10_000);
      gate[done - 1]?.();
    }
    expect(await ended(id)).toMatchObject({ state: 'done', counts: { found: 2, done: 1, passedOver: 1 } });
    expect(await post(`/runs/${plan.id}/redrive`, { by: 'Amina' })).toEqual({ status: 409, body: { error: 'not-planned' } });
  });

  it('is stopped between two, and says that one failed, without its words', async () => {
    const { planned, ended, post, held, kept } = await serve();
    const gate: (() => void)[] = [];
    held.next = () => new Promise((resolve) => void gate.push(resolve));
    const { id } = (await post(`/runs/${(await planned({})).id}/discard`, DISCARD)).body;
    await post(`/runs/${id}/stop`, {});
    await until('it has begun', async () => gate.length > 0, 10_000);
    gate[0]?.();
    expect(await ended(id)).toMatchObject({ state: 'stopped', done: 1, of: 3 });
    held.next = async () => Promise.reject(new Error('select Achieng'));
    expect(await ended((await post(`/runs/${(await planned({})).id}/discard`, DISCARD)).body.id)).toMatchObject({ state: 'failed', counts: null });
    expect(kept.lines()[0]).toMatchObject({ event: 'console.held-failed' });
    expect(kept.text()).not.toContain('Achieng');
  });

  it('shows and does nothing without the token, nor in another form than JSON', async () => {
    const { ask, post, planned, held } = await serve();
    const { id } = await planned({});
    const one = `/records/${idOf(7001)}`;
    for (const path of ['', '/records', one, '/runs', `/runs/${id}`]) expect((await ask(path, { headers: { authorization: '' } })).status).toBe(401);
    for (const path of [
      `${one}/why`,
      `${one}/redrive`,
      `${one}/discard`,
      `${one}/park`,
      '/runs',
      `/runs/${id}/redrive`,
      `/runs/${id}/discard`,
      `/runs/${id}/stop`,
    ]) {
      expect((await post(path, DISCARD, { headers: { authorization: `Bearer ${TOKEN}x` } })).status).toBe(401);
      expect((await post(path, DISCARD, { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    }
    for (const path of [`${one}/erase`, `/runs/${id}/constructor`]) expect((await post(path, DISCARD)).status).toBe(405);
    expect(held.deeds).toEqual([]);
  });
});
