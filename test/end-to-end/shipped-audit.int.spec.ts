import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Board, BoardInstance } from '@sync-hub/contracts';
import { startWorld, type World } from '@sync-hub/demo';
import { until } from '@sync-hub/messaging/testing';
import { commandLine } from './command-line.js';
import { aPatient, personAt } from './people.js';
import { aUuid, hubOn, type RunningHub } from './running-hub.js';

jest.setTimeout(180_000);

const SECRET = 'kisumu-box and the hub know it';
const TIMES = { tellWorkMs: 200, shipAuditMs: 200, shipAgainMs: 200, shipAgainAtMostMs: 1000, sayWellSeconds: 1, configurationPollMs: 200 };

interface File {
  readonly instance: Readonly<Record<string, unknown>>;
  readonly sites: readonly { readonly id: string }[];
  readonly links: readonly unknown[];
}

describe('a clinic that reports to a hub', () => {
  let world: World;
  let clinic: RunningHub;
  let hub: RunningHub;
  let ofClinic: File;
  let hubFile: string;
  let ofHub: File;
  let hubUrl = '';
  beforeAll(async () => {
    world = await startWorld({
      sites: { central: '2.8', kisumu: '2.8' },
      longestRequestSeconds: 3,
      instance: { id: 'kisumu-box' },
      link: () => ({ runsAt: 'kisumu-box' }),
    });
    ofClinic = JSON.parse(await readFile(world.configurationFile, 'utf8')) as File;
    const secretFile = path.join(world.folder, 'kisumu-box.secret');
    await writeFile(secretFile, `${SECRET}\n`);
    hubFile = path.join(world.folder, 'hub.json');
    const receives = { port: 0, from: [{ id: 'kisumu-box', secret: { file: secretFile } }] };
    ofHub = { instance: { id: 'hub', receives }, sites: ofClinic.sites.slice(0, 1), links: [] };
    await writeFile(hubFile, JSON.stringify(ofHub));
    hub = await hubOn(world, { configurationFile: hubFile, times: TIMES });
    hubUrl = `http://127.0.0.1:${String(hub.log('reports-open')[0]?.['port'])}`;
    clinic = await hubOn(world, { times: TIMES });
  }, 180_000);
  afterAll(async () => {
    for (const one of [clinic, hub]) {
      await one.stop();
      await one.database.drop();
    }
    await world.stop();
  });

  const reporting = (url = hubUrl) => ({
    ...ofClinic,
    instance: { ...ofClinic.instance, reportsTo: { url, secret: { file: path.join(world.folder, 'kisumu-box.secret') } } },
  });
  const write = (file: File, name = world.configurationFile): Promise<void> => writeFile(name, JSON.stringify(file));
  const received = (where: string) => hub.count(`select count(*) from received_audit where origin = 'kisumu-box' and ${where}`);
  const page = async (at: RunningHub) => {
    const { page: read } = (await (await fetch(`${at.standalone.consoleUrl}/api/overview`)).json()) as {
      page: { news: readonly { text: string }[]; tables: readonly { id: string; rows: readonly (readonly { text: string }[])[] }[] };
    };
    return {
      news: read.news.map(({ text }) => text),
      audit: (read.tables.find(({ id }) => id === 'audit')?.rows ?? []).map((row) => row.map(({ text }) => text.replaceAll('\u00a0', ' '))),
    };
  };
  const status = async (at: RunningHub, file: string): Promise<string> => {
    const { said } = await commandLine({ SYNC_HUB_CONFIG: file, ...world.env, DATABASE_URL: at.database.url })('status');
    return said;
  };

  it('ships what its audit has had so far once it is told to, while it runs; and then each edit, with where it is from', async () => {
    const early = world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: 'Outpatients' });
    await until('a place has travelled', () => world.site('central').count('location') > 0, 30_000);
    await clinic.atRest();
    expect((await page(clinic)).audit).toEqual([]);
    await write(reporting());
    await until('what was before is there', async () => (await received(`type = 'job.ended.v1' and outcome = 'pushed' and uuid = '${early}'`)) === 1, 30_000);
    const jane = world.site('kisumu').clinician.addPatient(aPatient({ location: early }));
    await until('she is at the parent', () => personAt(world.site('central'), jane)?.isPatient, 30_000);
    await until('her way is told there', async () => (await received(`type = 'job.ended.v1' and link = 'kisumu' and uuid = '${jane}'`)) > 0, 30_000);
    await clinic.atRest();
    const own = await clinic.query(`select message_id, type, details from audit order by message_id`);
    await until('all of it is there', async () => (await received('true')) === own.length, 30_000);
    expect(await hub.query(`select message_id, type, details from received_audit where origin = 'kisumu-box' order by message_id`)).toEqual(own);
    expect(await hub.count(`select count(*) from audit where uuid = '${jane}'`)).toBe(0);
    const texts = JSON.stringify(await hub.query(`select * from received_audit`)) + hub.lines.join('') + clinic.lines.join('');
    expect(texts).not.toMatch(/Moraa|Kemunto/);
    expect(texts).not.toContain(SECRET);
  });

  it('is seen at both ends: when it was last heard of, and what waits', async () => {
    await until('nothing waits', async () => (await page(clinic)).audit[0]?.[3] === 'nothing', 15_000);
    expect((await page(clinic)).audit).toEqual([[hubUrl, expect.stringMatching(/s ago$/), 'none', 'nothing']]);
    const rows = await received('true');
    expect((await page(hub)).audit).toEqual([['kisumu-box', expect.stringMatching(/s ago$/), `${rows.toLocaleString('en-GB')} rows`, 'nothing']]);
    expect(await status(clinic, world.configurationFile)).toMatch(new RegExp(`Audit to ${hubUrl}: heard of \\d+ s ago, nothing waits`));
    expect(await status(hub, hubFile)).toMatch(new RegExp(`Audit of kisumu-box: heard of \\d+ s ago, ${rows} rows here, nothing waits there`));
  });

  it('is on the board there, with its link both ways and a site of its that stops, and is clear by itself once that is back', async () => {
    const token = new URL(hub.standalone.workbenchUrl).hash.replace('#token=', '');
    const onBoard = async (): Promise<BoardInstance | undefined> => {
      const answer = await fetch(`${hub.standalone.consoleUrl}/api/board`, { headers: { authorization: `Bearer ${token}` } });
      return ((await answer.json()) as Board).instances.find(({ origin }) => origin === 'kisumu-box');
    };
    const shows = (what: string, holds: (one: BoardInstance) => boolean) =>
      until(what, async () => [await onBoard()].some((one) => one !== undefined && !one.isUnheard && !one.isOutdated && holds(one)), 40_000);
    const isFresh = ({ health }: BoardInstance): boolean => health?.links[0]?.routes.every(({ freshness }) => freshness.state === 'fresh') === true;
    await shows('both ways are fresh', isFresh);
    await world.site('kisumu').down();
    await shows(
      'its site is down',
      ({ health }) => health?.sites.some(({ site, state, code }) => site === 'kisumu' && state === 'down' && code !== null) === true,
    );
    await world.site('kisumu').up();
    await shows('all answer', (one) => isFresh(one) && one.health?.sites.every(({ state }) => state === 'up') === true);
    expect(JSON.stringify(await onBoard())).not.toMatch(/Moraa|Kemunto/);
  });

  it('is searched there by where it is from, exported, and read as clients of Sync 2.0 read it', async () => {
    const cli = commandLine({ SYNC_HUB_CONFIG: hubFile, ...world.env, DATABASE_URL: hub.database.url });
    const [{ uuid } = { uuid: '' }] = await hub.query<{ uuid: string }>(
      `select uuid from received_audit where type = 'job.ended.v1' and aggregate = 'person' limit 1`,
    );
    const listed = await cli('audit', 'list', '--origin', 'kisumu-box', '--patient', uuid, '--outcome', 'pushed');
    expect(listed.said).toMatch(new RegExp(`^\\S+ \\S+ {2}job\\.ended {2}from kisumu-box {2}central on kisumu {2}person ${uuid} {2}pushed`));
    const exported = await cli('audit', 'export', '--format', 'fhir', '--record', uuid);
    for (const line of exported.said.trim().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ resourceType: 'AuditEvent', source: { observer: { display: 'kisumu-box' } } });
    const token = new URL(hub.standalone.workbenchUrl).hash.split('=').at(-1);
    const query = 'success=SUCCESS&operation=ALL&resourceName=PATIENT&creatorInstanceId=kisumu-box&pageSize=10';
    const answer = await fetch(`${hub.standalone.consoleUrl}/ws/rest/sync2/messages?${query}`, { headers: { authorization: `Bearer ${token}` } });
    expect(await answer.json()).toMatchObject({
      page: 1,
      data: expect.arrayContaining([expect.objectContaining({ resourceName: 'patient', creatorInstanceId: 'kisumu-box', success: true })]),
    });
    expect(listed.said + exported.said).not.toMatch(/Moraa|Kemunto/);
  });

  it('goes on while the hub is away, says what waits, and has told it all once it is back', async () => {
    await write(reporting('http://127.0.0.1:9'));
    await until('it says so', async () => (await page(clinic)).news.some((text) => text.includes('The audit does not get to http://127.0.0.1:9')), 30_000);
    const wambui = world.site('kisumu').clinician.addPatient(aPatient({ location: world.site('kisumu').state().locations[0]?.uuid ?? '' }));
    await until('she is at the parent', () => personAt(world.site('central'), wambui)?.isPatient, 30_000);
    await clinic.atRest();
    expect(await status(clinic, world.configurationFile)).toMatch(/rows wait, the first for \d+ s/);
    expect(await received(`uuid = '${wambui}'`)).toBe(0);
    await write(reporting());
    await until('her way is told there', async () => (await received(`type = 'job.ended.v1' and uuid = '${wambui}'`)) > 0, 30_000);
    expect(await hub.count(`select count(*) - count(distinct message_id) as count from received_audit`)).toBe(0);
  });

  it('is heard by a hub that takes another secret, or another clinic, while it runs; where it listens waits for a restart', async () => {
    const taken = hub.log('configuration-taken').length;
    const instance = { ...ofHub.instance, receives: { port: 0, from: [{ id: 'siaya-box', secret: { env: 'SITE_PASSWORD' } }] } };
    process.env['SITE_PASSWORD'] = 'known to siaya-box';
    await write({ ...ofHub, instance }, hubFile);
    await until('it is taken', () => hub.log('configuration-taken').length > taken, 20_000);
    await until('kisumu-box is not heard any more', async () => (await page(clinic)).news.some((text) => text.includes('does not know this instance')), 30_000);
    await write({ ...ofHub, instance: { ...instance, receives: { ...instance.receives, port: 4299 } } }, hubFile);
    await until('another port is not taken', () => hub.log('configuration-refused').at(-1)?.code === 'needs-restart', 20_000);
    await write(ofHub, hubFile);
    await until('it is heard again', async () => (await page(clinic)).news.every((text) => !text.includes('does not get to')), 30_000);
    delete process.env['SITE_PASSWORD'];
  });
});
