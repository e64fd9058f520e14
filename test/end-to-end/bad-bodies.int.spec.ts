import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { until } from '@sync-hub/messaging/testing';
import type { WrongBody } from '@sync-hub/openmrs-simulator';
import { aUuid, type RunningWorld, runningHub } from './running-hub.js';

jest.setTimeout(60_000);

/** What time may heal is tried again by itself; what is of the wrong shape waits for its record's next change. */
const HEALS = { 'by itself': ['html', 'json-stack-trace-200', 'truncated'], 'with its next change': ['wrong-type', 'huge-50mb'] } as const satisfies Record<
  string,
  WrongBody[]
>;
const EVERY_BODY = Object.values(HEALS).flat();

describe('a body that is not what was asked for', () => {
  let world: RunningWorld;
  beforeAll(async () => {
    world = await runningHub({ longestRequestSeconds: 20, site: () => ({ feed: { startAt: 'beginning', pollSeconds: 1, categories: ['location'] } }) });
    await world.atRest();
  }, 60_000);
  afterAll(() => world.stop());

  const ward = (site: string, uuid: string) =>
    world
      .site(site)
      .state()
      .locations.find((one) => one.uuid === uuid);
  const has = (site: string, ...uuids: string[]) => uuids.every((uuid) => ward(site, uuid) !== undefined);
  const failures = (uuid: string) => world.log('stage-failed').filter((line) => line['uuid'] === uuid);
  const aWard = (site: string, uuid = aUuid()) => world.site(site).clinician.addLocation({ uuid, name: `Ward ${uuid}` });
  /** One record for each body, which comes whenever that record is read at the site. */
  const badWards = (site: string, bodies: readonly WrongBody[]): string[] =>
    bodies.map((body) => {
      const uuid = aUuid();
      world.site(site).faults.wrongBody(({ method, path }) => method === 'GET' && path.includes(uuid), body);
      return aWard(site, uuid);
    });

  it.each(Object.entries(HEALS))('of a record at its site is told with site and record, stops nothing else, and heals %s', async (heals, bodies) => {
    const bad = badWards('kisumu', bodies);
    const [good, other] = [aWard('kisumu'), aWard('siaya')];
    await until('the others have gone on', () => has('central', good, other), 20_000);
    await until('each is told', () => bad.every((uuid) => failures(uuid).length >= (heals === 'by itself' ? 2 : 1)), 20_000);
    for (const uuid of bad) {
      expect(failures(uuid)[0]).toMatchObject({
        site: 'kisumu',
        stage: 'fetch',
        aggregate: 'location',
        uuid,
        error: { message: expect.stringContaining('kisumu') },
      });
      expect(has('central', uuid)).toBe(false);
    }
    expect(await world.siteState('kisumu')).toBe('up');

    if (heals === 'with its next change') {
      await world.atRest();
      expect((await world.held()).map(({ uuid }) => uuid).sort()).toEqual([...bad].sort());
      for (const held of await world.held())
        expect(held).toMatchObject({ kind: 'change', site: 'kisumu', state: 'parked', reason: 'broken', code: 'contract' });
    }
    world.site('kisumu').faults.heal();
    if (heals === 'with its next change') for (const uuid of bad) world.site('kisumu').clinician.edit('location', uuid, { description: 'edited since' });
    await world.atRest();
    expect([has('central', ...bad), has('siaya', ...bad), await world.held()]).toEqual([true, true, []]);
  });

  it('after a write is no reason to write again: the record is read, and found', async () => {
    const uuids = EVERY_BODY.map(() => aWard('kisumu'));
    await world.atRest();
    const isWriteOf = (uuid: string) => (request: { readonly method: string; readonly path: string }) =>
      request.method === 'POST' && request.path.endsWith(`/location/${uuid}`);
    for (const [index, uuid] of uuids.entries()) world.site('central').faults.wrongBody(isWriteOf(uuid), EVERY_BODY[index]!);
    world.site('central').resetRequests();
    for (const uuid of uuids) world.site('kisumu').clinician.edit('location', uuid, { name: `Renamed ${uuid}` });
    const other = aWard('kisumu');
    await until(
      'each was written, and the others have gone on',
      () => has('central', other) && uuids.every((uuid) => world.site('central').requests.some(isWriteOf(uuid))),
      20_000,
    );
    await world.atRest();
    world.site('central').faults.heal();
    expect(uuids.map((uuid) => world.site('central').requests.filter(isWriteOf(uuid)).length)).toEqual(uuids.map(() => 1));
    expect(uuids.map((uuid) => ward('central', uuid)?.values['name'])).toEqual(uuids.map((uuid) => `Renamed ${uuid}`));
    expect(await world.held()).toEqual([]);
  });

  it('to everything (a start-up page in front of OpenMRS) is a site that is down, said once; the others go on, and it gets everything', async () => {
    world.site('kisumu').faults.wrongBody(() => true, 'html');
    await until('kisumu is down', async () => (await world.siteState('kisumu')) === 'down', 20_000);
    const [fromParent, fromOther] = [aWard('central'), aWard('siaya')];
    await until('the others have gone on', () => has('siaya', fromParent) && has('central', fromOther), 20_000);
    expect(world.log('site-state').filter(({ site, state }) => site === 'kisumu' && state === 'down')).toHaveLength(1);
    world.site('kisumu').faults.heal();
    await world.isUp('kisumu');
    await world.atRest();
    expect([has('kisumu', fromParent, fromOther), await world.held()]).toEqual([true, []]);
  });
});
