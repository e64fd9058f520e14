import { afterEach, describe, expect, it } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aPatientConflict, idOf } from '../testing/conflict.builder.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';

const RULE = { link: 'kisumu', category: 'patient', field: 'gender', policy: 'parent-wins', by: 'Amina' };
const PLAN = { policy: 'parent-wins', link: 'kisumu' };

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve() {
  const desks = memoryDesks(new MemoryDesk([aPatientConflict(1), aPatientConflict(2), aPatientConflict(3, { link: 'siaya' })]));
  const console = await memoryConsole(desks);
  const { kept } = console;
  running.push(console);
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...init.headers };
    const answer = await fetch(`${console.url}/api/conflicts${path}`, { ...init, headers });
    const text = await answer.text();
    return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : null };
  };
  const post = (path: string, body: unknown, init: RequestInit = {}) => ask(path, { method: 'POST', body: JSON.stringify(body), ...init });
  const ended = async (id: string) => {
    await until('it has ended', async () => (await ask(`/bulk/${id}`)).body.state !== 'running', 10_000);
    return (await ask(`/bulk/${id}`)).body;
  };
  const planned = async (body: object = PLAN) => ended((await post('/bulk', body)).body.id);
  return { ...desks, kept, ask, post, ended, planned };
}

describe('what the console answers of rules', () => {
  it('makes one, lists it with whose it is and of which conflict, and revokes it once', async () => {
    const { ask, post } = await serve();
    const made = await post('/rules', { ...RULE, conflict: idOf(1) });
    expect(made.status).toBe(201);
    expect((await ask('/rules')).body.rules).toMatchObject([{ id: made.body.id, field: 'gender', policy: 'parent-wins', madeBy: 'Amina', conflict: idOf(1) }]);
    expect(await post('/rules', { ...RULE, policy: 'newest' })).toEqual({ status: 409, body: { error: 'there', id: made.body.id, policy: 'parent-wins' } });
    expect((await post(`/rules/${made.body.id}/revoke`, { by: 'Otieno' })).status).toBe(204);
    expect((await post(`/rules/${made.body.id}/revoke`, { by: 'Otieno' })).status).toBe(404);
    expect((await ask('/rules')).body.rules).toEqual([]);
    expect((await ask('/rules?revoked=with')).body.rules).toMatchObject([{ revoked: { by: 'Otieno' } }]);
  });

  it.each([
    ['of nobody', { ...RULE, by: ' ' }, 'by'],
    ['of a policy that there is not', { ...RULE, policy: 'oldest' }, 'policy'],
    ['of no field', { ...RULE, field: '' }, 'field'],
    ['that no policy may decide', { ...RULE, category: 'order' }, 'rule'],
  ])('makes none %s, and says where', async (_, body, path) => {
    const { post, rules } = await serve();
    const answer = await post('/rules', body);
    expect([answer.status, answer.body.problems[0].path, rules.rules]).toEqual([400, path, []]);
  });
});

