import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(120_000);

const HOURS = 72;
const AT_ONCE = 3;
const WARDS = 6;
/** When leases end is nobody's past: they are renewed every few seconds, whatever the hour. */
const LEASES = ['leased_until', 'claimed_until', 'until'];

describe('a site that is dead for three days', () => {
  let world: RunningWorld;
  const wards = Array.from({ length: WARDS }, aUuid);
  const names = (site: string) =>
    world
      .site(site)
      .state()
      .locations.map(({ uuid, values }) => `${uuid} ${String(values['name'])}`)
      .sort();

  beforeAll(async () => {
    const feed = { startAt: 'beginning', pollSeconds: 1, categories: ['location'] };
    world = await runningHub({ site: () => ({ feed }) }, { sweep: { everyMs: 20 } });
    for (const [index, uuid] of wards.entries()) world.site('central').clinician.addLocation({ uuid, name: `Ward ${index}` });
    await world.atRest();
    expect(names('kisumu')).toEqual(names('central'));
  }, 60_000);
  afterAll(() => world.stop());

  /** Some hours pass: everything that was written down happened so much earlier. A row of a month's part goes where it belongs by way of the whole. */
  const hoursPass = async (): Promise<void> => {
    const tables = await world.query<{ name: string; columns: string[] }>(
      `select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
       where table_schema = 'public' and data_type = 'timestamp with time zone' and not column_name = any($1)
         and not exists (select from pg_inherits where inhrelid = format('%I.%I', table_schema, table_name)::regclass) group by 1 order by 1`,
      [LEASES],
    );
    await world.hub.parts.database.transaction(async (tx) => {
      for (const { name, columns } of tables)
        await tx.query(`update ${name} set ${columns.map((column) => `${column} = ${column} - interval '${AT_ONCE} hours'`).join(', ')}`);
    });
  };

  const waiting = async () => ({
    push: {
      depth: await world.hub.parts.bus.depth({ stage: 'push', site: 'kisumu' }),
      open: await world.count(`select count(*) from job where target = 'kisumu' and state <> 'ended'`),
    },
    fetch: {
      depth: await world.hub.parts.bus.depth({ stage: 'fetch', site: 'kisumu' }),
      open: await world.count(`select count(*) from change where site = 'kisumu' and state <> 'ended'`),
    },
  });

  it('has no more messages in its queue than jobs, spends no attempt, parks nothing, is said to be down once, and holds up nobody', async () => {
    await world.site('kisumu').down();
    await until('kisumu is down', async () => (await world.siteState('kisumu')) === 'down', 20_000);
    const sweeps = jest.spyOn(world.hub.repositories.store, 'unsettled');
    const depths: { depth: number; open: number }[] = [];

    for (let hour = 0; hour < HOURS; hour += AT_ONCE) {
      const added = hour % 12 === 0 ? [aUuid()] : [];
      for (const uuid of added) wards.push(world.site('central').clinician.addLocation({ uuid, name: `Ward of hour ${hour}` }));
      world.site('central').clinician.edit('location', wards[(hour / AT_ONCE) % wards.length]!, { name: `Ward in hour ${hour}` });
      sweeps.mockClear();
      await hoursPass();
      expect(await world.hub.circuit.confirm('kisumu')).toBe('down');
      await until('it was swept', () => sweeps.mock.calls.length >= 3, 20_000);
      const { push, fetch } = await waiting();
      depths.push(push, fetch);
    }
    await until('the last change is at the site that lives', () => JSON.stringify(names('siaya')) === JSON.stringify(names('central')), 30_000);
    await until('the last change waits for the site that is dead', async () => (await waiting()).push.open === wards.length, 30_000);
    depths.push((await waiting()).push);

    expect(depths.filter(({ depth, open }) => depth > open)).toEqual([]);
    expect(Math.max(...depths.map(({ open }) => open))).toBe(wards.length);
    expect(await world.count(`select count(*) from inbox where attempts > 0`)).toBe(0);
    expect(await world.held()).toEqual([]);
    expect(world.log('site-state').filter(({ site, state }) => site === 'kisumu' && state === 'down')).toHaveLength(1);
    const { sites } = await world.hub.repositories.overview.read();
    const kisumu = sites.find(({ site }) => site === 'kisumu');
    expect(kisumu).toMatchObject({ state: 'down', code: 'down', jobsWaiting: wards.length });
    expect(Date.now() - kisumu!.since.getTime()).toBeGreaterThan(HOURS * 3600_000);
    expect(await (await globalThis.fetch(world.standalone.consoleUrl)).text()).toMatch(/down since/);
  });

  it('gets everything once it is back', async () => {
    await world.site('kisumu').up();
    await world.isUp('kisumu');
    await world.atRest();
    expect(names('kisumu')).toEqual(names('central'));
    expect(await world.held()).toEqual([]);
    expect(await world.count(`select count(*) from job where state <> 'ended'`)).toBe(0);
  });
});
