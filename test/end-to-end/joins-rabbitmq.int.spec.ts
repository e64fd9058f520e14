import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { testRabbitMq, until } from '@sync-hub/messaging/testing';
import { type Database, openDatabase } from '@sync-hub/persistence';
import { signedNow } from '@sync-hub/runtime';
import { type ServicesShape, servicesShape } from '../convergence/services-shape.js';
import { aUuid } from './running-hub.js';

jest.setTimeout(180_000);

const { broker, ...found } = await testRabbitMq();
await broker?.drop();
const withBroker = broker === null ? describe.skip : describe;
if (broker === null) process.stdout.write(`Nobody joins over RabbitMQ: ${'reason' in found ? found.reason : ''}\n`);

withBroker('a configuration that is changed while every service runs as a process of its own', () => {
  let world: World;
  let hub: ServicesShape;
  let database: Database;
  let whole: { instance: object; sites: readonly { id: string }[]; links: readonly { id: string }[] };
  beforeAll(async () => {
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8', siaya: '2.8' } });
    whole = JSON.parse(await readFile(world.configurationFile, 'utf8')) as typeof whole;
    await write('siaya');
    hub = await servicesShape(world);
    database = await openDatabase(hub.databaseUrl, 1);
  }, 180_000);
  afterAll(async () => {
    await database?.close();
    await hub?.stop();
    await world?.stop();
  }, 60_000);

  const write = (...without: readonly string[]): Promise<void> => {
    const sites = whole.sites.filter(({ id }) => !without.includes(id));
    const links = whole.links.filter(({ id }) => !without.includes(id));
    return writeFile(world.configurationFile, JSON.stringify({ ...whole, sites, links }));
  };
  const has = (site: string, uuid: string): boolean =>
    world
      .site(site)
      .state()
      .locations.some((row) => row.uuid === uuid);
  const aWardAt = (site: string): string => {
    const uuid = aUuid();
    return world.site(site).clinician.addLocation({ uuid, name: `Ward ${uuid.slice(0, 8)}` });
  };
  const isTaken = (times: number) =>
    until(
      'every service has taken it',
      async () =>
        (await Promise.all([...hub.services.values()].map((service) => service.log()))).every((log) => log.split('"configuration-taken"').length > times),
      40_000,
    );

  it('brings a child that is added, through queues of its own that are old enough; and one that is taken out nothing more', async () => {
    const [before, atSiaya] = [aWardAt('kisumu'), aWardAt('siaya')];
    await until('the first child is in step', () => has('central', before), 60_000);
    await write();
    await isTaken(1);
    await until('what the new child has is at the parent', () => has('central', atSiaya), 60_000);
    const [site] = await database.query<{ age: number }>(
      `select extract(epoch from (select min(opened_at) from change where site = 'siaya') - joined_at)::float as age from site where id = 'siaya'`,
    );
    expect(site?.age).toBeGreaterThan(5);
    const later = aWardAt('central');
    await until('what is new at the parent is there', () => has('siaya', later), 60_000);

    await write('siaya');
    await isTaken(2);
    const after = aWardAt('central');
    await until('the other child goes on', () => has('kisumu', after), 60_000);
    const seen = world.site('siaya').requests.length;
    const more = aWardAt('central');
    await until('and on', () => has('kisumu', more), 60_000);
    expect([has('siaya', after), has('siaya', more), world.site('siaya').requests.length - seen]).toEqual([false, false, 0]);
    const troubles = (await hub.log())
      .split('\n')
      .filter((line) => /"event":"(stage-failed|periodic-work-failed|configuration-refused|cannot-send)"/.test(line));
    expect(troubles).toEqual([]);
  });

  it('is of where the audit of others is received: the one service that keeps the audit listens, and takes it', async () => {
    const secretFile = path.join(world.folder, 'kisumu-box.secret');
    await writeFile(secretFile, 'known to kisumu-box\n');
    const receives = { port: 0, from: [{ id: 'kisumu-box', secret: { file: secretFile } }] };
    await writeFile(world.configurationFile, JSON.stringify({ ...whole, instance: { ...whole.instance, receives } }));
    const opened = (log: string): string | undefined => log.split('\n').find((line) => line.includes('"reports-open"'));
    const line = await until('somebody listens', async () => opened(await hub.log()) ?? null, 40_000);
    const { service, port } = JSON.parse(line) as { service: string; port: number };
    expect(service).toBe('audit-service');
    const row = { id: '7', messageId: 'job.ended.v1:7:1', type: 'job.ended.v1', site: 'kisumu', correlationId: '7', details: {} };
    const none = { link: null, aggregate: null, uuid: null, outcome: null, reason: null };
    const rows = [{ ...row, ...none, saidAt: '2026-11-29T08:00:00Z', recordedAt: '2026-11-29T08:00:00Z' }];
    const report = JSON.stringify({ rows, waiting: { rows: 0, since: null, notTaken: 0 } });
    const headers = signedNow(Buffer.from(report), 'known to kisumu-box');
    const answer = await fetch(`http://127.0.0.1:${port}/audit/kisumu-box`, { method: 'POST', headers, body: report });
    expect(await answer.json()).toEqual({ taken: ['7'], refused: [] });
    expect(await database.query(`select origin, message_id from received_audit`)).toEqual([{ origin: 'kisumu-box', message_id: 'job.ended.v1:7:1' }]);
  });
});