describe('what the console answers of answering many at once', () => {
  it('says first what it would answer, and writes nothing; then answers that and nothing that came meanwhile, once', async () => {
    const { planned, ended, post, desk } = await serve();
    const plan = await planned();
    expect(plan).toMatchObject({ does: 'plan', state: 'done', done: 2, of: 2, counts: { found: 2, answered: 2, inPart: 0, passedOver: 0, left: [] } });
    expect(desk.answers).toEqual([]);
    desk.opens(aPatientConflict(4));
    const run = await ended((await post(`/bulk/${plan.id}/apply`, { by: ' Amina ' })).body.id);
    expect(run).toMatchObject({ does: 'answer', state: 'done', counts: { found: 2, answered: 2 } });
    expect(desk.answers.map(({ id, by }) => [id, by])).toEqual([
      [idOf(2), 'Amina'],
      [idOf(1), 'Amina'],
    ]);
    expect(await post(`/bulk/${plan.id}/apply`, { by: 'Amina' })).toEqual({ status: 409, body: { error: 'not-planned' } });
  });

  it('passes over what somebody has answered since it was planned', async () => {
    const { planned, ended, post, desk } = await serve();
    const plan = await planned();
    await desk.answer(idOf(1), { version: 1, choices: [{ path: 'gender', take: 'child' }] }, 'Otieno');
    const run = await ended((await post(`/bulk/${plan.id}/apply`, { by: 'Amina' })).body.id);
    expect(run.counts).toMatchObject({ answered: 1, passedOver: 1 });
    expect(desk.answers.filter(({ id }) => id === idOf(1)).map(({ by }) => by)).toEqual(['Otieno']);
  });

  it('is stopped between two conflicts, and carries out no plan that is not done', async () => {
    const { post, ask, ended, bulk, desk } = await serve();
    const gate: (() => void)[] = [];
    bulk.next = () => new Promise((resolve) => void gate.push(resolve));
    const { id } = (await post('/bulk', PLAN)).body;
    expect((await post(`/bulk/${id}/apply`, { by: 'Amina' })).status).toBe(409);
    expect((await ask(`/bulk/${id}`)).body).toMatchObject({ state: 'running', counts: null });
    await post(`/bulk/${id}/stop`, {});
    await until('it has begun', async () => gate.length > 0, 10_000);
    gate[0]?.();
    expect(await ended(id)).toMatchObject({ state: 'stopped', done: 1, of: 2 });
    expect((await post(`/bulk/${id}/apply`, { by: 'Amina' })).status).toBe(409);
    expect(desk.answers).toEqual([]);
  });

  it('names what is being answered, to whoever comes later, until it ends', async () => {
    const { post, ask, ended, planned, bulk } = await serve();
    const { id } = await planned();
    const gate: (() => void)[] = [];
    bulk.next = () => new Promise((resolve) => void gate.push(resolve));
    const run = (await post(`/bulk/${id}/apply`, { by: 'Amina' })).body;
    expect((await ask('/bulk')).body.runs).toMatchObject([{ id: run.id, does: 'answer', by: 'Amina', done: 0, of: 2, asked: PLAN }]);
    await post(`/bulk/${run.id}/stop`, {});
    await until('it has begun', async () => gate.length > 0, 10_000);
    gate[0]?.();
    await ended(run.id);
    expect((await ask('/bulk')).body.runs).toEqual([]);
  });

  it('begins no more than a few at once, and says that one failed, without its words', async () => {
    const { post, ended, bulk, kept } = await serve();
    bulk.next = async () => Promise.reject(new Error('select Achieng'));
    expect(await ended((await post('/bulk', PLAN)).body.id)).toMatchObject({ state: 'failed', counts: null });
    expect(kept.lines()[0]).toMatchObject({ event: 'console.bulk-failed' });
    expect(kept.text()).not.toContain('Achieng');
    const gate: (() => void)[] = [];
    bulk.next = () => new Promise((resolve) => void gate.push(resolve));
    const begun = [];
    for (let number = 0; number < 5; number += 1) begun.push((await post('/bulk', PLAN)).status);
    expect(begun).toEqual([202, 202, 202, 202, 429]);
    bulk.next = async () => undefined;
    for (const open of gate) open();
  });

  it.each([
    ['by a policy that decides nothing', { policy: 'manual' }, 'policy'],
    ['of those that are answered', { policy: 'newest', states: ['answered'] }, 'states.0'],
    ['by what it does not know', { policy: 'newest', patient: 'Achieng' }, '(the whole body)'],
  ])('plans nothing %s, and says where', async (_, body, path) => {
    const { post } = await serve();
    const answer = await post('/bulk', body);
    expect([answer.status, answer.body.problems[0].path]).toEqual([400, path]);
    expect(JSON.stringify(answer.body)).not.toContain('Achieng');
  });

  it('shows and does nothing without the token, nor in another form than JSON', async () => {
    const { ask, post, planned, rules, desk } = await serve();
    const { id } = await planned();
    const acts = [
      ['/rules', RULE],
      [`/rules/${idOf(9000)}/revoke`, { by: 'A' }],
      ['/bulk', PLAN],
      [`/bulk/${id}/apply`, { by: 'A' }],
      [`/bulk/${id}/stop`, {}],
    ] as const;
    for (const path of ['/rules', '/bulk', `/bulk/${id}`]) expect((await ask(path, { headers: { authorization: '' } })).status).toBe(401);
    for (const [path, body] of acts) {
      expect((await post(path, body, { headers: { authorization: `Bearer ${TOKEN}x` } })).status).toBe(401);
      expect((await post(path, body, { headers: { 'content-type': 'text/plain' } })).status).toBe(415);
    }
    for (const path of ['/rules/more', '/bulk/more', `/bulk/${id}/resolve`, `/rules/${id}/apply`]) expect((await post(path, {})).status).toBe(405);
    expect([rules.rules, desk.answers]).toEqual([[], []]);
  });
});
