import { randomUUID } from 'node:crypto';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, SiteDownError, TransientError } from '@sync-hub/contracts';
import { AuditUuidsService } from '@sync-hub/feed-watcher';
import { NEVER_AGREED } from '@sync-hub/persistence';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const EVERY_HOURS = 24;

describe('the audit of a site’s uuids', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  const started: Pipeline[] = [];
  beforeEach(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES);
    started.push(pipeline);
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(async () => {
    for (const one of started) await one.stop();
  });

  const signal = new AbortController().signal;
  const keyOf = ({ aggregate, uuid }: RecordRef) => `${aggregate}/${uuid}`;
  const auditor = () => {
    const { hub } = pipeline;
    const { uuidAudits, agreements, changes } = hub.repositories;
    return new AuditUuidsService(hub, uuidAudits, agreements, changes, pipeline.sites);
  };
  /** Audits the site to the end, as one process. */
  const audit = async (holder = 'one'): Promise<number> => {
    for (let pages = 1; ; pages += 1) if ((await auditor().audit('kisumu', { everyHours: EVERY_HOURS }, holder, signal)) !== 'more') return pages;
  };
  const agreedOn = async (count: number): Promise<RecordRef[]> => {
    const records = Array.from({ length: count }, (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() }));
    for (const record of records) kisumu.edit(record, { name: `Ward ${record.uuid}` });
    await pipeline.look('kisumu', ...records);
    await pipeline.atRest();
    await pipeline.look('central', ...records);
    await pipeline.atRest();
    return records;
  };
  /** Agreements as a long life leaves them, and the records they are about at both ends. */
  const agreedLongAgo = async (count: number): Promise<RecordRef[]> => {
    const records = Array.from({ length: count }, (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() }));
    const side = (uuid: string) => ({ presence: 'present' as const, fields: { name: `Ward ${uuid}` }, covers: [] });
    for (const { uuid } of records) for (const site of [central, kisumu]) site.edit({ aggregate: 'location', uuid }, { name: `Ward ${uuid}` });
    await pipeline.hub.parts.database.transaction(async (tx) => {
      for (const record of records)
        await pipeline.hub.repositories.agreements.save(
          tx,
          'kisumu',
          record,
          { revision: 0, parent: side(record.uuid), child: side(record.uuid) },
          { before: NEVER_AGREED, turns: NEVER_AGREED.turns, generations: { parent: 1, child: 1 }, held: null },
        );
    });
    return records;
  };
  const changes = () =>
    pipeline.query<{ uuid: string; state: string }>(`select uuid, state from change where site = 'kisumu' and opened_at > now() - interval '1 hour'`);
  const inOrder = (records: readonly RecordRef[]) => records.toSorted((a, b) => (a.uuid < b.uuid ? -1 : 1));
  const clear = () => pipeline.query(`delete from change`);
  const told = (event: string) => pipeline.lines.map((line) => JSON.parse(line) as Record<string, unknown>).filter((line) => line['event'] === event);

  it('opens a look at what was voided or restored without a word, and at nothing else; the void travels', async () => {
    const records = await agreedOn(3);
    const [voided, kept] = records as [RecordRef, RecordRef];
    await clear();
    kisumu.edit(voided, {}, 'voided');
    kisumu.edit(kept, { name: 'an edit is for the feed to tell' });
    expect(await audit()).toBe(1);
    expect((await changes()).map(({ uuid }) => uuid)).toEqual([voided.uuid]);
    await pipeline.atRest();
    expect(central.records.get(keyOf(voided))?.presence).toBe('voided');
    expect(central.records.get(keyOf(kept))?.presence).toBe('present');
    expect(told('uuid-audit-begun')).toMatchObject([{ site: 'kisumu' }]);
    expect(told('uuid-audit-found')).toMatchObject([{ site: 'kisumu', count: 1 }]);
    expect(told('uuid-audit-ended')).toMatchObject([{ site: 'kisumu', count: 3, opened: 1 }]);

    await clear();
    await pipeline.query(`update uuid_audit set begun_at = now() - interval '25 hours'`);
    kisumu.edit(voided, {}, 'present');
    await audit();
    await pipeline.atRest();
    expect(central.records.get(keyOf(voided))?.presence).toBe('present');
  });

  it('deletes nothing because it is absent: a purge that nobody told of is held for a person', async () => {
    const [record] = (await agreedOn(1)) as [RecordRef];
    await clear();
    kisumu.records.delete(keyOf(record));
    await audit();
    await pipeline.atRest();
    expect(await changes()).toMatchObject([{ uuid: record.uuid, state: 'parked' }]);
    expect(central.records.get(keyOf(record))?.presence).toBe('present');
  });

  it('goes on where it stood after a crash, asks nothing twice that it kept, and misses nothing', async () => {
    const records = inOrder(await agreedLongAgo(120));
    const [early, late] = [records[10], records[110]] as [RecordRef, RecordRef];
    await clear();
    for (const record of [early, late]) kisumu.edit(record, {}, 'voided');
    const asked: string[] = [];
    const read = kisumu.presenceOf.bind(kisumu);
    kisumu.presenceOf = async (record, options) => {
      asked.push(record.uuid);
      if (asked.length === 71) throw new SiteDownError('reset');
      return read(record, options);
    };
    expect(await auditor().audit('kisumu', { everyHours: EVERY_HOURS }, 'one', signal)).toBe('more');
    await expect(auditor().audit('kisumu', { everyHours: EVERY_HOURS }, 'one', signal)).rejects.toThrow(SiteDownError);
    await pipeline.query(`update uuid_audit set leased_until = now() - interval '1 second'`);
    expect(await audit('another')).toBe(2);
    expect(asked.slice(71)).toEqual(records.slice(50).map(({ uuid }) => uuid));
    expect((await changes()).map(({ uuid }) => uuid).sort()).toEqual([early.uuid, late.uuid].sort());
    expect(told('uuid-audit-ended')).toMatchObject([{ count: 120, opened: 2 }]);
  });

  it('is not stopped by a record that cannot be asked for, whose look says why; is stopped where none can', async () => {
    const records = inOrder(await agreedLongAgo(6));
    const bad = records[1] as RecordRef;
    await clear();
    const read = kisumu.presenceOf.bind(kisumu);
    const broken = new TransientError('server-error', 'failed');
    kisumu.presenceOf = async (record, options) => {
      if (record.uuid === bad.uuid) throw broken;
      return read(record, options);
    };
    await audit();
    expect((await changes()).map(({ uuid }) => uuid)).toEqual([bad.uuid]);
    await pipeline.query(`update uuid_audit set begun_at = now() - interval '25 hours'`);
    await clear();
    kisumu.presenceOf = () => Promise.reject(broken);
    await expect(audit()).rejects.toBe(broken);
    expect(await changes()).toEqual([]);
  });
});
