import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type HeldDesk, HeldPage, type RecordRef, RefusedError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { dryRunOn } from '@sync-hub/pusher';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const WATCHED = { progress: () => undefined };

describe('what is held', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let desk: HeldDesk;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    [central, kisumu] = [pipeline.sites.site('central'), pipeline.sites.site('kisumu')];
    desk = pipeline.hub.heldDesk(dryRunOn(pipeline.hub));
  }, 60_000);
  afterAll(() => pipeline.stop());

  const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const jobsOf = (record: RecordRef) =>
    pipeline.query<{ id: string; state: string; reason: string | null; outcome: string | null; round: number }>(
      `select id, state, reason, outcome, round from job where uuid = $1 and link = 'kisumu' order by opened_at, id`,
      [record.uuid],
    );
  const idOf = async (record: RecordRef): Promise<string> => (await jobsOf(record)).at(-1)?.id ?? '';
  /** A place at the clinic with an attribute of a type that the parent lacks. */
  const lacking = async (type: string, name = 'Ward'): Promise<RecordRef> => {
    const record = aLocation();
    central.lacks.add(`locationattributetype/${type}`);
    kisumu.edit(record, { name, parentLocation: type }, 'present', [
      { path: 'parentLocation', resource: 'locationattributetype', uuid: type, aggregate: null },
    ]);
    await look('kisumu', record);
    return record;
  };
  const said = (type: string, uuid: string) =>
    pipeline.query<{ details: Record<string, unknown>; outcome: string | null }>(
      `select details, outcome from audit where type = $1 and uuid = $2 order by id`,
      [type, uuid],
    );
  const writes = (): number => central.writes.length + kisumu.writes.length;

  it('is one group a cause, with how many, since when, and what helps', async () => {
    const [one, other] = [randomUUID(), randomUUID()];
    const records = [await lacking(one), await lacking(one), await lacking(other)];
    const { groups, counts } = await desk.list({ why: 'unmapped' });
    expect(
      groups.map(({ names, count, link, direction, source, site, category, helps }) => ({ names, count, link, direction, source, site, category, helps })),
    ).toEqual(
      [one, other].map((type, index) => ({
        names: [{ name: `locationattributetype/${type}`, label: null }],
        count: 2 - index,
        link: 'kisumu',
        direction: 'push',
        source: 'kisumu',
        site: 'central',
        category: 'location',
        helps: 'add-metadata',
      })),
    );
    expect([counts.all, counts.groups, counts.by.why]).toEqual([3, 2, [{ name: 'unmapped', count: 3 }]]);
    const rows = await desk.records(HeldPage.parse({ group: groups[0]?.id }));
    expect(rows.map(({ record }) => record.uuid).sort()).toEqual([records[0]?.uuid, records[1]?.uuid].sort());
    expect(new Date(groups[0]?.oldestAt ?? 0).getTime()).toBe(Math.min(...rows.map(({ since }) => new Date(since).getTime())));
  });

  it('is told why it will not work now, and that it will once the type is there, by a look that writes nothing', async () => {
    const type = randomUUID();
    const record = await lacking(type);
    const id = await idOf(record);
    const before = [writes(), await jobsOf(record), await pipeline.query(`select count(*) from audit`), await pipeline.query(`select count(*) from change`)];
    expect(await desk.why(id)).toMatchObject({
      works: 'no',
      prospect: 'would-be-held',
      why: 'unmapped',
      site: 'central',
      names: [{ name: `locationattributetype/${type}` }],
    });
    central.lacks.delete(`locationattributetype/${type}`);
    expect(await desk.why(id)).toMatchObject({ works: 'yes', prospect: 'would-write', code: 'would-create', site: 'central' });
    expect([writes(), await jobsOf(record), await pipeline.query(`select count(*) from audit`), await pipeline.query(`select count(*) from change`)]).toEqual(
      before,
    );
  });

  it('goes on once it is tried again, all of a group at once, with whoever asked in the audit', async () => {
    const type = randomUUID();
    const records = [await lacking(type, 'Ward 1'), await lacking(type, 'Ward 2')];
    const group = (await desk.list({})).groups.find(({ names }) => names[0]?.name.endsWith(type))?.id ?? '';
    central.lacks.delete(`locationattributetype/${type}`);
    const seen: [number, number][] = [];
    const plan = await desk.plan({ group }, WATCHED);
    expect(plan.counts.found).toBe(2);
    expect(await plan.act({ what: 'redriven', by: 'amina' }, { progress: (done, of) => void seen.push([done, of]) })).toEqual({
      found: 2,
      done: 2,
      passedOver: 0,
    });
    expect(seen).toEqual([
      [0, 2],
      [2, 2],
    ]);
    await pipeline.atRest();
    expect(records.map((record) => central.fieldsOf(record)['name'])).toEqual(['Ward 1', 'Ward 2']);
    for (const record of records) {
      expect(await jobsOf(record)).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
      expect((await said('held.acted.v1', record.uuid)).map(({ details }) => [details['what'], details['by']])).toEqual([['redriven', 'amina']]);
    }
    expect(await plan.act({ what: 'redriven', by: 'amina' }, WATCHED)).toEqual({ found: 2, done: 0, passedOver: 2 });
  });

  it('ends where somebody discards it, visibly, with who and why; both ends stay as they are until the next change, which travels', async () => {
    const type = randomUUID();
    const record = await lacking(type);
    const id = await idOf(record);
    const before = writes();
    expect(await desk.act(id, { what: 'discarded', by: 'amina', reason: 'a test ward of Jane Doe' })).toBe('done');
    await pipeline.atRest();
    expect(await jobsOf(record)).toMatchObject([{ id, state: 'ended', outcome: 'discarded' }]);
    expect(await said('job.ended.v1', record.uuid)).toMatchObject([{ outcome: 'discarded' }]);
    expect((await said('held.acted.v1', record.uuid)).map(({ details }) => [details['what'], details['by']])).toEqual([['discarded', 'amina']]);
    expect(await pipeline.hub.repositories.held.notes(id)).toMatchObject([{ what: 'discarded', by: 'amina', reason: 'a test ward of Jane Doe' }]);
    expect(JSON.stringify(await pipeline.query(`select details from audit where uuid = $1`, [record.uuid]))).not.toContain('Jane');
    expect([writes() - before, await desk.find(id), await desk.act(id, { what: 'discarded', by: 'amina', reason: 'again' })]).toEqual([0, null, 'gone']);
    central.lacks.delete(`locationattributetype/${type}`);
    kisumu.edit(record, { name: 'Ward, mended' });
    await look('kisumu', record);
    expect(central.fieldsOf(record)).toMatchObject({ name: 'Ward, mended' });
  });

  it('is not discarded while it is looked at, which would bring it back', async () => {
    const record = await lacking(randomUUID());
    const id = await idOf(record);
    const { changes } = pipeline.hub.repositories;
    // Said to nobody yet: the look is open, and on its way.
    const { said: envelopes } = await pipeline.hub.parts.database.transaction((tx) => changes.open(tx, [{ site: 'kisumu', record, forced: true }]));
    expect(await desk.act(id, { what: 'discarded', by: 'amina', reason: 'no more' })).toBe('moving');
    await pipeline.hub.outgoing.send(envelopes);
    await pipeline.atRest();
    expect(await jobsOf(record)).toMatchObject([{ id, state: 'parked', reason: 'unmapped' }]);
  });

  it('is discarded of a group only where it is held for that still', async () => {
    const type = randomUUID();
    const [moved, stays] = [await lacking(type), await lacking(type)];
    const group = (await desk.list({})).groups.find(({ names }) => names[0]?.name.endsWith(type))?.id ?? '';
    const plan = await desk.plan({ group }, WATCHED);
    kisumu.edit(moved, { parentLocation: null }, 'present', []);
    central.once('beforeWrite', async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    });
    await look('kisumu', moved);
    expect(await plan.act({ what: 'discarded', by: 'amina', reason: 'test data' }, WATCHED)).toEqual({ found: 2, done: 1, passedOver: 1 });
    expect([await jobsOf(moved), await jobsOf(stays)]).toMatchObject([[{ state: 'parked', reason: 'refused' }], [{ state: 'ended', outcome: 'discarded' }]]);
  });

  it('says of what was refused that it would be refused again as long as neither end has changed', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'Refused' });
    central.once('beforeWrite', async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    });
    await look('kisumu', record);
    const id = await idOf(record);
    // For as long as its request may still land nothing is known of it.
    await until('what became of the write is known', async () => (await desk.why(id))?.code !== 'unknown-write', 10_000);
    expect(await desk.why(id)).toMatchObject({ works: 'no', prospect: 'would-be-refused', code: 'invalid', hasChanged: false });
    kisumu.edit(record, { name: 'Mended' });
    expect(await desk.why(id)).toMatchObject({ works: 'yes', prospect: 'would-write', hasChanged: true });
  });

  it('is laid aside by hand until it is tried again, and its change wakes it', async () => {
    const type = randomUUID();
    const record = await lacking(type);
    const id = await idOf(record);
    expect(await desk.act(id, { what: 'parked', by: 'amina', reason: 'asked the clinic' })).toBe('done');
    await pipeline.atRest();
    expect(await jobsOf(record)).toMatchObject([{ id, state: 'parked', reason: 'by-hand' }]);
    central.lacks.delete(`locationattributetype/${type}`);
    await look('kisumu', record);
    expect(await jobsOf(record)).toMatchObject([{ id, state: 'parked', reason: 'by-hand' }]);
    expect((await desk.find(id))?.notes).toMatchObject([{ what: 'parked', by: 'amina', reason: 'asked the clinic' }]);
    expect(await desk.act(id, { what: 'redriven', by: 'otieno' })).toBe('done');
    await pipeline.atRest();
    expect(await jobsOf(record)).toMatchObject([{ state: 'ended', outcome: 'pushed' }]);
  });

  it('of a site that is down is that site, since when, and how many wait: no error of any record', async () => {
    const { sites, changes } = pipeline.hub.repositories;
    const { database } = pipeline.hub.parts;
    const is = (state: 'down' | 'up') => database.transaction((tx) => sites.probed(tx, 'siaya', { state, reason: null, nextProbeSeconds: 3600 }));
    await is('down');
    const { said: envelopes } = await database.transaction((tx) => changes.open(tx, [{ site: 'siaya', record: aLocation() }]));
    const { away, groups } = await desk.list({ site: 'siaya' });
    expect([away, groups]).toMatchObject([[{ site: 'siaya', state: 'down', waiting: 1 }], []]);
    await is('up');
    await pipeline.hub.outgoing.send(envelopes);
    await pipeline.atRest();
    expect((await desk.list({})).away).toEqual([]);
  });

  it('of a change that could not be read is told, and ends with what waits for its look where somebody discards it', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'Unreadable' });
    kisumu.once('beforeRead', async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    });
    await look('kisumu', record);
    const [change] = await pipeline.query<{ id: string }>(`select id from change where uuid = $1`, [record.uuid]);
    const id = change?.id ?? '';
    expect(await desk.find(id)).toMatchObject({ held: { kind: 'change', site: 'kisumu', why: 'refused', link: null } });
    expect(await desk.why(id)).toMatchObject({ works: 'yes', site: 'kisumu' });
    expect(await desk.act(id, { what: 'discarded', by: 'amina', reason: 'broken there' })).toBe('done');
    expect(await pipeline.query(`select state, ended_as from change where id = $1`, [id])).toEqual([{ state: 'ended', ended_as: 'discarded' }]);
  });
});
