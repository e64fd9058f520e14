import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const LIMIT = 3;

describe('more voids within an hour than the brake lets pass', () => {
  let pipeline: Pipeline;
  let records: RecordRef[];
  beforeEach(async () => {
    const configuration = twoChildren();
    const brake = { voidsPerHour: LIMIT, percentOfCategory: 100 };
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links: configuration.links.map((link) => ({ ...link, brake })) } });
    records = Array.from({ length: 8 }, () => ({ aggregate: 'location', uuid: randomUUID() }));
    for (const id of ['central', 'kisumu', 'siaya']) for (const record of records) site(id).edit(record, { name: 'Ward' });
    for (const id of ['kisumu', 'siaya']) await pipeline.look(id, ...records);
    await pipeline.atRest();
  }, 60_000);
  afterEach(() => pipeline.stop());

  const site = (id: string) => pipeline.sites.site(id);
  const voidedAt = (id: string): number => records.filter(({ uuid }) => site(id).records.get(`location/${uuid}`)?.presence === 'voided').length;
  const linkOf = async (id: string) => (await pipeline.hub.repositories.overview.read()).links.find(({ link }) => link === id);
  const handedBack = async (): Promise<number> => (await pipeline.query(`select 1 from inbox where code = 'link-braked' and settled_at is null`)).length;
  const voidAll = async (): Promise<void> => {
    for (const record of records) site('kisumu').edit(record, {}, 'voided');
    await pipeline.look('kisumu', ...records);
    await until('the link is paused', async () => (await linkOf('kisumu'))?.braked !== null);
    await until('all that is left waits', async () => (await handedBack()) === 8 - LIMIT);
  };
  const release = async (): Promise<boolean> => {
    const { result, said } = await pipeline.hub.parts.database.transaction((tx) => pipeline.hub.repositories.brakes.release(tx, 'kisumu', 'kisumu', 'jane'));
    await pipeline.hub.outgoing.send(said);
    await pipeline.query(`update inbox set not_before = now() where code = 'link-braked'`);
    return result;
  };

  it('pause their link after exactly so many, however many are pushed at once, and say so once', async () => {
    await voidAll();
    expect(voidedAt('central')).toBe(LIMIT);
    expect(await linkOf('kisumu')).toMatchObject({ braked: { reason: 'voids-per-hour', category: 'location', voids: LIMIT + 1 } });
    expect(pipeline.lines.filter((line) => line.includes('"event":"link-braked"'))).toHaveLength(1);
  });

  it('leave every other link alone, and hold up what else is to be written on theirs', async () => {
    await voidAll();
    const [fromKisumu, fromSiaya] = [randomUUID(), randomUUID()].map((uuid): RecordRef => ({ aggregate: 'location', uuid })) as [RecordRef, RecordRef];
    site('kisumu').edit(fromKisumu, { name: 'New' });
    site('siaya').edit(fromSiaya, { name: 'New' });
    await pipeline.look('kisumu', fromKisumu);
    await pipeline.look('siaya', fromSiaya);
    await until('the other link has written', () => site('central').records.has(`location/${fromSiaya.uuid}`));
    await until('its own has come to its turn', async () => (await handedBack()) === 8 - LIMIT + 1);
    expect(site('central').records.has(`location/${fromKisumu.uuid}`)).toBe(false);
  });

  it('go on, none lost, once a person has looked, and are not counted again; new ones are', async () => {
    await voidAll();
    expect(await release()).toBe(true);
    await pipeline.atRest();
    expect([voidedAt('central'), await linkOf('kisumu')]).toMatchObject([8, { braked: null }]);
    expect(await release()).toBe(false);
    await until('both are in the audit', async () => (await pipeline.query(`select 1 from audit where type like 'link.%'`)).length === 2);
    expect(await pipeline.query(`select type, link, reason, details ->> 'by' as by from audit where type like 'link.%' order by id`)).toEqual([
      { type: 'link.braked.v1', link: 'kisumu', reason: 'voids-per-hour', by: null },
      { type: 'link.released.v1', link: 'kisumu', reason: null, by: 'jane' },
    ]);
    const more = Array.from({ length: LIMIT + 1 }, (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() }));
    for (const record of more) for (const id of ['central', 'kisumu']) site(id).edit(record, { name: 'Ward' });
    await pipeline.look('kisumu', ...more);
    await pipeline.atRest();
    for (const record of more) site('kisumu').edit(record, {}, 'voided');
    await pipeline.look('kisumu', ...more);
    await until('the link is paused again', async () => (await linkOf('kisumu'))?.braked !== null);
  });
});
