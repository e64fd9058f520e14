import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { testRabbitMq, until } from '@sync-hub/messaging/testing';
import type { RequestFacts, Simulator } from '@sync-hub/openmrs-simulator';
import { type Database, lockRecords, openDatabase, readMasterKeys, Vault } from '@sync-hub/persistence';
import { deskOn, type HubConflictDesk } from '@sync-hub/runtime';
import { IS_LONG } from '../convergence/findings.js';
import { type Service, type ServicesShape, servicesShape } from '../convergence/services-shape.js';
import { aUuid } from './running-hub.js';

jest.setTimeout(600_000);

const { broker, ...found } = await testRabbitMq();
await broker?.drop();
const withBroker = broker === null ? describe.skip : describe;
if (broker === null) process.stdout.write(`Whether an answer survives its processes is not seen: ${'reason' in found ? found.reason : ''}\n`);

const COMES_WITHIN_MS = 120_000;
const LONGEST_SECONDS = 2;

withBroker('an answer, where a process is killed', () => {
  let world: World;
  let hub: ServicesShape;
  let database: Database;
  let desk: HubConflictDesk;
  let sites: readonly Simulator[];
  let places: string[];
  beforeAll(async () => {
    const feed = { startAt: 'beginning', pollSeconds: 1, categories: ['location'] };
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: LONGEST_SECONDS, site: () => ({ feed }) });
    hub = await servicesShape(world);
    database = await openDatabase(hub.databaseUrl, 4);
    sites = ['central', 'kisumu'].map((site) => world.site(site));
    desk = deskOn(database, new Vault(readMasterKeys(hub.keys)), { sites: [] });
    places = await Promise.all(MOMENTS.map(inConflict));
  });
  afterAll(async () => {
    await database?.close();
    await hub?.stop();
    await world?.stop();
  });

  const kill = (name: Service) => hub.services.get(name)?.kill();
  const isWriteOf =
    (uuid: string) =>
    ({ method, path }: Pick<RequestFacts, 'method' | 'path'>): boolean =>
      method === 'POST' && path.endsWith(`/location/${uuid}`);
  const namesOf = (uuid: string) => sites.map((site) => site.state().locations.find((one) => one.uuid === uuid)?.values['name']);
  const healAll = (): void => {
    for (const site of sites) site.faults.heal();
  };
  const conflictOf = async (uuid: string) =>
    (
      await database.query<{ id: string; versions: number; closed_as: string | null }>(`select id, versions, closed_as from conflict where uuid = $1`, [uuid])
    )[0];

  /** A place that each end names otherwise, once it is asked about and nothing of it is under way; counted from then on. */
  const inConflict = async (): Promise<string> => {
    const uuid = aUuid();
    world.site('kisumu').clinician.addLocation({ uuid, name: `Ward ${uuid}` });
    const isAgreed = () =>
      database.query(`select 1 from agreement where uuid = $1 and not exists (select 1 from job where uuid = $1 and state <> 'ended')`, [uuid]);
    await until('both ends agree', async () => (await isAgreed()).length > 0, COMES_WITHIN_MS);
    for (const site of sites) site.clinician.edit('location', uuid, { name: `${site.id} ${uuid}` });
    const isAsked = () =>
      database.query(
        `select 1 from conflict where uuid = $1 and not exists (select 1 from change where uuid = $1 and state <> 'ended')
           and not exists (select 1 from job where uuid = $1 and state in ('ready', 'looking'))`,
        [uuid],
      );
    await until('somebody is asked', async () => (await isAsked()).length > 0, COMES_WITHIN_MS);
    return uuid;
  };
  const answer = async (uuid: string, value: string): Promise<void> => {
    const conflict = await conflictOf(uuid);
    const given = await desk.answer(conflict?.id ?? '', { version: conflict?.versions ?? 1, choices: [{ path: 'name', value }] }, 'grace');
    expect(given).toMatchObject({ kind: 'taken' });
  };
  /** The n-th write of it, at whichever end, is at its site: handled and not answered, or not handled; answers once it is there. */
  const atWrite = (uuid: string, nth: number, isHandled: boolean) => {
    let writes = 0;
    let isThere = false;
    for (const { faults } of sites) {
      const isIt = (request: RequestFacts): boolean => {
        if (!isWriteOf(uuid)(request)) return false;
        writes += 1;
        isThere ||= writes === nth;
        return writes === nth;
      };
      if (isHandled)
        faults.latencyMs = (request) => {
          if (isIt(request)) faults.slowBodyBytesPerSecond = 1;
          return 0;
        };
      else faults.neverAnswer(isIt);
    }
    return () => until(`write ${nth} is at its site`, () => isThere, COMES_WITHIN_MS);
  };

  const atFirstRead = (uuid: string) => () =>
    until('it is read', () => sites.some(({ requests }) => requests.some(({ method, path }) => method === 'GET' && path.includes(uuid))), COMES_WITHIN_MS);

  const killWhileKept = async (uuid: string): Promise<void> => {
    const waiting = () =>
      database.query(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%pg_advisory_xact_lock%'`);
    await database.transaction(async (tx) => {
      await lockRecords(tx, [{ aggregate: 'location', uuid }]);
      await until('the answer is being kept', async () => (await waiting()).length > 0, COMES_WITHIN_MS);
      await kill('conflict-service');
    });
  };

  const ALL: readonly (readonly [string, (uuid: string) => () => Promise<unknown>])[] = [
    ['the conflict service, with the answer in hand', (uuid) => () => killWhileKept(uuid)],
    ['the fetcher and the mapper, as both ends are looked at', (uuid) => () => atFirstRead(uuid)().then(() => Promise.all([kill('fetcher'), kill('mapper')]))],
    ['the pusher, before its first write is handled', (uuid) => andKillThePusher(atWrite(uuid, 1, false))],
    ['the pusher, before its first write is answered', (uuid) => andKillThePusher(atWrite(uuid, 1, true))],
    ['the pusher, before its second write is handled', (uuid) => andKillThePusher(atWrite(uuid, 2, false))],
    ['the pusher, before its second write is answered', (uuid) => andKillThePusher(atWrite(uuid, 2, true))],
  ];
  /** Half of them in every run of the tests, all with `SYNC_HUB_CHAOS`. */
  const MOMENTS = ALL.filter((_, index) => IS_LONG || [0, 3, 5].includes(index));
  const andKillThePusher = (there: () => Promise<unknown>) => async (): Promise<void> => {
    await there();
    await kill('pusher');
  };

  it.each(MOMENTS)('%s, comes to both ends, and is written to each once', async (_name, arrange) => {
    const uuid = places.pop() ?? '';
    for (const site of sites) site.resetRequests();
    const strike = arrange(uuid);
    const typed = `O'Neil <ward> ${uuid}`;
    await answer(uuid, typed);
    await strike();
    healAll();
    // Two minutes pass: the leases of who was killed end.
    await database.write(`update claim set until = now()`);
    await until('it is closed', async () => (await conflictOf(uuid))?.closed_as != null, COMES_WITHIN_MS);
    expect([namesOf(uuid), (await conflictOf(uuid))?.closed_as]).toEqual([[typed, typed], 'answered']);
    const written = sites.map(({ requests }) => requests.filter((request) => isWriteOf(uuid)(request) && request.status === 200).length);
    expect(written).toEqual([1, 1]);
    expect(await database.query(`select 1 from decision where uuid = $1 and ended_at is null`, [uuid])).toEqual([]);
  });
});
