import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(40_000);

const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });

/** Kisumu's link is observed, Siaya's is live. */
const observing = (): Configuration => {
  const live = twoChildren();
  return { ...live, links: live.links.map((link) => (link.id === 'kisumu' ? { ...link, mode: 'observe' } : link)) };
};

describe('a link that is only observed', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeEach(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: observing() });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterEach(() => pipeline.stop());

  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const overview = () => pipeline.hub.repositories.overview.read();
  const agreements = () => pipeline.query(`select link, uuid from agreement`);
  const goesLive = async (): Promise<void> => {
    pipeline.hub.rules.replace(twoChildren());
    await until('nothing is only observed any more', async () => (await pipeline.open()).every(({ reason }) => reason !== 'observed'), 20_000);
    await pipeline.atRest();
  };

  it('reads, compares, says what it would write, and writes nothing at either end', async () => {
    const [fromChild, fromParent] = [aLocation(), aLocation()];
    kisumu.edit(fromChild, { name: 'ZZNAMEZZ', country: 'KE' });
    central.edit(fromParent, { name: 'ZZNAMEZZ' });
    await look('kisumu', fromChild);
    await look('central', fromParent);
    expect([central.writes, kisumu.writes]).toEqual([[], []]);
    expect((await agreements()).filter((row) => row['link'] === 'kisumu')).toEqual([]);
    const { observed, held, heldTotal, routes } = await overview();
    expect(observed).toEqual([
      {
        link: 'kisumu',
        direction: 'pull',
        category: 'location',
        would: 'would-create',
        records: 1,
        fields: [
          { name: 'name', records: 1 },
          { name: 'presence', records: 1 },
        ],
      },
      {
        link: 'kisumu',
        direction: 'push',
        category: 'location',
        would: 'would-create',
        records: 1,
        fields: [
          { name: 'country', records: 1 },
          { name: 'name', records: 1 },
          { name: 'presence', records: 1 },
        ],
      },
    ]);
    expect([held, heldTotal]).toEqual([[], 0]);
    expect(routes.filter(({ route }) => route.link === 'kisumu').flatMap(({ categories }) => categories)).toEqual([]);
    const audited = await pipeline.query(`select reason, details from audit where type = 'job.held.v1' and link = 'kisumu' order by site`);
    expect(audited).toMatchObject([
      { reason: 'observed', details: { code: 'would-create', details: { fields: ['country', 'name', 'presence'] } } },
      { reason: 'observed' },
    ]);
    expect(JSON.stringify(await pipeline.query(`select * from audit`)) + pipeline.lines.join('')).not.toContain('ZZNAMEZZ');
  });

  it('holds up no other link', async () => {
    const record = aLocation();
    central.edit(record, { name: 'Ward' });
    await look('central', record);
    expect(pipeline.sites.site('siaya').fieldsOf(record)).toEqual({ name: 'Ward' });
  });

  it('needs no engine claim, which is itself written at the parent', async () => {
    await pipeline.query(`delete from link_engine where link = 'kisumu'`);
    const record = aLocation();
    kisumu.edit(record, { name: 'Ward' });
    await look('kisumu', record);
    expect(await pipeline.open()).toMatchObject([{ reason: 'observed', code: 'would-create' }]);
  });

  it('agrees on what is equal at both ends, and on nothing else', async () => {
    const [equal, different] = [aLocation(), aLocation()];
    for (const site of [kisumu, central]) site.edit(equal, { name: 'Ward', country: 'KE' });
    kisumu.edit(different, { name: 'Ward', country: 'KE' });
    central.edit(different, { name: 'Ward', country: null });
    await look('kisumu', equal);
    await look('kisumu', different);
    expect((await agreements()).map((row) => row['uuid'])).toEqual([equal.uuid]);
    kisumu.edit(equal, { name: 'Ward 2' });
    await look('kisumu', equal);
    expect([central.fieldsOf(equal), central.writes]).toEqual([{ name: 'Ward', country: 'KE' }, []]);
    expect((await overview()).observed).toMatchObject([{ would: 'would-change', records: 2 }]);
  });

  it('looks again when either end has changed meanwhile', async () => {
    const record = aLocation();
    for (const site of [kisumu, central]) site.edit(record, { name: 'Ward' });
    await look('kisumu', record);
    kisumu.edit(record, { name: 'Ward 2' });
    await look('kisumu', record);
    expect(await pipeline.open()).toMatchObject([{ code: 'would-change' }]);
    central.edit(record, { name: 'Ward 2' });
    await look('central', record);
    expect(await pipeline.open()).toEqual([]);
  });

  it('asks about what nobody could decide on a live link either, and names the metadata that is missing', async () => {
    const [both, unmapped] = [aLocation(), aLocation()];
    kisumu.edit(both, { name: 'A' });
    central.edit(both, { name: 'B' });
    kisumu.edit(unmapped, { name: 'Ward', tags: 'a-tag' });
    const held = kisumu.records.get(`location/${unmapped.uuid}`)!;
    kisumu.records.set(`location/${unmapped.uuid}`, { ...held, references: [{ path: 'tags', resource: 'locationtag', uuid: 'a-tag', aggregate: null }] });
    central.lacks.add('locationtag/a-tag');
    await look('kisumu', both);
    await look('kisumu', unmapped);
    expect((await overview()).held.map(({ why }) => why).sort()).toEqual(['conflict', 'unmapped']);
    expect(central.writes).toEqual([]);
  });

  it('loses nothing when it goes live: all that was observed is looked at again, as it stands then', async () => {
    const [ward, hospital, mended] = [aLocation(), aLocation(), aLocation()];
    kisumu.edit(hospital, { name: 'Hospital' });
    kisumu.edit(ward, { name: 'Ward', parentLocation: hospital.uuid });
    const held = kisumu.records.get(`location/${ward.uuid}`)!;
    kisumu.records.set(`location/${ward.uuid}`, {
      ...held,
      references: [{ path: 'parentLocation', resource: 'location', uuid: hospital.uuid, aggregate: 'location' }],
    });
    central.edit(mended, { name: 'Old' });
    for (const record of [ward, hospital]) await look('kisumu', record);
    await look('central', mended);
    expect((await overview()).observed.map(({ records }) => records)).toEqual([1, 2]);
    central.edit(mended, { name: 'New' });
    await goesLive();
    expect([central.fieldsOf(ward), central.fieldsOf(hospital), kisumu.fieldsOf(mended)]).toEqual([
      { name: 'Ward', parentLocation: hospital.uuid },
      { name: 'Hospital' },
      { name: 'New' },
    ]);
    expect(await pipeline.open()).toEqual([]);
  });

  it('stops writing where a live one is put back, and keeps what is on its way', async () => {
    await goesLive();
    const record = aLocation();
    kisumu.edit(record, { name: 'Ward' });
    await look('kisumu', record);
    pipeline.hub.rules.replace(observing());
    kisumu.edit(record, { name: 'Ward 2' });
    await look('kisumu', record);
    expect(central.fieldsOf(record)).toEqual({ name: 'Ward' });
    await goesLive();
    expect(central.fieldsOf(record)).toEqual({ name: 'Ward 2' });
  });
});

