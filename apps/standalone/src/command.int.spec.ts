import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfiguration, NO_PLUGINS } from '@sync-hub/configuration';
import { type Simulator, startSimulator } from '@sync-hub/openmrs-simulator';
import {
  BrakeRepository,
  ClosedClassRepository,
  ConfigurationVersionRepository,
  type Database,
  openDatabase,
  readMasterKeys,
  SiteRepository,
  Vault,
} from '@sync-hub/persistence';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import { ConfigurationHistory } from '@sync-hub/runtime';
import { command } from './command.js';

const LOGIN = { SC_USERNAME: 'admin', SC_PASSWORD: 'Admin123' };

describe('the command line', () => {
  const before = { ...process.env };
  let folder: string;
  let simulator: Simulator;
  let test: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'sync-hub-cli-'));
    simulator = await startSimulator({ id: 'kisumu', profile: '2.8' });
    test = await testDatabase();
    database = await openDatabase(test.url, 2);
    const login = { username: { env: 'SC_USERNAME' }, password: { env: 'SC_PASSWORD' } };
    const site = (id: string, baseUrl: string) => ({ id, baseUrl, login, client: 'rest', feed: { startAt: 'beginning' } });
    const link = {
      id: 'central-kisumu',
      parent: 'central',
      child: 'kisumu',
      runsAt: 'hub',
      classes: { patient: { push: true } },
      catchment: { rule: 'everyone' },
    };
    const configuration = { instance: { id: 'hub' }, sites: [site('central', 'http://127.0.0.1:9/openmrs'), site('kisumu', simulator.baseUrl)], links: [link] };
    await writeFile(path.join(folder, 'sync-hub.json'), JSON.stringify(configuration));
    Object.assign(process.env, LOGIN, {
      SYNC_HUB_CONFIG: path.join(folder, 'sync-hub.json'),
      DATABASE_URL: test.url,
      SYNC_HUB_KEYS: `k1:${randomBytes(32).toString('base64')}`,
    });
  }, 60_000);
  afterAll(async () => {
    process.env = before;
    await database.close();
    await test.drop();
    await simulator.stop();
    await rm(folder, { recursive: true });
  });

  const run = async (...args: string[]): Promise<{ readonly code: number; readonly said: string }> => {
    const lines: string[] = [];
    const code = await command(args, (line) => void lines.push(line));
    return { code, said: lines.join('\n') };
  };

  it('says of a configuration which links are only observed', async () => {
    expect(await run('config', 'check')).toMatchObject({ code: 0, said: expect.stringContaining('Link central-kisumu is only observed') });
  });

  it('keeps versions of the configuration, says what would come with one, and brings it back', async () => {
    const file = path.join(folder, 'sync-hub.json');
    const before = await readFile(file, 'utf8');
    const live = before.replace('"catchment"', '"mode":"live","catchment"');
    const beside = path.join(folder, 'live.json');
    await writeFile(beside, live);
    expect(await run('config', 'rollback', '1')).toMatchObject({ code: 1, said: expect.stringContaining('config rollback N --why TEXT') });
    expect((await run('config', 'history')).said).toContain('No version is kept yet');
    const differs = await run('config', 'diff', beside);
    expect(differs).toMatchObject({ code: 0, said: expect.stringContaining('links[central-kisumu].mode changed: "observe" -> "live"') });
    expect(differs.said).toContain('turns link central-kisumu live: it will write; 0 records wait');
    const vault = new Vault(readMasterKeys(process.env['SYNC_HUB_KEYS'] ?? ''));
    const history = new ConfigurationHistory(new ConfigurationVersionRepository(database, vault), 'hub', NO_PLUGINS);
    await database.transaction((tx) => history.noteTaken(tx, live, loadConfiguration(live, file)));
    expect((await run('config', 'show', '1')).said).toBe(live);
    expect(await run('config', 'rollback', '1', '--why', 'ready')).toMatchObject({ code: 0, said: expect.stringContaining('Version 3 stands in') });
    expect(await readFile(file, 'utf8')).toBe(live);
    expect((await run('config', 'history')).said).toMatch(/^ {4}3 .*brings version 1 back: ready {2}links\[central-kisumu\]\.mode\n {4}2 .*changed by hand/);
    await writeFile(file, '{');
    expect(await run('config', 'rollback', '2', '--why', 'it was broken')).toMatchObject({ code: 0 });
    expect(await readFile(file, 'utf8')).toBe(before);
    await chmod(file, 0o444);
    expect(await run('config', 'rollback', '1', '--why', 'again')).toMatchObject({
      code: 1,
      said: expect.stringContaining('(file-read-only): nothing was changed'),
    });
    await chmod(file, 0o644);
    expect(await run('config', 'show', '99')).toMatchObject({ code: 1, said: expect.stringContaining('there is no such version') });
  });

  it('says of a configuration what its sites have said they cannot take, as does status, and nothing of what does not travel to them', async () => {
    const orders = {
      site: 'central',
      class: 'order',
      does: 'write',
      code: 'unsupported',
      privilege: null,
      because: 'it has no orders',
      witness: null,
    } as const;
    const closed = new ClosedClassRepository(database);
    await database.transaction(async (tx) => {
      await new SiteRepository(database).join(tx, ['central']);
      await closed.keepUnsupported(tx, 'central', [orders, { ...orders, class: 'patient', because: 'it has no patients' }]);
    });
    const [checked, shown] = [(await run('config', 'check')).said, (await run('status')).said];
    for (const said of [checked, shown]) {
      expect(said).toMatch(/At central patient is not written there for \d+ s \(unsupported\): it has no patients\. 0 wait for it\./);
      expect(said).not.toContain('orders');
    }
    await database.transaction((tx) => closed.keepUnsupported(tx, 'central', []));
    expect((await run('config', 'check')).said).not.toContain('patients');
  });

  it('makes a draft from a Sync 2.0 configuration, says what is otherwise now, overwrites nothing, and the draft loads', async () => {
    const [sync2, settings, out] = ['sync2.json', 'settings.json', 'draft.yml'].map((name) => path.join(folder, name)) as [string, string, string];
    const list = {
      enabled: true,
      schedule: 43_200,
      classes: ['location', 'patient', 'visit'].map((category) => ({ category, enabled: true, preferredClient: null })),
    };
    const general = { parentFeedLocation: 'http://central:8080/openmrs', localFeedLocation: 'http://kisumu:8080/openmrs', localInstanceId: 'Kisumu' };
    await writeFile(sync2, JSON.stringify({ general, pull: list, push: list }));
    await writeFile(settings, JSON.stringify({ 'atomfeed.filter.location': '*%*%Kisumu%*%*', 'sync2.mergeBehavior': 'sync2.newIsTheBestMergeBehaviour' }));
    const given = ['config', 'import', sync2, '--start-at', 'beginning', '--settings', settings];
    expect(await run(...given)).toMatchObject({ code: 0, said: expect.stringContaining('countyDistrict') });
    const { code, said } = await run(...given, '--out', out);
    expect([code, said]).toEqual([
      0,
      expect.stringMatching(/changed +sync2.mergeBehavior: is policies.default: newest of the link.*draft.yml is written. The link only observes/s),
    ]);
    expect(await run('config', 'check', out)).toMatchObject({ code: 0, said: expect.stringContaining('2 sites, 1 links') });
    expect(await run(...given, '--out', out)).toEqual({ code: 1, said: `${out}: is there already, and is not overwritten` });
    expect(await run('config', 'import', path.join(folder, 'none.json'), '--start-at', 'now')).toEqual({
      code: 1,
      said: `${path.join(folder, 'none.json')}: there is no such file`,
    });
    for (const wrong of [[sync2], [sync2, '--start-at', 'yesterday'], [sync2, '--start-at', 'now', '--what'], []])
      expect(await run('config', 'import', ...wrong)).toMatchObject({ code: 1, said: expect.stringContaining('config import SYNC2.JSON') });
  });

  it('lists conflicts with the keys of the environment, and with no others', async () => {
    process.env['SYNC_HUB_KEYS'] = `one:${randomBytes(32).toString('base64')}`;
    expect(await run('conflict', 'list')).toEqual({ code: 0, said: 'There are no such conflicts.' });
    expect(await run('conflict')).toMatchObject({ code: 1, said: expect.stringContaining('conflict answer ID --version N') });
    delete process.env['SYNC_HUB_KEYS'];
    expect(await run('conflict', 'list')).toEqual({ code: 1, said: expect.stringContaining('SYNC_HUB_DATA') });
  });

  it('shows what an observed link would write, by counts and names', async () => {
    await database.query(
      `insert into snapshot (id, site, aggregate, uuid, generation, shape, content_hash, sealed) values ($1, 'kisumu', 'person', $2, 1, 1, 'x', '')`,
      [randomUUID(), randomUUID()],
    );
    await database.query(
      `insert into job (id, link, direction, source, target, aggregate, uuid, category, state, reason, code, details, held_at, source_snapshot, source_hash, read_at_revision, source_generation, target_generation)
       select gen_random_uuid(), 'central-kisumu', 'push', 'kisumu', 'central', 'person', uuid, 'patient', 'parked', 'observed', 'would-create', '{"fields":["gender","names"]}', now(), id, 'x', 0, 1, 1 from snapshot`,
    );
    const { said } = await run('status');
    expect(said).toContain(
      'Link central-kisumu is only observed (mode: observe): nothing is written.\n  push 1 patient would be created: gender (1), names (1)',
    );
    expect(said).toContain('Nothing is held.');
  });

  it('releases a link that its brake has paused, once, and shows it as paused until then', async () => {
    const one = { link: 'central-kisumu', jobId: randomUUID(), aggregate: 'person', openedAt: new Date() } as const;
    const brakes = new BrakeRepository();
    await database.transaction(async (tx) => {
      await brakes.count(tx, one);
      await brakes.brake(tx, one, 'kisumu', { reason: 'voids-per-hour', voids: 51 });
    });
    expect((await run('status')).said).toContain('Link central-kisumu is PAUSED');
    expect(await run('link', 'release', 'central-kisumu')).toMatchObject({ code: 0 });
    expect(await run('link', 'release', 'central-kisumu')).toMatchObject({ code: 1, said: 'central-kisumu is not paused by its brake.' });
    expect((await run('status')).said).not.toContain('PAUSED');
    expect(await run('link', 'release', 'nowhere')).toMatchObject({ code: 1, said: expect.stringContaining('there is no link nowhere') });
    expect(await database.query(`select type, payload ->> 'by' as by from outbox where type like 'link.%' order by said_at, type`)).toMatchObject([
      { type: 'link.braked.v1' },
      { type: 'link.released.v1', by: expect.stringMatching(/./) },
    ]);
  });

  it('checks a site: 0 without problems, 1 with one, in words or as JSON', async () => {
    const ready = await run('site', 'check', 'kisumu');
    expect(ready).toMatchObject({ code: 0, said: expect.stringMatching(/WARNING feed of patient[\s\S]*kisumu: 0 problems, \d+ warnings, \d+ ok\./) });
    const { code, said } = await run('site', 'check', 'central', '--json');
    expect([code, JSON.parse(said)]).toMatchObject([1, { site: 'central', findings: [{ check: 'address', verdict: 'problem' }] }]);
    expect(await run('site', 'check', 'nowhere')).toMatchObject({ code: 1, said: expect.stringContaining('there is no site nowhere') });
    process.env['SC_PASSWORD'] = 'wrong';
    const refused = await run('site', 'check', 'kisumu');
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('the login is refused') });
    expect(refused.said).not.toMatch(/wrong/);
  });
});
