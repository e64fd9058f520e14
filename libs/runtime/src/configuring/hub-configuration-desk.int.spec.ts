import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Configuration, loadConfiguration, NO_PLUGINS, resolveSecrets } from '@sync-hub/configuration';
import type { ConfigurationToSave } from '@sync-hub/contracts';
import { ConfigurationVersionRepository, type Database, openDatabase, Vault } from '@sync-hub/persistence';
import { testDatabase } from '@sync-hub/persistence/testing';
import { configurationDeskOn } from '../desk-on.js';
import { ConfigurationHistory } from './configuration-history.js';

const EXAMPLE = await readFile(new URL('../../../../docs/examples/sync-hub.yml', import.meta.url), 'utf8');
const SECRETS = { CENTRAL_USERNAME: 'x', KISUMU_USERNAME: 'x', KISUMU_PASSWORD: 'x', SIAYA_USERNAME: 'x', SIAYA_PASSWORD: 'x' };
const LIVE = EXAMPLE.replace('mode: observe # a new clinic', 'mode: live # a new clinic');

describe('the configuration at the desk of administrators', () => {
  let made: Awaited<ReturnType<typeof testDatabase>>;
  let database: Database;
  let folder: string;
  let file: string;
  let current: Configuration;
  const vault = new Vault([{ id: 'test', bytes: randomBytes(32) }]);
  beforeAll(async () => {
    made = await testDatabase();
    database = await openDatabase(made.url, 6);
  }, 60_000);
  afterAll(async () => {
    await database.close();
    await made.drop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'configuration-'));
    file = path.join(folder, 'sync-hub.yml');
    await writeFile(file, EXAMPLE, { mode: 0o640 });
    current = loadConfiguration(EXAMPLE, file);
    await database.query(`delete from configuration_kept`);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const versions = () => new ConfigurationVersionRepository(database, vault);
  const desk = () =>
    configurationDeskOn(database, vault, {
      file,
      plugins: NO_PLUGINS,
      current: () => current,
      secrets: (configuration) => resolveSecrets(configuration, SECRETS, async () => 'x'),
      origin: 'console',
    });
  const save = async (changes: Partial<ConfigurationToSave>) =>
    desk().save({ text: LIVE, base: (await desk().state()).base, why: 'a good day', ...changes }, 'Amina');
  const held = () => readFile(file, 'utf8');
  const kept = async () => (await desk().versions(10)).map(({ version, from, by, why, of, paths }) => [version, from, by, why, of, paths]);

  it('saves what is valid, keeps what was before, and says who changed which place', async () => {
    expect(await save({})).toEqual({ kind: 'saved', version: 2 });
    expect([await held(), (await stat(file)).mode & 0o777, await readdir(folder)]).toEqual([LIVE, 0o640, ['sync-hub.yml']]);
    expect(await kept()).toEqual([
      [2, 'console', 'Amina', 'a good day', null, ['links[central-siaya].mode']],
      [1, 'first', null, null, null, []],
    ]);
    const said = await database.query<{ payload: unknown }>(`select payload from outbox where type = 'configuration.changed.v1' and payload ->> 'round' = '2'`);
    expect(said).toEqual([{ payload: { site: 'central-hub', round: 2, origin: 'console', by: 'Amina', of: null, paths: ['links[central-siaya].mode'] } }]);
  });

  it('writes over nothing that somebody else wrote meanwhile', async () => {
    const { base } = await desk().state();
    const other = EXAMPLE.replace('pollSeconds: 30', 'pollSeconds: 60');
    await writeFile(file, other);
    expect(await save({ base })).toEqual({ kind: 'changed' });
    expect([await held(), await kept()]).toEqual([other, []]);
  });

  it('lets one of two who save at once, and tells the other', async () => {
    const { base } = await desk().state();
    const texts = [10, 11, 12, 13].map((seconds) => EXAMPLE.replace('pollSeconds: 30', `pollSeconds: ${seconds}`));
    const done = await Promise.all(texts.map((text) => save({ text, base })));
    expect(done.map(({ kind }) => kind).sort()).toEqual(['changed', 'changed', 'changed', 'saved']);
    expect(await held()).toBe(texts[done.findIndex(({ kind }) => kind === 'saved')]);
    expect(await kept()).toHaveLength(2);
  });

  it('refuses what is not valid, and what refers to a secret that is not there, with the place', async () => {
    expect(await save({ text: EXAMPLE.replace('mode: observe # a new', 'mode: obsrve # a new') })).toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'links[1].mode', line: EXAMPLE.split('\n').findIndex((line) => line.includes('mode: observe # a new')) + 1, didYouMean: 'observe' }],
    });
    expect(await save({ text: EXAMPLE.replace('{ env: SIAYA_PASSWORD }', '{ env: ELSEWHERE }') })).toMatchObject({
      kind: 'invalid',
      problems: [{ path: 'sites[2].login.password', line: expect.any(Number), found: 'the environment variable ELSEWHERE is not set' }],
    });
    expect([await held(), await kept()]).toEqual([EXAMPLE, []]);
  });

  it('brings an earlier version back, as a version of its own', async () => {
    await save({});
    expect(await desk().rollBack({ version: 1, base: (await desk().state()).base, why: 'too early' }, 'Juma')).toEqual({ kind: 'saved', version: 3 });
    expect(await held()).toBe(EXAMPLE);
    expect((await kept())[0]).toEqual([3, 'roll-back', 'Juma', 'too early', 1, ['links[central-siaya].mode']]);
    expect(await desk().rollBack({ version: 9, base: (await desk().state()).base, why: 'no' }, 'Juma')).toEqual({ kind: 'no-such-version' });
  });

  it.each<[string, () => Promise<unknown>]>([
    ['file-read-only', () => chmod(file, 0o444)],
    [
      'config-map',
      async () => {
        await symlink('..2026', path.join(folder, '..data'));
      },
    ],
  ])('says that it cannot save (%s), looks all the same, and writes nothing', async (reason, lock) => {
    await lock();
    expect((await desk().state()).cannotSave).toBe(reason);
    expect((await desk().check(LIVE)).consequences).toEqual([{ code: 'goes-live', at: 'central-siaya', count: 0 }]);
    expect(await save({})).toEqual({ kind: 'cannot-save', reason });
    expect([await held(), await kept()]).toEqual([EXAMPLE, []]);
  });

  it('keeps nothing of what could not be written', async () => {
    // There is no room for the name of the file beside it.
    file = path.join(folder, `${'x'.repeat(240)}.yml`);
    await writeFile(file, EXAMPLE);
    expect(await save({})).toEqual({ kind: 'cannot-save', reason: 'folder-read-only' });
    expect([await held(), await kept(), (await readdir(folder)).length]).toEqual([EXAMPLE, [], 2]);
  });

  it('shows no secret, keeps none in plain, and gives it back unchanged', async () => {
    const plain = EXAMPLE.replace('{ env: SIAYA_PASSWORD }', 'hunter2');
    await writeFile(file, plain);
    const { text, base } = await desk().state();
    expect(text).not.toContain('hunter2');
    const checked = await desk().check(`${text}# more\n`);
    expect(JSON.stringify(checked)).not.toContain('hunter2');
    expect(checked.problems).toMatchObject([{ path: 'sites[2].login.password' }]);
    expect((await desk().check(text?.replace('title: Siaya clinic', 'title: "(unchanged secret 1)"') ?? '')).problems).toMatchObject([
      { found: expect.stringContaining('would be shown') },
    ]);
    // It may not stay there. A comment may, and comes back as it was.
    const noted = EXAMPLE.replace('links:\n', 'links: # old password: hunter2\n');
    await writeFile(file, noted);
    const shown = await desk().state();
    expect([shown.text?.includes('hunter2'), shown.base === base]).toEqual([false, false]);
    await save({ text: shown.text?.replace('mode: observe # a new', 'mode: live # a new') ?? '' });
    expect(await held()).toBe(noted.replace('mode: observe # a new', 'mode: live # a new'));
    const rows = await database.query(`select to_jsonb(configuration_kept) as row from configuration_kept union all select to_jsonb(outbox) from outbox`);
    expect(JSON.stringify(rows)).not.toContain('hunter2');
    const sealed = await database.query<{ sealed: Buffer }>(`select sealed from configuration_kept`);
    expect(sealed.filter((row) => row.sealed.includes('hunter2') || row.sealed.includes('mode: live'))).toEqual([]);
    expect(JSON.stringify([await desk().version(1), await desk().version(2), await desk().checkVersion(1)])).not.toContain('hunter2');
  });

  it('shows nothing of a file that cannot be read, and has an earlier version in its place', async () => {
    await save({});
    await writeFile(file, 'password: hunter2\n\tsites: [');
    const { text, base, isInForce } = await desk().state();
    expect([text, isInForce]).toEqual([null, false]);
    expect(await desk().rollBack({ version: 2, base, why: 'it was broken' }, 'Juma')).toEqual({ kind: 'saved', version: 4 });
    expect([await held(), (await desk().version(3))?.text]).toEqual([LIVE, null].map((one) => one ?? ''));
  });

  it('notes what a process takes of a file that somebody changed by hand, once', async () => {
    const history = new ConfigurationHistory(versions(), 'central-hub', NO_PLUGINS);
    const take = (text: string) => database.transaction((tx) => history.noteTaken(tx, text, loadConfiguration(text, file)));
    await take(EXAMPLE);
    await Promise.all([take(LIVE), take(LIVE), take(LIVE)]);
    await take(LIVE.replace('# Others', '# Other rules'));
    expect(await kept()).toEqual([
      [2, 'file', null, null, null, ['links[central-siaya].mode']],
      [1, 'first', null, null, null, []],
    ]);
  });

  it('keeps fifty versions whatever their age, and the others for two years', async () => {
    const add = () =>
      database.transaction((tx) => versions().add(tx, 'central-hub', { text: 'x', says: 'x', origin: 'file', by: null, why: null, of: null, paths: [] }));
    for (let count = 0; count < 52; count += 1) await add();
    await database.query(`update configuration_kept set noted_at = now() - interval '3 years'`);
    await add();
    const numbers = await database.query<{ version: number }>(`select version from configuration_kept order by 1`);
    expect([numbers.length, numbers[0]?.version, numbers.at(-1)?.version]).toEqual([50, 4, 53]);
  });
});
