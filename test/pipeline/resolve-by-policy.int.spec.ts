import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type BulkAsked, type BulkCounts, type RecordRef, RefusedError } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

describe('answering many conflicts by one policy', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());

  const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });
  const look = async (...records: RecordRef[]): Promise<void> => {
    for (const site of ['kisumu', 'central']) await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const held = (record: RecordRef) => [central, kisumu].map((site) => [site.fieldsOf(record)['name'], site.fieldsOf(record)['description']]);
  const resolve = async (asked: BulkAsked, apply: boolean): Promise<BulkCounts> => {
    const done: number[] = [];
    const watched = { progress: (number: number) => void done.push(number) };
    const plan = await pipeline.hub.bulkDesk().plan(asked, watched);
    const counts = apply ? await plan.answer('grace', watched) : plan.counts;
    expect(done.at(-1) ?? 0).toBe(counts.found);
    await pipeline.atRest();
    return counts;
  };

  it('says first what it would answer and why not the rest, and writes nothing; then answers that, and leaves the rest asked about', async () => {
    const [one, two, deleted] = [aLocation(), aLocation(), aLocation()];
    for (const record of [one, two, deleted]) kisumu.edit(record, { name: 'Ward', description: 'old' });
    await look(one, two, deleted);
    central.edit(one, { name: 'P' });
    kisumu.edit(one, { name: 'C' });
    central.edit(two, { name: 'P', description: 'P' });
    kisumu.edit(two, { name: 'C', description: 'C' });
    central.edit(deleted, {}, 'voided');
    kisumu.edit(deleted, { name: 'C' });
    await look(one, two, deleted);

    const all = { policy: 'parent-wins', link: 'kisumu', category: 'location' } as const;
    expect(await resolve(all, false)).toEqual({
      found: 3,
      answered: 2,
      inPart: 0,
      passedOver: 0,
      taken: [
        { field: 'name', take: 'parent', count: 2 },
        { field: 'description', take: 'parent', count: 1 },
      ],
      left: [{ why: 'delete-against-edit', count: 1 }],
    });
    expect(await resolve({ ...all, policy: 'newest' }, false)).toMatchObject({
      answered: 0,
      left: [
        { why: 'seen-at-once', count: 2 },
        { why: 'delete-against-edit', count: 1 },
      ],
    });
    expect(await resolve({ ...all, policy: 'union' }, false)).toMatchObject({
      answered: 0,
      left: [
        { why: 'two-values', count: 2 },
        { why: 'delete-against-edit', count: 1 },
      ],
    });
    expect([held(one), held(two)]).toEqual([
      [
        ['P', 'old'],
        ['C', 'old'],
      ],
      [
        ['P', 'P'],
        ['C', 'C'],
      ],
    ]);

    expect(await resolve({ ...all, field: 'name' }, true)).toMatchObject({
      found: 2,
      answered: 1,
      inPart: 1,
      taken: [{ field: 'name', take: 'parent', count: 2 }],
      left: [],
    });
    expect([held(one), held(two)]).toEqual([
      [
        ['P', 'old'],
        ['P', 'old'],
      ],
      [
        ['P', 'P'],
        ['C', 'C'],
      ],
    ]);
    const fields = await pipeline.query<{ fields: string[] }>(`select fields from conflict where uuid = $1 and closed_at is null`, [two.uuid]);
    expect(fields).toEqual([{ fields: ['description'] }]);
    expect(await resolve({ ...all, policy: 'child-wins', field: 'description' }, true)).toMatchObject({ found: 1, answered: 1 });
    expect(held(two)).toEqual([
      ['P', 'C'],
      ['P', 'C'],
    ]);
    expect(await resolve({ ...all, field: 'presence' }, true)).toMatchObject({
      found: 1,
      answered: 1,
      taken: [{ field: 'presence', take: 'parent', count: 1 }],
    });
    expect([central, kisumu].map((site) => site.records.get(`location/${deleted.uuid}`)?.presence)).toEqual(['voided', 'voided']);
    const by = await pipeline.query<{ by: string }>(`select distinct details ->> 'by' as by from audit where type = 'conflict.answered.v1'`);
    expect(by).toEqual([{ by: 'grace' }]);
  });

  it('answers what was looked at: nothing that somebody has answered since, though it is still open, and nothing that came meanwhile', async () => {
    const [one, two, later] = [aLocation(), aLocation(), aLocation()];
    for (const record of [one, two, later]) kisumu.edit(record, { name: 'Ward' });
    await look(one, two, later);
    const differ = async (...records: RecordRef[]): Promise<void> => {
      for (const record of records) central.edit(record, { name: 'P' });
      for (const record of records) kisumu.edit(record, { name: 'C' });
      await look(...records);
    };
    await differ(one, two);
    const watched = { progress: () => undefined };
    const plan = await pipeline.hub.bulkDesk().plan({ policy: 'parent-wins', link: 'kisumu', category: 'location' }, watched);
    expect(plan.counts).toMatchObject({ found: 2, answered: 2 });
    const desk = pipeline.hub.conflictDesk();
    const [answered] = await pipeline.query<{ id: string }>(`select id from conflict where uuid = $1 and closed_at is null`, [one.uuid]);
    central.beforeWrite = async () => {
      throw new RefusedError('invalid', 'the site refused this', { status: 400 });
    };
    expect(await desk.answer(answered?.id ?? '', { version: 1, choices: [{ path: 'name', take: 'child' }] }, 'otieno')).toMatchObject({ kind: 'taken' });
    await differ(later);
    expect(await plan.answer('grace', watched)).toMatchObject({ found: 2, answered: 1, inPart: 0, passedOver: 1 });
    await pipeline.atRest();
    central.beforeWrite = async () => undefined;
    expect([held(one)[1]?.[0], held(two).map(([name]) => name), held(later).map(([name]) => name)]).toEqual(['C', ['P', 'P'], ['P', 'C']]);
  });

  it('answers the others where one cannot be opened, and says so of that one', async () => {
    const [broken, whole] = [aLocation(), aLocation()];
    for (const record of [broken, whole]) kisumu.edit(record, { country: 'Kenya' });
    await look(broken, whole);
    for (const record of [broken, whole]) central.edit(record, { country: 'P' });
    for (const record of [broken, whole]) kisumu.edit(record, { country: 'C' });
    await look(broken, whole);
    await pipeline.query(`update snapshot set sealed = sealed || '\\x00' where id = (select parent_snapshot from conflict where uuid = $1)`, [broken.uuid]);
    const counts = await resolve({ policy: 'child-wins', link: 'kisumu', field: 'country' }, true);
    expect(counts).toMatchObject({ found: 2, answered: 1, left: [{ why: 'unreadable', count: 1 }] });
    expect([central, kisumu].map((site) => site.fieldsOf(whole)['country'])).toEqual(['C', 'C']);
  });
});
