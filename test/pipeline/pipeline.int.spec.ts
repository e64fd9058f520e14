import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });

jest.setTimeout(30_000);

describe('a change', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
  }, 60_000);
  afterEach(() => pipeline.stop());

  const site = (id: string) => pipeline.sites.site(id);
  const fields = (record: RecordRef) => ['central', 'kisumu', 'siaya'].map((id) => site(id).fieldsOf(record));

  it('travels from one child to its parent and on to the other child, and its echoes end', async () => {
    const record = aLocation();
    site('kisumu').edit(record, { name: 'Ward 3', description: null });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    expect(site('central').fieldsOf(record)).toMatchObject({ name: 'Ward 3' });
    await pipeline.look('central', record);
    await pipeline.atRest();
    await pipeline.look('siaya', record);
    await pipeline.atRest();
    expect(site('siaya').fieldsOf(record)).toMatchObject({ name: 'Ward 3' });
    expect(['central', 'kisumu', 'siaya'].map((id) => site(id).writes.length)).toEqual([1, 0, 1]);
    expect(await pipeline.open()).toEqual([]);
    const ends = await pipeline.query(`select link, direction, outcome from job order by link`);
    expect(ends).toEqual([
      { link: 'kisumu', direction: 'push', outcome: 'pushed' },
      { link: 'siaya', direction: 'pull', outcome: 'pushed' },
    ]);
    expect(await pipeline.query(`select site, ended_as from change order by opened_at`)).toEqual([
      { site: 'kisumu', ended_as: 'mapped' },
      { site: 'central', ended_as: 'mapped' },
      { site: 'siaya', ended_as: 'as-agreed' },
    ]);
  });

  it('of different fields at both ends merges without a person', async () => {
    const record = aLocation();
    site('kisumu').edit(record, { name: 'Ward 3', description: 'old', country: 'KE' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    site('kisumu').edit(record, { name: 'Ward 4' });
    site('central').edit(record, { description: 'new' });
    await pipeline.look('kisumu', record);
    await pipeline.look('central', record);
    await pipeline.atRest();
    for (const id of ['central', 'kisumu', 'siaya']) await pipeline.look(id, record);
    await pipeline.atRest();
    expect(await pipeline.open()).toEqual([]);
    for (const held of fields(record)) expect(held).toEqual({ name: 'Ward 4', description: 'new', country: 'KE' });
  });

  it('of one field at both ends asks, writes nothing, and keeps both values in one conflict', async () => {
    const record = aLocation();
    site('kisumu').edit(record, { name: 'Ward 3' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    site('kisumu').edit(record, { name: 'Ward A' });
    site('central').edit(record, { name: 'Ward B' });
    const writes = site('central').writes.length;
    await pipeline.look('kisumu', record);
    await pipeline.look('central', record);
    await pipeline.atRest();
    expect(site('central').writes.length).toBe(writes);
    expect([site('central').fieldsOf(record)['name'], site('kisumu').fieldsOf(record)['name']]).toEqual(['Ward B', 'Ward A']);
    expect(await pipeline.query(`select link, reason, fields from conflict where closed_at is null`)).toEqual([
      { link: 'kisumu', reason: 'both-edited', fields: ['name'] },
    ]);
    site('kisumu').edit(record, { name: 'Ward B' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    expect(await pipeline.open()).toEqual([]);
    expect(await pipeline.query(`select closed_as from conflict`)).toEqual([{ closed_as: 'by-itself' }]);
  });

  it('is written down step by step, without a word of what the record holds', async () => {
    const record = aLocation();
    site('kisumu').edit(record, { name: 'ZZNAMEZZ' });
    await pipeline.look('kisumu', record);
    await pipeline.atRest();
    const types = await pipeline.query<{ type: string }>(`select type from audit order by id`);
    expect(types.map(({ type }) => type).sort()).toEqual(['change.ended.v1', 'job.ended.v1', 'record.changed.v1', 'record.fetched.v1', 'record.mapped.v1']);
    expect(JSON.stringify(await pipeline.query(`select * from audit`))).not.toContain('ZZNAMEZZ');
    expect(JSON.stringify(await pipeline.query(`select * from outbox`))).not.toContain('ZZNAMEZZ');
    expect(pipeline.lines.join('')).not.toContain('ZZNAMEZZ');
  });
});
