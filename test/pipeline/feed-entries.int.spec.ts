import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { ContractError, type RecordRef } from '@sync-hub/contracts';
import { WatchFeedService } from '@sync-hub/feed-watcher';
import { type FeedPosition, type FetchPage, readAtomfeed } from '@sync-hub/openmrs';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

describe('the entries of a feed', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let entries: { readonly id: string; readonly action: string; readonly content: string }[] = [];
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
    const fetchPage: FetchPage = async () => ({
      number: 1,
      hasNext: false,
      entries: entries.map(({ id, action, content }) => ({ id, title: 'Location', categories: ['location', action], updated: '', content })),
    });
    pipeline.sites.readEvents = (_site, toRead) => readAtomfeed(toRead, { fetchPage, flavour: 'generic' });
    await pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.markers.follow(tx, 'kisumu', ['location']));
  }, 60_000);
  beforeEach(async () => {
    entries = [{ id: randomUUID(), action: 'UPDATED', content: linkTo(aLocation()) }];
    await pipeline.query(`update feed_marker set position = null, leased_by = null, leased_until = null`);
    await watch();
    await pipeline.atRest();
    await pipeline.query(`delete from change`);
  });
  afterAll(() => pipeline.stop());

  const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });
  const linkTo = ({ uuid }: RecordRef): string => JSON.stringify({ rest: `/ws/rest/v1/location/${uuid}?v=full` });
  const repositories = () => pipeline.hub.repositories;
  const watcher = (changes = pipeline.hub.repositories.changes) =>
    new WatchFeedService(pipeline.hub, repositories().markers, changes, repositories().sites, pipeline.sites);
  const watch = (holder = 'one') => watcher().watch('kisumu', 'location', holder, new AbortController().signal);
  const told = async (record: RecordRef, ...actions: readonly string[]): Promise<void> => {
    for (const action of actions) entries.push({ id: randomUUID(), action, content: linkTo(record) });
    await watch();
    await pipeline.atRest();
  };
  const changesOf = (record: RecordRef) =>
    pipeline.query<{ state: string; look_again: number; ended_as: string | null; reason: string | null }>(
      `select state, look_again, ended_as, reason from change where site = 'kisumu' and uuid = $1`,
      [record.uuid],
    );
  const position = async (): Promise<FeedPosition> =>
    (await pipeline.query<{ position: FeedPosition }>(`select position from feed_marker where site = 'kisumu'`))[0]!.position;
  const presenceAtCentral = ({ uuid }: RecordRef) => central.records.get(`location/${uuid}`)?.presence;
  const agreedOn = async (name: string): Promise<RecordRef> => {
    const record = aLocation();
    kisumu.edit(record, { name });
    await told(record, 'CREATED');
    await pipeline.look('central', record);
    await pipeline.atRest();
    await pipeline.query(`delete from change`);
    return record;
  };

  it('#29 of one record are one look however many there are, and one read', async () => {
    const record = await agreedOn('first');
    kisumu.edit(record, { name: 'fiftieth' });
    const before = kisumu.reads;
    await told(record, ...Array.from({ length: 50 }, () => 'UPDATED'));
    expect(kisumu.reads - before).toBe(1);
    expect(await changesOf(record)).toMatchObject([{ state: 'ended', look_again: 0 }]);
    expect(central.fieldsOf(record)).toEqual({ name: 'fiftieth' });
  });

  it('#30 #32 come to what the record is when it is read: voided in the end, and restored in the end', async () => {
    const record = await agreedOn('Ward');
    kisumu.edit(record, {}, 'voided');
    await told(record, 'CREATED', 'UPDATED', 'VOIDED');
    expect(presenceAtCentral(record)).toBe('voided');
    kisumu.edit(record, {}, 'present');
    await told(record, 'UPDATED', 'UNVOIDED');
    expect(presenceAtCentral(record)).toBe('present');
  });

  it('#31 of a record that was made and erased before it was read end without a trace', async () => {
    const record = aLocation();
    await told(record, 'CREATED', 'DELETED');
    expect((await changesOf(record)).map(({ state }) => state)).toEqual(['ended']);
    expect(presenceAtCentral(record)).toBeUndefined();
  });

  it('#61 are read by one of two watchers, while the other stands back', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'Ward' });
    entries.push({ id: randomUUID(), action: 'CREATED', content: linkTo(record) });
    expect(await watch('another')).toBe('elsewhere');
    expect(await changesOf(record)).toEqual([]);
    await Promise.all([watch('one'), watch('another')]);
    await pipeline.atRest();
    expect(await changesOf(record)).toMatchObject([{ look_again: 0 }]);
  });

  it('#62 that come again after they have led to their end change nothing', async () => {
    const record = await agreedOn('Ward');
    const before = await position();
    kisumu.edit(record, { name: 'changed' });
    await told(record, 'UPDATED');
    const writes = central.writes.length;
    await pipeline.query(`update feed_marker set position = $1 where site = 'kisumu'`, [JSON.stringify(before)]);
    await watch();
    await pipeline.atRest();
    expect([central.writes.length, central.fieldsOf(record)['name']]).toEqual([writes, 'changed']);
    expect((await changesOf(record)).every(({ ended_as }) => ended_as !== null)).toBe(true);
  });

  it('#63 are never passed over: marker and looks are kept together, or neither is', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'Ward' });
    entries.push({ id: randomUUID(), action: 'CREATED', content: linkTo(record) });
    const before = await position();
    const broken = Object.create(pipeline.hub.repositories.changes) as typeof pipeline.hub.repositories.changes;
    broken.open = () => Promise.reject(new Error('the process ends here'));
    await expect(watcher(broken).watch('kisumu', 'location', 'one', new AbortController().signal)).rejects.toThrow();
    expect(await position()).toEqual(before);
    await watch();
    await pipeline.atRest();
    expect(central.fieldsOf(record)).toEqual({ name: 'Ward' });
  });

  it('#45 #64 that cannot be understood, or whose records cannot be read, are kept for people and stop nothing', async () => {
    const [bad, good] = [Array.from({ length: 6 }, aLocation), aLocation()];
    const unreadable = bad.map(({ uuid }) => uuid);
    const read = kisumu.read.bind(kisumu);
    kisumu.read = async (record, options) => {
      if (unreadable.includes(record.uuid)) throw new ContractError('a body of the wrong shape');
      return read(record, options);
    };
    kisumu.edit(good, { name: 'behind them all' });
    for (let each = 0; each < 6; each += 1) entries.push({ id: `nothing-${each}-${randomUUID()}`, action: 'UPDATED', content: 'no link' });
    for (const record of bad) entries.push({ id: randomUUID(), action: 'UPDATED', content: linkTo(record) });
    await told(good, 'CREATED');
    kisumu.read = read;
    expect(central.fieldsOf(good)).toEqual({ name: 'behind them all' });
    expect((await Promise.all(bad.map(changesOf))).flat().map(({ state, reason }) => [state, reason])).toEqual(bad.map(() => ['parked', 'broken']));
    const [kept] = await pipeline.query<{ count: string }>(`select count(*) from unreadable_entry where site = 'kisumu' and entry_id like 'nothing-%'`);
    expect(Number(kept?.count)).toBe(6);
  });

  it('#65 of a record that is parked look at it again, and it is parked no more', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'Ward' });
    const read = kisumu.read.bind(kisumu);
    kisumu.read = () => Promise.reject(new ContractError('a body of the wrong shape'));
    await told(record, 'CREATED');
    expect((await changesOf(record)).map(({ state }) => state)).toEqual(['parked']);
    kisumu.read = read;
    await told(record, 'UPDATED');
    expect((await changesOf(record)).map(({ state }) => state)).toEqual(['ended']);
    expect(central.fieldsOf(record)).toEqual({ name: 'Ward' });
  });

  it('#66 of a record whose parent was never told of bring the parent first', async () => {
    const [parent, child] = [aLocation(), aLocation()];
    kisumu.edit(parent, { name: 'Hospital' });
    kisumu.edit(child, { name: 'Ward', parentLocation: parent.uuid });
    const held = kisumu.records.get(`location/${child.uuid}`)!;
    const reference = { path: 'parentLocation', resource: 'location', uuid: parent.uuid, aggregate: 'location' as const };
    kisumu.records.set(`location/${child.uuid}`, { ...held, references: [reference] });
    await told(child, 'CREATED');
    expect(central.writes.map(({ record }) => record.uuid).slice(-2)).toEqual([parent.uuid, child.uuid]);
  });

  it('wait while five hundred records of the site are under way: it is not asked, and loses none of them', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'told of meanwhile' });
    await pipeline.query(
      `insert into change (id, site, aggregate, uuid) select gen_random_uuid(), 'kisumu', 'location', 'under-way-' || number from generate_series(1, 500) as number`,
    );
    const before = await position();
    entries.push({ id: randomUUID(), action: 'CREATED', content: linkTo(record) });
    expect(await watch()).toBe('busy');
    expect(await position()).toEqual(before);
    await pipeline.query(`delete from change where uuid = 'under-way-1'`);
    expect(await watch()).toBe('idle');
    await pipeline.query(`delete from change where uuid like 'under-way-%'`);
    await pipeline.atRest();
    expect(central.fieldsOf(record)).toEqual({ name: 'told of meanwhile' });
  });
});
