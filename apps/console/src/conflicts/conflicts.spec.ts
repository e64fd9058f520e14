import { afterEach, describe, expect, it } from '@jest/globals';
import type { ConflictDesk } from '@sync-hub/contracts';
import { aPatientConflict, idOf, side } from '../testing/conflict.builder.js';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';
import { MemoryDesk } from '../testing/memory-desk.js';
import { memoryDesks } from '../testing/memory-rules.js';

const ID = idOf(1);
const BIRTHDATE = { path: 'birthdate', take: 'parent' };
const ALL = [BIRTHDATE, { path: 'gender', take: 'child' }];

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

async function serve(over: (desk: MemoryDesk) => ConflictDesk = (desk) => desk) {
  const desk = new MemoryDesk([aPatientConflict(1), aPatientConflict(2, { link: 'siaya', owner: 'Amina', state: 'assigned' })]);
  const console = await memoryConsole({ ...memoryDesks(desk), desk: over(desk) });
  const { kept } = console;
  running.push(console);
  const ask = async (path: string, init: RequestInit = {}) => {
    const headers = { authorization: `Bearer ${TOKEN}`, ...(init.body === undefined ? {} : { 'content-type': 'application/json' }), ...init.headers };
    const answer = await fetch(`${console.url}/api/conflicts${path}`, { ...init, headers });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
  };
  const post = (path: string, body: unknown, init: RequestInit = {}) => ask(path, { method: 'POST', body: JSON.stringify(body), ...init });
  return { desk, kept, ask, post };
}

