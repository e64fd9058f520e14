import { afterEach, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '@sync-hub/configuration';
import type { ConfigurationDesk, ConfigurationSaved } from '@sync-hub/contracts';
import { type MemoryConsole, memoryConsole, TOKEN } from '../testing/memory-console.js';

const PROBLEM = { path: 'links[0].mode', line: 3, column: 9, found: 'the text "lively"', allowed: 'observe or live', didYouMean: null };
const SAVE = { text: 'links: []\n', base: 'this-one', why: 'a reason', by: 'Amina' };

const running: MemoryConsole[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

/** A desk at which everything that is saved becomes of it what the test says. */
async function serve(becomes: ConfigurationSaved = { kind: 'saved', version: 2 }) {
  const saved: unknown[] = [];
  const keep = async (wanted: object, by: string) => {
    saved.push({ ...wanted, by });
    return becomes;
  };
  const configuration: ConfigurationDesk = {
    state: async () => ({ file: 'sync-hub.yml', text: '', base: 'this-one', cannotSave: null, isInForce: true, refused: [], behind: [], version: 1 }),
    check: async () => ({ problems: [PROBLEM], changes: [], consequences: [], lines: [], outline: null }),
    save: keep,
    rollBack: keep,
    versions: async () => [],
    version: async () => null,
    checkVersion: async () => null,
    edited: async (text) => (text === '' ? null : `${text}# edited\n`),
    importSync2: async ({ sync2 }) => {
      if (sync2 !== '{}') throw new ConfigurationError('sync2.json', [{ ...PROBLEM, path: ['links', 0, 'mode'] }]);
      return { text: 'draft', notes: [] };
    },
  };
  const console = await memoryConsole({ configuration });
  running.push(console);
  const ask = async (path: string, body?: unknown) => {
    const init = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const answer = await fetch(`${console.url}/api/configuration${path}`, {
      ...init,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { saved, ask };
}

describe('what the console answers of the configuration', () => {
  it('tells the file, what is wrong with a text, and the shape of it all', async () => {
    const { ask } = await serve();
    expect((await ask('')).body).toMatchObject({ file: 'sync-hub.yml', base: 'this-one' });
    expect((await ask('/check', { text: 'links: [' })).body).toMatchObject({ problems: [PROBLEM] });
    expect((await ask('/schema')).body).toMatchObject({ title: 'OpenMRS Sync Hub configuration' });
    expect((await ask('/versions')).body).toEqual({ versions: [] });
  });

  it.each(['/save', '/rollback'])('hands on who saves, from what, and why (%s)', async (path) => {
    const { ask, saved } = await serve();
    const wanted = path === '/save' ? SAVE : { version: 1, base: 'this-one', why: 'a reason', by: 'Amina' };
    expect(await ask(path, wanted)).toEqual({ status: 200, body: { kind: 'saved', version: 2 } });
    expect(saved).toEqual([wanted]);
  });

  it.each<[string, ConfigurationSaved, number, object]>([
    ['what somebody else has changed', { kind: 'changed' }, 409, { error: 'changed' }],
    ['what cannot be written', { kind: 'cannot-save', reason: 'config-map' }, 409, { error: 'cannot-save', reason: 'config-map' }],
    ['what is not valid', { kind: 'invalid', problems: [PROBLEM] }, 422, { error: 'invalid', problems: [PROBLEM] }],
    ['a version that is none', { kind: 'no-such-version' }, 404, { error: expect.stringContaining('no such version') }],
  ])('does not say that it is saved of %s', async (_what, becomes, status, body) => {
    const { ask } = await serve(becomes);
    expect(await ask('/save', SAVE)).toEqual({ status, body });
  });

  it.each<[string, object, string]>([
    ['no reason', { ...SAVE, why: ' ' }, 'why'],
    ['nobody', { ...SAVE, by: undefined }, 'by'],
    ['nothing that one began from', { ...SAVE, base: '' }, 'base'],
  ])('saves nothing for %s', async (_what, body, path) => {
    const { ask, saved } = await serve();
    expect(await ask('/save', body)).toMatchObject({ status: 400, body: { error: 'invalid', problems: [{ path }] } });
    expect(saved).toEqual([]);
  });

  it('changes places of a text, and says where there are none', async () => {
    const { ask } = await serve();
    const edits = [{ of: 'links', id: 'kisumu', path: ['mode'], value: 'live' }];
    expect(await ask('/edit', { text: 'a: 1\n', edits })).toEqual({ status: 200, body: { text: 'a: 1\n# edited\n' } });
    const [edit] = edits;
    expect(await ask('/edit', { text: 'a: 1\n', edits: [{ ...edit, path: ['__proto__', 'mode'] }] })).toMatchObject({ status: 400 });
    expect(await ask('/edit', { text: '', edits })).toMatchObject({ status: 400, body: { problems: [{ path: 'edits' }] } });
  });

  it('makes a draft of Sync 2.0, and says which of its files is none', async () => {
    const { ask } = await serve();
    expect(await ask('/import', { sync2: '{}', startAt: 'now' })).toEqual({ status: 200, body: { text: 'draft', notes: [] } });
    expect(await ask('/import', { sync2: '{', startAt: 'now' })).toMatchObject({
      status: 422,
      body: { error: 'unreadable', file: 'sync2.json', problems: [{ line: 3 }] },
    });
  });

  it.each(['/versions/9', '/versions/9/check', '/versions/none'])('knows no such version: %s', async (path) =>
    expect((await (await serve()).ask(path)).status).toBe(404),
  );
});
