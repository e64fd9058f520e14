import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { startWorld, type World } from '@sync-hub/demo';
import { testRabbitMq, until } from '@sync-hub/messaging/testing';
import { type Database, openDatabase } from '@sync-hub/persistence';
import { type ServicesShape, servicesShape } from '../convergence/services-shape.js';
import { aUuid } from './running-hub.js';

jest.setTimeout(600_000);

const { broker, ...found } = await testRabbitMq();
await broker?.drop();
const withBroker = broker === null ? describe.skip : describe;
if (broker === null) process.stdout.write(`Whether a process hands back what it has in hand is not seen: ${'reason' in found ? found.reason : ''}\n`);

/** Longer than a process that is told to end waits for its handlers. */
const STUCK_MS = 30_000;
const COMES_WITHIN_MS = 120_000;

withBroker('a process that is told to end', () => {
  let world: World;
  let hub: ServicesShape;
  let database: Database;
  beforeAll(async () => {
    const feed = { startAt: 'beginning', pollSeconds: 1, categories: ['location'] };
    world = await startWorld({ sites: { central: '2.8', kisumu: '2.8' }, longestRequestSeconds: 60, site: () => ({ feed }) });
    hub = await servicesShape(world);
    database = await openDatabase(hub.databaseUrl, 2);
  });
  afterAll(async () => {
    await database?.close();
    await hub?.stop();
    await world?.stop();
  });

  const isAtParent = (uuid: string): boolean =>
    world
      .site('central')
      .state()
      .locations.some((one) => one.uuid === uuid);

  it('finishes what it can, hands the rest back by its row, at no cost of an attempt, and ends by itself', async () => {
    const first = world.site('kisumu').clinician.addLocation({ uuid: aUuid(), name: 'Before' });
    await until('the link is run', () => isAtParent(first), COMES_WITHIN_MS);

    const stuck = aUuid();
    world.site('central').faults.latencyMs = ({ path }) => (path.includes(stuck) ? STUCK_MS : 0);
    world.site('kisumu').clinician.addLocation({ uuid: stuck, name: 'In hand' });
    const reads = () => world.site('central').requests.filter(({ path }) => path.includes(stuck)).length;
    await until('the push has it in hand', () => reads() > 0, COMES_WITHIN_MS);

    const told = performance.now();
    expect(await hub.services.get('pusher')!.endOnce()).toBe(0);
    expect(performance.now() - told).toBeLessThan(STUCK_MS);
    world.site('central').faults.latencyMs = 0;
    const rows = await database.query(
      `select settled_at, attempts, inbox.code from inbox join job on inbox.message_id like '%' || job.id || '%' where job.uuid = $1 and stage = 'push'`,
      [stuck],
    );
    expect(rows).toEqual([{ settled_at: null, attempts: 0, code: 'stopping' }]);

    // Two minutes pass: the lease of the handler that was cut off ends, and with it the wait.
    await database.write(`update inbox set not_before = now() where settled_at is null`);
    await database.write(`update claim set until = now()`);
    await until('its successor has done it', () => isAtParent(stuck), 2 * COMES_WITHIN_MS);
    expect(world.site('central').count('location')).toBe(2);
  });
});