describe('what the console answers of conflicts', () => {
  it('lists what fits, and counts it', async () => {
    const { ask } = await serve();
    expect((await ask('')).body).toMatchObject({ conflicts: [{ id: idOf(2) }, { id: ID }], counts: { all: 2 } });
    expect((await ask('?link=siaya&states=open,assigned&limit=1')).body).toMatchObject({ conflicts: [{ id: idOf(2) }], counts: { all: 1 } });
    expect((await ask('?owner=')).body).toMatchObject({ conflicts: [{ id: ID }] });
    expect((await ask('?states=resolved')).body).toMatchObject({ conflicts: [] });
  });

  it.each([
    ['?states=lost', 'states.0'],
    ['?limit=many', 'limit'],
    ['?limit=1000', 'limit'],
    ['?openedBefore=yesterday', 'openedBefore'],
    ['?patient=Achieng', 'patient'],
    ['?link=a&link=b', 'link'],
  ])('says what of %s is wrong, by its name', async (query, path) => {
    const { ask } = await serve();
    const answer = await ask(query);
    expect([answer.status, answer.body.error, answer.body.problems[0].path]).toEqual([400, 'invalid', path]);
    expect(JSON.stringify(answer.body)).not.toContain('Achieng');
  });

  it('tells of one conflict all that its desk tells', async () => {
    const { ask } = await serve();
    const answer = await ask(`/${ID}`);
    expect(answer.body.fields[0]).toMatchObject({ path: 'birthdate', parent: side('1980-03-11'), child: side('1981-03-01'), does: 'ask' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });

  it.each([`/${idOf(9)}`, '/none', '/..%2fnone'])('knows no conflict %s', async (path) => {
    const { ask, post } = await serve();
    expect((await ask(path)).status).toBe(404);
    for (const act of ['preview', 'answer'])
      expect((await post(`${path}/${act}`, { version: 1, choices: [BIRTHDATE], ...(act === 'answer' ? { by: 'Amina' } : {}) })).status).toBe(404);
    expect((await post(`${path}/note`, { text: 'seen', by: 'Amina' })).status).toBe(404);
  });

  it('previews what would be written, and writes nothing', async () => {
    const { post, desk } = await serve();
    const { status, body } = await post(`/${ID}/preview`, { version: 1, choices: [BIRTHDATE] });
    expect([status, body]).toEqual([200, { writes: [], open: ['gender'] }]);
    const { writes } = (await post(`/${ID}/preview`, { version: 1, choices: ALL })).body;
    expect(writes.at(-1)).toMatchObject({ site: 'kisumu', fields: [{ path: 'birthdate', to: side('1980-03-11') }, {}, {}] });
    expect(desk.answers).toEqual([]);
  });

  it('hands an answer to the desk exactly as it was given', async () => {
    const { post, desk } = await serve();
    const value = '  "quoted" <b>&amp;</b>\r\n\t😀𝒜 ';
    const choices = [...ALL, { path: 'attributes[phone]', value }, { path: 'names[{"familyName":"Okello","givenName":"Achieng"}]' }];
    const { status, body } = await post(`/${ID}/answer`, { version: 1, choices, by: ' Amina ', note: 'asked her' });
    expect([status, body]).toEqual([202, { answerId: 'answer-1' }]);
    expect(desk.answers).toEqual([{ id: ID, answer: { version: 1, choices, note: 'asked her' }, by: 'Amina' }]);
  });

  it('answers a stale answer with the version that is there now, and one that came too late with how it was closed', async () => {
    const { post, desk } = await serve();
    desk.shownAgain(ID, 'birthdate', 'child', side('1982-01-01'));
    expect(await post(`/${ID}/answer`, { version: 1, choices: ALL, by: 'Amina' })).toMatchObject({ status: 409, body: { error: 'stale', version: 2 } });
    expect(await post(`/${ID}/preview`, { version: 1, choices: ALL })).toMatchObject({ status: 409, body: { error: 'stale', version: 2 } });
    const leaves = (version: number) => post(`/${ID}/dismiss`, { reason: 'a test record', version, by: 'Amina' });
    expect(await leaves(1)).toMatchObject({ status: 409, body: { error: 'stale', version: 2 } });
    expect([(await leaves(2)).status, await leaves(2)]).toMatchObject([204, { status: 409, body: { error: 'closed', as: 'dismissed' } }]);
    expect(await post(`/${ID}/answer`, { version: 2, choices: ALL, by: 'Amina' })).toMatchObject({ status: 409, body: { error: 'closed', as: 'dismissed' } });
    expect(await post(`/${ID}/note`, { text: 'late', by: 'Amina' })).toMatchObject({ status: 409, body: { error: 'closed', as: 'dismissed' } });
    expect(desk.answers).toEqual([]);
  });

  it('takes, gives back, notes and dismisses', async () => {
    const { post, ask } = await serve();
    expect((await post(`/${ID}/assign`, { owner: 'Amina', by: 'Amina' })).status).toBe(204);
    expect((await ask(`/${ID}`)).body.conflict).toMatchObject({ owner: 'Amina', state: 'assigned' });
    await post(`/${ID}/assign`, { owner: '', by: 'Amina' });
    await post(`/${ID}/note`, { text: 'asked the clinic', by: 'Amina' });
    await post(`/${ID}/dismiss`, { reason: 'a test record', version: 1, by: 'Amina' });
    const { conflict, notes } = (await ask(`/${ID}`)).body;
    expect(conflict).toMatchObject({ owner: null, state: 'dismissed' });
    expect(notes.map(({ what, text }: { what: string; text: string }) => [what, text])).toEqual([
      ['assigned', 'Amina'],
      ['assigned', ''],
      ['noted', 'asked the clinic'],
      ['dismissed', 'a test record'],
    ]);
  });

  it.each([
    ['no version', 'answer', { choices: ALL, by: 'A' }, 'version'],
    ['no choice', 'answer', { version: 1, choices: [], by: 'A' }, 'choices'],
    ['nobody', 'answer', { version: 1, choices: ALL, by: ' ' }, 'by'],
    ['half a character', 'answer', { version: 1, choices: [{ path: 'gender', value: '\ud800' }], by: 'A' }, 'choices.0.value'],
    ['a character that no database keeps', 'preview', { version: 1, choices: [{ path: 'gender', value: 'a\u0000' }] }, 'choices.0.value'],
    ['no reason', 'dismiss', { reason: '', version: 1, by: 'A' }, 'reason'],
    ['a field that is not there', 'answer', { version: 1, choices: [{ path: 'nowhere', take: 'child' }], by: 'A' }, 'nowhere'],
  ])('refuses %s, and says where', async (_, act, body, path) => {
    const { post, desk } = await serve();
    const answer = await post(`/${ID}/${act}`, body);
    expect([answer.status, answer.body.error, answer.body.problems[0].path]).toEqual([400, 'invalid', path]);
    expect(answer.body.problems[0].problem).not.toBe('');
    expect(desk.answers).toEqual([]);
  });

  it('takes JSON in UTF-8 only: no form of another page can send it', async () => {
    const { ask, desk } = await serve();
    const answer = JSON.stringify({ version: 1, choices: ALL, by: 'A' });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await ask(`/${ID}/answer`, { method: 'POST', body: answer, headers: { 'content-type': type } })).status).toBe(415);
    const broken = Buffer.concat([Buffer.from('{"reason":"'), Buffer.from([0xff]), Buffer.from('","by":"A"}')]);
    expect((await ask(`/${ID}/dismiss`, { method: 'POST', body: broken })).body.problems).toEqual([{ path: '(the whole body)', problem: 'is UTF-8' }]);
    expect((await ask(`/${ID}/answer`, { method: 'POST', body: '{' })).status).toBe(400);
    expect((await ask(`/${ID}/note`, { method: 'POST', body: JSON.stringify({ text: 'x'.repeat(1_100_000), by: 'A' }) })).status).toBe(413);
    expect(desk.answers).toEqual([]);
  });

  it.each(['', 'Bearer', `Bearer ${TOKEN}x`, `Bearer ${TOKEN.slice(0, -1)}`, `Basic ${TOKEN}`, `Bearer  ${TOKEN}`, `bearer ${TOKEN}`])(
    'shows and does nothing without the token: %p',
    async (authorization) => {
      const { ask, post, desk, kept } = await serve();
      const headers = { authorization };
      const answers = [await ask('', { headers }), await ask(`/${ID}`, { headers }), await ask(`/${idOf(9)}`, { headers })];
      for (const act of ['preview', 'answer', 'assign', 'note', 'dismiss'])
        answers.push(await post(`/${ID}/${act}`, { version: 1, choices: ALL, by: 'A' }, { headers: { ...headers, 'content-type': 'application/json' } }));
      for (const { status, body } of answers) expect([status, body]).toEqual([401, { error: 'token' }]);
      expect(desk.answers).toEqual([]);
      expect((await desk.find(ID))?.notes).toEqual([]);
      expect(kept.text()).not.toContain(TOKEN);
    },
  );

  it('lets nothing through by another method, nor under another path', async () => {
    const { ask } = await serve();
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await fetch(`${running[0]?.url}/api/conflicts/${ID}`, { method })).status).toBe(405);
    for (const path of ['', `/${ID}`, `/${ID}/resolve`, `/${ID}/answer/more`])
      expect((await fetch(`${running[0]?.url}/api/conflicts${path}`, { method: 'POST', headers: { authorization: `Bearer ${TOKEN}` } })).status).toBe(405);
    expect((await ask(`/${ID}/answer`)).status).toBe(404);
  });

  it('says that the database does not answer, without the words of the error, and logs none of them', async () => {
    const { ask, kept } = await serve((desk) => Object.assign(desk, { find: async () => Promise.reject(new Error('select Achieng')) }));
    const answer = await ask(`/${ID}`);
    expect([answer.status, answer.body]).toEqual([503, { error: 'unavailable' }]);
    expect(kept.lines()[0]).toMatchObject({ event: 'console.conflicts-failed' });
    expect(kept.text()).not.toContain('Achieng');
  });
});
