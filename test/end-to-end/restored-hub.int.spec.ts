import { chmod, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { SAMPLE } from '@sync-hub/openmrs-simulator';
import { commandLine } from './command-line.js';
import { aUuid, embeddedHubOn } from './running-hub.js';

jest.setTimeout(600_000);

const feed = { startAt: 'beginning', pollSeconds: 1, categories: ['location', 'patient'] };
const SITES = ['central', 'kisumu'] as const;
const RESTS_WITHIN_MS = 120_000;

describe('a standalone hub whose database was lost, and put back from a backup', () => {
  let world: World;
  let hub: Awaited<ReturnType<typeof embeddedHubOn>>;
  let dataDir: string;
  let backup: string;
  let run: ReturnType<typeof commandLine>;
  beforeAll(async () => {
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: 1, site: () => ({ feed }) });
    dataDir = path.join(world.folder, 'hub');
    backup = path.join(world.folder, 'backups', 'monday');
    run = commandLine({ SYNC_HUB_CONFIG: world.configurationFile, SYNC_HUB_DATA: dataDir });
    hub = await embeddedHubOn(world, dataDir);
  }, 180_000);
  afterAll(async () => {
    await hub.stop();
    await world.stop();
  });

  const clinicianAt = (site: string) => world.site(site).clinician;
  const nameAt = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.find((one) => one.uuid === uuid)?.values['name'];
  const names = (uuid: string) => SITES.map((site) => nameAt(site, uuid));
  const everywhere = (uuid: string, name: string): boolean => names(uuid).every((one) => one === name);
  const patients = (): number => SITES.reduce((sum, site) => sum + world.site(site).count('patient'), 0);
  const counts = () => SITES.map((site) => [world.site(site).count('location'), world.site(site).count('patient')]);
  const written = () => SITES.map((site) => world.site(site).writes('client').length);
  const addPatient = (site: string, number: string, clinic: string) =>
    clinicianAt(site).addPatient({
      uuid: aUuid(),
      gender: 'F',
      names: [{ givenName: 'Moraa', familyName: number }],
      identifiers: [{ identifier: number, identifierType: SAMPLE.openmrsId, location: clinic, preferred: true }],
    });
  const readOnly = async (isReadOnly: boolean): Promise<void> => {
    const configuration = JSON.parse(await readFile(world.configurationFile, 'utf8'));
    await writeFile(world.configurationFile, JSON.stringify({ ...configuration, instance: { ...configuration.instance, readOnly: isReadOnly } }));
  };

  it('loses nothing, doubles nothing, and takes no edit back: what moved meanwhile is agreed on or asked about, and nothing is written before a person looked', async () => {
    const clinic = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Clinic' });
    const moved = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'Old' });
    const undone = clinicianAt('kisumu').addLocation({ uuid: aUuid(), name: 'First' });
    const untouched = addPatient('kisumu', 'EARLY-1', clinic);
    await until('all of it is everywhere', () => everywhere(moved, 'Old') && everywhere(undone, 'First') && patients() === 2, RESTS_WITHIN_MS);
    await hub.atRest(RESTS_WITHIN_MS);
    expect(await run('backup', backup)).toMatchObject({ code: 1, said: expect.stringContaining('stop it first') });
    await hub.stop();
    expect(await run('backup', backup)).toMatchObject({ code: 0, said: expect.stringContaining('THE KEYS ARE NOT IN IT') });
    expect(await run('backup', backup)).toMatchObject({ code: 1, said: expect.stringContaining('is there already') });
    expect((await readdir(backup, { recursive: true })).filter((file) => file.endsWith('keys'))).toEqual([]);

    hub = await embeddedHubOn(world, dataDir);
    clinicianAt('kisumu').edit('location', moved, { name: 'New' });
    clinicianAt('kisumu').edit('location', undone, { name: 'Second' });
    const since = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Made since the backup' });
    const patientSince = addPatient('kisumu', 'LATER-1', clinic);
    const areEverywhere = (): boolean =>
      everywhere(moved, 'New') && everywhere(undone, 'Second') && everywhere(since, 'Made since the backup') && patients() === 4;
    await until('what was done since the backup is everywhere', areEverywhere, RESTS_WITHIN_MS);
    await hub.atRest(RESTS_WITHIN_MS);
    expect([names(moved), names(undone), names(since)]).toEqual([Array(2).fill('New'), Array(2).fill('Second'), Array(2).fill('Made since the backup')]);
    await hub.stop();
    // Seen at the parent and taken back there, while the hub was away: to a database that is older than "Second" it looks as if nobody had touched it.
    clinicianAt('central').edit('location', undone, { name: 'First' });
    const unsent = clinicianAt('central').addLocation({ uuid: aUuid(), name: 'Not sent yet' });

    expect(await run('restore', backup)).toMatchObject({ code: 1, said: expect.stringContaining('readOnly: true') });
    await readOnly(true);
    await rename(path.join(dataDir, 'keys'), path.join(dataDir, 'keys.away'));
    expect(await run('restore', backup)).toMatchObject({ code: 1, said: expect.stringContaining('the keys of this database are missing') });
    await rename(path.join(dataDir, 'keys.away'), path.join(dataDir, 'keys'));
    const before = { counts: counts(), written: written() };
    expect(await run('restore', backup)).toMatchObject({
      code: 0,
      said: expect.stringMatching(/kept in .*cluster\.before-[\s\S]*4 records are looked at again/),
    });

    hub = await embeddedHubOn(world, dataDir);
    await until('what is equal is agreed on anew', async () => (await hub.count(`select count(*) from agreement`)) >= 5, RESTS_WITHIN_MS);
    await until('what is not is seen', async () => (await hub.held()).some(({ state }) => state === 'conflict'), RESTS_WITHIN_MS);
    expect(written()).toEqual(before.written);
    await hub.stop();
    await readOnly(false);
    hub = await embeddedHubOn(world, dataDir);
    await until('what was not sent is', () => names(unsent).every((name) => name === 'Not sent yet'), RESTS_WITHIN_MS);
    await hub.atRest(RESTS_WITHIN_MS);

    expect([names(moved), names(since)]).toEqual([Array(2).fill('New'), Array(2).fill('Made since the backup')]);
    expect(names(undone)).toEqual(['First', 'Second']);
    expect(
      (await hub.query(`select link, uuid, fields from conflict where closed_at is null order by link`)).map(({ link, fields }) => [link, fields]),
    ).toEqual([['kisumu', ['name']]]);
    expect(new Set((await hub.held()).map(({ uuid }) => uuid))).toEqual(new Set([undone]));
    expect(counts()).toEqual(before.counts.map(([locations = 0, patients], index) => [locations + index, patients]));
    for (const site of SITES) {
      const { people } = world.site(site).state();
      expect(people.map(({ uuid, gone }) => [uuid, gone]).sort()).toEqual(
        [
          [untouched, false],
          [patientSince, false],
        ].sort(),
      );
    }
    clinicianAt('central').edit('location', moved, { name: 'Goes on' });
    await until('it goes on', () => names(moved).every((name) => name === 'Goes on'), RESTS_WITHIN_MS);
  });

  it('refuses a backup that is damaged, or of other keys, and changes nothing', async () => {
    await hub.stop();
    await readOnly(true);
    const file = path.join(backup, 'cluster', 'global', 'pg_control');
    const whole = await readFile(file);
    await chmod(file, 0o600);
    await writeFile(file, Buffer.concat([whole.subarray(0, 100), Buffer.from([1 ^ Number(whole[100])]), whole.subarray(101)]));
    expect(await run('restore', backup)).toMatchObject({ code: 1, said: expect.stringContaining('the backup is damaged: global/pg_control') });
    await writeFile(file, whole);
    const keys = path.join(dataDir, 'keys');
    const own = await readFile(keys, 'utf8');
    await writeFile(keys, `first:${Buffer.alloc(32, 7).toString('base64')}\n`);
    expect(await run('restore', backup)).toMatchObject({ code: 1, said: expect.stringContaining('does not have the keys of this backup') });
    await writeFile(keys, own);
    hub = await embeddedHubOn(world, dataDir);
    expect(nameAt('kisumu', (await hub.held())[0]!.uuid)).toBe('Second');
  });

  it('does not start without its keys, nor with others; what they sealed can be forgotten, and every site is met anew', async () => {
    await hub.stop();
    const keys = path.join(dataDir, 'keys');
    const own = await readFile(keys, 'utf8');
    await rm(keys);
    await expect(embeddedHubOn(world, dataDir)).rejects.toThrow(/the keys of this database are missing.*A lost key/);
    expect(await readdir(dataDir)).not.toContain('keys');
    await writeFile(keys, own.replace(/:.*/, `:${Buffer.alloc(32, 7).toString('base64')}`));
    await expect(embeddedHubOn(world, dataDir)).rejects.toThrow(/the keys that were given do not open what this database holds.*A lost key/);

    await rm(keys);
    await readOnly(true);
    const before = { counts: counts(), written: written() };
    expect(await run('forget-agreements')).toMatchObject({ code: 0, said: expect.stringContaining('records are looked at again') });
    hub = await embeddedHubOn(world, dataDir);
    await until('what is equal is agreed on anew', async () => (await hub.count(`select count(*) from agreement`)) >= 5, RESTS_WITHIN_MS);
    await until('what is not is asked about', async () => (await hub.held()).some(({ state }) => state === 'conflict'), RESTS_WITHIN_MS);
    expect({ counts: counts(), written: written() }).toEqual(before);
  });
});

describe('readiness of a standalone hub', () => {
  it('depends on its database, and on no site', async () => {
    const world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' } });
    const hub = await embeddedHubOn(world, path.join(world.folder, 'hub'));
    const answers = async () =>
      (await Promise.all(['live', 'ready'].map((what) => fetch(`http://127.0.0.1:${hub.standalone.healthPort}/health/${what}`)))).map(({ status }) => status);
    try {
      await world.site('kisumu').down();
      await until('the clinic is known to be dead', async () => (await hub.siteState('kisumu')) === 'down', 90_000);
      expect(await answers()).toEqual([200, 200]);
      await hub.standalone.postgres?.kill();
      expect(await answers()).toEqual([200, 503]);
      await hub.standalone.postgres?.restart();
      await until('it is ready again', async () => (await answers())[1] === 200, 30_000);
    } finally {
      await hub.stop();
      await world.stop();
    }
  });
});
