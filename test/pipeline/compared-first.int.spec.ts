import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { failingText, uncomparedText } from '@sync-hub/console';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const aLocation = (): RecordRef => ({ aggregate: 'location', uuid: randomUUID() });

/** Kisumu's link is observed, Siaya's is live. */
const observing = () => {
  const live = twoChildren();
  return { ...live, links: live.links.map((link) => (link.id === 'kisumu' ? { ...link, mode: 'observe' as const } : link)) };
};

describe('a link whose ends were never compared', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let siaya: MemorySite;
  beforeEach(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: observing(), isCompared: false });
    [central, kisumu, siaya] = ['central', 'kisumu', 'siaya'].map((id) => pipeline.sites.site(id)) as [MemorySite, MemorySite, MemorySite];
  }, 60_000);
  afterEach(() => pipeline.stop());

  const repositories = () => pipeline.hub.repositories;
  const compared = (link: string) =>
    pipeline.hub.parts.database.transaction((tx) => repositories().drift.keep(tx, link, 'rules', { drifts: [], notCompared: [] }));
  const putOff = () => pipeline.lines.filter((line) => line.includes('metadata-not-compared')).length;
  const isPutOffAgain = async (): Promise<void> => {
    const before = putOff();
    await until('it is put off again and again', () => putOff() > before + 3);
  };
  const observed = async () => (await repositories().overview.read()).observed.length;
  const waiting = async () => (await repositories().overview.read()).links.map(uncomparedText).filter((text) => text !== null);

  it('writes nothing and says nothing of what it would write before they have been, and says that it waits', async () => {
    const [down, up] = [aLocation(), aLocation()];
    central.edit(down, { name: 'Ward' });
    siaya.edit(up, { name: 'Tent' });
    await pipeline.look('central', down);
    await pipeline.look('siaya', up);
    await isPutOffAgain();
    expect([central.writes, siaya.writes, await observed()]).toEqual([[], [], 0]);
    expect(await waiting()).toEqual([
      'Link kisumu waits for the first comparison of its metadata: nothing is written before it has ended',
      'Link siaya waits for the first comparison of its metadata: nothing is written before it has ended',
    ]);

    await compared('siaya');
    await until('what goes to siaya is there', () => siaya.fieldsOf(down)['name'] === 'Ward' && central.fieldsOf(up)['name'] === 'Tent');
    expect(await observed()).toBe(0);
    await compared('kisumu');
    await until('what would go to kisumu is told', async () => (await observed()) > 0);
    await pipeline.atRest();
    expect(kisumu.writes).toEqual([]);
    expect(await waiting()).toEqual([]);
  });

  it('goes on without where the comparison has failed for a quarter of an hour, and says so all the while', async () => {
    const ward = aLocation();
    central.edit(ward, { name: 'Ward' });
    for (let time = 0; time < 3; time += 1) await repositories().failing.failed({ work: 'compare-metadata', place: 'siaya' }, 'unexpected');
    await pipeline.query(`update failing_work set since = now() - interval '14 minutes'`);
    await pipeline.look('central', ward);
    await isPutOffAgain();
    expect(siaya.writes).toEqual([]);
    await pipeline.query(`update failing_work set since = now() - interval '16 minutes'`);
    await until('it is there', () => siaya.fieldsOf(ward)['name'] === 'Ward');
    const { failing } = await repositories().overview.read();
    expect(failing.map((one) => [failingText(one), one.code, one.times])).toEqual([['comparison of the metadata of link siaya', 'unexpected', 3]]);
  });

  it('goes on without where one end has rested whenever the other did not, all round the day; not where one is down for as long', async () => {
    const ward = aLocation();
    central.edit(ward, { name: 'Ward' });
    await repositories().drift.waits('siaya', 'rules', 'site-down');
    await pipeline.query(`update metadata_comparison set begun_at = now() - interval '25 hours'`);
    await pipeline.look('central', ward);
    await isPutOffAgain();
    expect(siaya.writes).toEqual([]);
    await repositories().drift.waits('siaya', 'rules', 'site-rests');
    await until('it is there', () => siaya.fieldsOf(ward)['name'] === 'Ward');
  });
});