describe('an instance that is read-only', () => {
  let pipeline: Pipeline;
  beforeEach(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...twoChildren(), instance: { id: 'hub', readOnly: true } } });
  }, 60_000);
  afterEach(() => pipeline.stop());

  it('writes nothing anywhere, and goes on with everything once it no longer is', async () => {
    const records = [aLocation(), aLocation(), aLocation()];
    const [created, changed, voided] = records as [RecordRef, RecordRef, RecordRef];
    const site = (id: string) => pipeline.sites.site(id);
    for (const id of ['central', 'kisumu', 'siaya']) for (const record of [changed, voided]) site(id).edit(record, { name: 'Ward' });
    for (const record of [changed, voided]) for (const id of ['kisumu', 'siaya']) await pipeline.look(id, record);
    await pipeline.atRest();
    site('kisumu').edit(created, { name: 'New' });
    site('kisumu').edit(changed, { name: 'Ward 2' });
    site('kisumu').edit(voided, {}, 'voided');
    await pipeline.look('kisumu', ...records);
    await until('each has come to its write', async () => (await pipeline.query(`select 1 from inbox where code = 'read-only'`)).length === 3);
    const writes = () => ['central', 'kisumu', 'siaya'].flatMap((id) => site(id).writes);
    expect(writes()).toEqual([]);
    expect((await pipeline.hub.repositories.overview.read()).links.map(({ writing }) => writing)).toEqual(['read-only', 'read-only']);

    pipeline.hub.rules.replace(twoChildren());
    await pipeline.query(`update inbox set not_before = now() where code = 'read-only'`);
    await pipeline.atRest();
    expect(records.map((record) => site('central').records.get(`location/${record.uuid}`)?.presence)).toEqual(['present', 'present', 'voided']);
    expect([site('central').fieldsOf(created), site('central').fieldsOf(changed)]).toEqual([{ name: 'New' }, { name: 'Ward 2' }]);
    expect(writes()).toHaveLength(3);
  });
});
