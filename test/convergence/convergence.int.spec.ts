import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { sampleData } from '@sync-hub/openmrs-simulator';
import { type TestDatabase, testDatabase } from '@sync-hub/persistence/testing';
import { type Standalone, startStandalone } from '@sync-hub/standalone';
import { setTimeout as pause } from 'node:timers/promises';
import { account } from './account.js';
import { Clinicians } from './clinicians.js';
import { HubDatabase } from './hub-database.js';

jest.setTimeout(1_200_000);

describe('x', () => {
  let world: World;
  let database: TestDatabase;
  let standalone: Standalone;
  let hub: HubDatabase;
  const lines: string[] = [];
  beforeAll(async () => {
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' } });
    world.site('central').load(sampleData('central', 6));
    world.site('kisumu').load(sampleData('kisumu', 4));
    database = await testDatabase();
    standalone = await startStandalone({ configurationFile: world.configurationFile, dataDir: world.folder, databaseUrl: database.url, logins: world.logins, logTo: { write: (line) => void lines.push(line) }, logStyle: 'json' });
    hub = await HubDatabase.open(database.url, (await readFile(path.join(world.folder, 'keys'), 'utf8')).trim());
  });
  afterAll(async () => {
    const { writeFile } = await import('node:fs/promises');
    await writeFile('/tmp/convergence.log', lines.join(''));
    await hub.close();
    await standalone.stop();
    await world.stop();
    await database.drop();
  });
  const rest = () => until('rest', async () => {
    const since = await hub.now();
    const writes = () => [...world.sites.values()].reduce((sum, site) => sum + site.writes().length, 0);
    const before = writes();
    if (!(await hub.isQuiet())) { await pause(100); return false; }
    await until('feeds', async () => (await hub.oldestFeedRead()) > since, 30_000);
    return (await hub.isQuiet()) && writes() === before;
  }, 300_000);
  it('converges', async () => {
    const t0 = Date.now();
    await rest();
    process.stderr.write(`loaded ${Date.now() - t0}\n`);
    const N = Number(process.env['N'] ?? 100);
    const hot = [...sampleData('central', 6).patients.slice(0, 2).map((p) => `person/${p.uuid}`), `location/${sampleData('central', 6).locations[3]!.uuid}`];
    const clinicians = new Clinicians({ seed: process.env['SEED'] ?? 's1', sites: [...world.sites.values()], hot });
    const t1 = Date.now();
    for (let n = 0; n < N; n += 1) {
      clinicians.edit();
      if (n % 10 === 0) clinicians.race();
      await pause(Number(process.env['EVERY'] ?? 40));
    }
    process.stderr.write(`edited ${Date.now() - t1} ${JSON.stringify(clinicians.ledger.counts())} refused ${clinicians.refused}\n`);
    const t2 = Date.now();
    await rest();
    process.stderr.write(`rest ${Date.now() - t2}\n`);
    const faults = await account({ sites: [...world.sites.values()], edits: clinicians.ledger.edits, hub });
    process.stderr.write(`conflicts ${(await hub.conflicts()).length}\n`);
    const { writeFile } = await import('node:fs/promises');
    await writeFile('/tmp/ledger.json', JSON.stringify(clinicians.ledger.edits.map(({ before, after, ...e }) => e), null, 1));
    const dump = async (sql: string) => JSON.stringify(await hub.database.query(sql), null, 1);
    await writeFile('/tmp/audit.json', await dump('select * from audit order by id'));
    await writeFile('/tmp/jobs.json', await dump(`select id, link, direction, aggregate, uuid, state, outcome, reason, code, details, round, written, lost, opened_at, ended_at from job order by opened_at`));
    await writeFile('/tmp/conflicts.json', await dump(`select * from conflict`));
    expect(faults).toEqual([]);
  });
});
