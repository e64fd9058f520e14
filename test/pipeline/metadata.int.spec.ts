import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseConfiguration } from '@sync-hub/configuration';
import type { RecordRef } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

/** Tags travel from the parent to kisumu, and not at all to siaya. */
function tagsToKisumu() {
  const { links, ...rest } = twoChildren();
  return parseConfiguration({
    ...rest,
    links: links.map((link) => (link.id === 'kisumu' ? { ...link, classes: { ...link.classes, locationtag: { pull: true, push: false } } } : link)),
  });
}

describe('metadata that a record refers to', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let siaya: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: tagsToKisumu() });
    [central, kisumu, siaya] = ['central', 'kisumu', 'siaya'].map((id) => pipeline.sites.site(id)) as [MemorySite, MemorySite, MemorySite];
  }, 60_000);
  afterAll(() => pipeline.stop());

  /** A tag that only these sites lack. */
  const aTagMissingAt = (...sites: MemorySite[]): RecordRef => {
    const tag: RecordRef = { aggregate: 'locationtag', uuid: randomUUID() };
    for (const site of sites) site.lacks.add(`locationtag/${tag.uuid}`);
    return tag;
  };
  const aWardWith = (tag: RecordRef, site: MemorySite): RecordRef => {
    const ward: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const path = `tags[${tag.uuid}]`;
    site.edit(ward, { name: 'Ward', [path]: true }, 'present', [{ path, resource: 'locationtag', uuid: tag.uuid, aggregate: null }]);
    return ward;
  };
  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  const job = async ({ uuid }: RecordRef, link: string, direction = 'pull') =>
    (
      await pipeline.query<{ state: string; reason: string | null }>(`select state, reason from job where uuid = $1 and link = $2 and direction = $3`, [
        uuid,
        link,
        direction,
      ])
    )[0];
  const hadToWait = async ({ uuid }: RecordRef, site: string): Promise<boolean> =>
    (await pipeline.query(`select 1 from audit where type = 'job.held.v1' and uuid = $1 and site = $2 and outcome = 'waiting'`, [uuid, site])).length > 0;

  it('is fetched and waited for on a route that carries it, and asked of a person on one that does not', async () => {
    const tag = aTagMissingAt(kisumu, siaya);
    central.edit(tag, { name: 'Pharmacy', description: null });
    const ward = aWardWith(tag, central);
    await look('central', ward);
    expect(kisumu.fieldsOf(tag)).toMatchObject({ name: 'Pharmacy' });
    expect(kisumu.fieldsOf(ward)).toMatchObject({ name: 'Ward', [`tags[${tag.uuid}]`]: true });
    expect(await hadToWait(ward, 'kisumu')).toBe(true);
    expect(await job(ward, 'siaya')).toEqual({ state: 'parked', reason: 'unmapped' });
    expect([siaya.fieldsOf(tag), siaya.fieldsOf(ward)]).toEqual([{}, {}]);
  });

  it('is asked of a person on the way up, where it goes down only', async () => {
    const tag = aTagMissingAt(central);
    kisumu.edit(tag, { name: 'Kept at Kisumu', description: null });
    const ward = aWardWith(tag, kisumu);
    await look('kisumu', ward);
    expect(await job(ward, 'kisumu', 'push')).toEqual({ state: 'parked', reason: 'unmapped' });
    expect(central.fieldsOf(tag)).toEqual({});
  });

  it('is made at the child even where it has gone out of use meanwhile, and goes out of use there too', async () => {
    const tag = aTagMissingAt(kisumu, siaya);
    central.tellsVoided = true;
    central.edit(tag, { name: 'Old ward', description: null }, 'voided');
    const ward = aWardWith(tag, central);
    await look('central', ward);
    expect(kisumu.fieldsOf(ward)).toMatchObject({ name: 'Ward' });
    expect(kisumu.records.get(`locationtag/${tag.uuid}`)?.presence).toBe('voided');
  });
});
