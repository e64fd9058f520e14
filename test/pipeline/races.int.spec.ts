import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, SiteDownError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { Knowledge } from '@sync-hub/runtime';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

describe('when things happen at once', () => {
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
  const look = async (site: string, ...records: RecordRef[]): Promise<void> => {
    await pipeline.look(site, ...records);
    await pipeline.atRest();
  };
  const agreed = async (record: RecordRef, fields: Record<string, string>): Promise<void> => {
    kisumu.edit(record, fields);
    await look('kisumu', record);
    await look('central', record);
  };

  it('an undo while a job is in hand is not lost', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    kisumu.edit(record, { name: 'b' });
    central.once('beforeWrite', async () => {
      kisumu.edit(record, { name: 'a' });
      await pipeline.look('kisumu', record);
    });
    await look('kisumu', record);
    await look('central', record);
    expect([central.fieldsOf(record)['name'], kisumu.fieldsOf(record)['name']]).toEqual(['a', 'a']);
  });

  it('an undo that is mapped at the moment at which the job in hand ends is not lost', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    const hasEnded = async () =>
      (await pipeline.query(`select from job where uuid = $1 and link = 'kisumu' and direction = 'push' and state <> 'ended'`, [record.uuid])).length === 0;
    const { asOf } = Knowledge.prototype;
    let looks = 0;
    const spy = jest.spyOn(Knowledge.prototype, 'asOf').mockImplementation(async function (this: Knowledge, known, site, read) {
      const now = await asOf.call(this, known, site, read);
      const isUndo = site === 'kisumu' && read.record.uuid === record.uuid && read.fields['name'] === 'a';
      looks += isUndo ? 1 : 0;
      // The fetcher asks first, then the mapper, who knows the job in hand and commits only when it has ended.
      if (isUndo && looks === 2) await until('the job has ended', hasEnded);
      return now;
    });
    kisumu.edit(record, { name: 'b' });
    central.once('afterWrite', async () => {
      kisumu.edit(record, { name: 'a' });
      await pipeline.look('kisumu', record);
      await until('the mapper knows what the links agree on', async () => looks === 2);
    });
    await look('kisumu', record);
    spy.mockRestore();
    await look('central', record);
    expect([central.fieldsOf(record)['name'], kisumu.fieldsOf(record)['name']]).toEqual(['a', 'a']);
  });

  it('an edit while its record is being read travels in another round', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    kisumu.edit(record, { name: 'b' });
    central.once('beforeRead', async () => {
      kisumu.edit(record, { name: 'c' });
      await pipeline.look('kisumu', record);
    });
    await look('kisumu', record);
    expect(central.fieldsOf(record)['name']).toBe('c');
  });

  it('fifty looks at one record travel as few times as they can', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'a' });
    const before = kisumu.reads;
    await look('kisumu', ...Array.from({ length: 50 }, () => record));
    expect(kisumu.reads - before).toBeLessThanOrEqual(2);
    expect(central.fieldsOf(record)['name']).toBe('a');
  });

  it('a job that wrote ends as pushed, with what it wrote, though its last round found nothing to do', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    kisumu.edit(record, { name: 'b' });
    central.once('afterWrite', async () => {
      await pipeline.look('kisumu', record);
      await until(
        'the job is armed anew',
        async () => (await pipeline.query(`select from job where uuid = $1 and state = 'ready' and round > 1`, [record.uuid])).length > 0,
      );
    });
    await look('kisumu', record);
    const [job] = await pipeline.query(`select outcome, written from job where uuid = $1 and link = 'kisumu' order by opened_at desc limit 1`, [record.uuid]);
    expect(job).toEqual({ outcome: 'pushed', written: ['name'] });
    const told = await pipeline.query(
      `select payload -> 'outcome' as outcome, payload -> 'fields' as fields from outbox where type = 'job.ended.v1' and payload -> 'record' ->> 'uuid' = $1 and payload ->> 'link' = 'kisumu' order by said_at desc limit 1`,
      [record.uuid],
    );
    expect(told).toEqual([{ outcome: 'pushed', fields: ['name'] }]);
  });

  it('a write whose answer is lost is not sent again: it is read again, and found', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    const before = central.writes.length;
    kisumu.edit(record, { name: 'b' });
    central.once('afterWrite', async () => {
      throw new SiteDownError('no answer came');
    });
    await look('kisumu', record);
    expect(central.writes.length - before).toBe(1);
    expect(central.fieldsOf(record)['name']).toBe('b');
    expect(await pipeline.query(`select settled_as from intent where uuid = $1 order by committed_at desc limit 1`, [record.uuid])).toEqual([
      { settled_as: 'landed' },
    ]);
    const [job] = await pipeline.query(`select outcome, written from job where uuid = $1 and link = 'kisumu' order by opened_at desc limit 1`, [record.uuid]);
    expect(job).toEqual({ outcome: 'pushed', written: ['name'] });
  });

  it('a person who undoes a write before it was read back is asked about, and not taken for a site that cannot hold it', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    kisumu.edit(record, { name: 'b' });
    central.once('afterWrite', async () => central.edit(record, { name: 'a' }));
    await look('kisumu', record);
    await look('central', record);
    await look('kisumu', record);
    expect([central.fieldsOf(record)['name'], kisumu.fieldsOf(record)['name']]).toEqual(['a', 'b']);
    expect(await pipeline.query(`select reason from conflict where uuid = $1 and closed_at is null`, [record.uuid])).toHaveLength(1);
  });

  it('a person who undoes the first write of a field that a site ever got, before it was read back, is asked about, too', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a', address15: 'old' });
    kisumu.edit(record, { address15: null });
    central.once('afterWrite', async () => central.edit(record, { address15: 'old' }));
    await look('kisumu', record);
    expect([central.fieldsOf(record)['address15'], kisumu.fieldsOf(record)['address15']]).toEqual(['old', null]);
    expect(await pipeline.query(`select reason from conflict where uuid = $1 and closed_at is null`, [record.uuid])).toEqual([{ reason: 'third-value' }]);
  });

  it('a person who undoes a write whose answer was lost is not overruled', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a' });
    kisumu.edit(record, { name: 'b' });
    central.once('afterWrite', async () => {
      central.edit(record, { name: 'a' });
      throw new SiteDownError('no answer came');
    });
    await look('kisumu', record);
    await look('central', record);
    expect(central.fieldsOf(record)['name']).toBe('a');
    expect(await pipeline.query(`select reason from conflict where uuid = $1 and closed_at is null`, [record.uuid])).toEqual([{ reason: 'in-doubt' }]);
  });

  it('two messages of one job handled at once write once', async () => {
    const record = aLocation();
    kisumu.edit(record, { name: 'twice' });
    const before = central.writes.length;
    central.once('beforeRead', async () => {
      const [row] = await pipeline.query<{
        message_id: string;
        type: string;
        site: string;
        payload: Record<string, unknown>;
        correlation_id: string;
        said_at: Date;
      }>(`select * from outbox where type = 'record.mapped.v1' and payload -> 'record' ->> 'uuid' = $1`, [record.uuid]);
      if (row === undefined) throw new Error('the message is not in the outbox');
      const copy = {
        messageId: row.message_id,
        type: row.type,
        site: row.site,
        payload: row.payload,
        correlationId: row.correlation_id,
        timestamp: row.said_at,
      };
      await pipeline.hub.parts.bus.sendTo({ stage: 'push', site: 'central' }, copy);
      await pipeline.hub.parts.bus.sendTo({ stage: 'push', site: 'central' }, copy);
    });
    await look('kisumu', record);
    expect(central.writes.slice(before).filter(({ record: written }) => written.uuid === record.uuid)).toHaveLength(1);
  });

  it('three sites that edit different fields at once come to hold all of them', async () => {
    const record = aLocation();
    await agreed(record, { name: 'n', description: 'd', country: 'c' });
    await look('siaya', record);
    kisumu.edit(record, { name: 'N' });
    central.edit(record, { description: 'D' });
    pipeline.sites.site('siaya').edit(record, { country: 'C' });
    await Promise.all(['kisumu', 'central', 'siaya'].map((site) => pipeline.look(site, record)));
    await pipeline.atRest();
    for (const site of ['kisumu', 'central', 'siaya', 'kisumu', 'central', 'siaya']) await look(site, record);
    for (const site of ['kisumu', 'central', 'siaya'])
      expect(pipeline.sites.site(site).fieldsOf(record)).toEqual({ name: 'N', description: 'D', country: 'C' });
    expect(await pipeline.query(`select 1 from job where uuid = $1 and state <> 'ended'`, [record.uuid])).toEqual([]);
  });
});
