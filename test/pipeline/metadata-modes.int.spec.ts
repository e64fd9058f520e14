import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { parseConfiguration } from '@sync-hub/configuration';
import type { RecordRef } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

/** Tags are only compared with kisumu's, and travel to siaya. */
function tagsCompared() {
  const { links, ...rest } = twoChildren();
  const tags = (id: string) => ({ pull: id === 'kisumu' ? 'compare' : true, push: false });
  return parseConfiguration({ ...rest, links: links.map((link) => ({ ...link, classes: { ...link.classes, locationtag: tags(link.id) } })) });
}

describe('metadata that is only compared', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  let siaya: MemorySite;
  beforeAll(async () => {
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: tagsCompared() });
    [central, kisumu, siaya] = ['central', 'kisumu', 'siaya'].map((id) => pipeline.sites.site(id)) as [MemorySite, MemorySite, MemorySite];
  }, 60_000);
  afterAll(() => pipeline.stop());

  const aTag = (name: string): RecordRef => {
    const tag: RecordRef = { aggregate: 'locationtag', uuid: randomUUID() };
    for (const site of [kisumu, siaya]) site.lacks.add(`locationtag/${tag.uuid}`);
    central.edit(tag, { name, description: null });
    return tag;
  };
  const aWardWith = (tag: RecordRef): RecordRef => {
    const ward: RecordRef = { aggregate: 'location', uuid: randomUUID() };
    const path = `tags[${tag.uuid}]`;
    central.edit(ward, { name: 'Ward', [path]: true }, 'present', [{ path, resource: 'locationtag', uuid: tag.uuid, aggregate: null }]);
    return ward;
  };
  const look = async (record: RecordRef): Promise<void> => {
    await pipeline.look('central', record);
    await pipeline.atRest();
  };
  const pull = async (...wanted: readonly RecordRef[]): Promise<void> => {
    const { changes, pulls } = pipeline.hub.repositories;
    const ends = { link: 'kisumu', parent: 'central', child: 'kisumu' };
    const { said } = await pipeline.hub.parts.database.transaction(async (tx) => {
      for (const one of wanted) await changes.open(tx, await pulls.ask(tx, ends, one, 'a person'));
    });
    await pipeline.hub.outgoing.send(said);
    await pipeline.atRest();
  };
  const job = async ({ uuid }: RecordRef) =>
    (
      await pipeline.query<{ state: string; reason: string | null; missing: string[] }>(
        `select state, reason, array(select resource || '/' || waiter.uuid from waiter where job_id = job.id) as missing from job where uuid = $1 and link = 'kisumu'`,
        [uuid],
      )
    )[0];
  const isAskedFor = async ({ uuid }: RecordRef): Promise<boolean> => (await pipeline.query(`select 1 from metadata_pull where uuid = $1`, [uuid])).length > 0;

  it('is not written where it is, and what lacks it names its type and uuid', async () => {
    const tag = aTag('Pharmacy');
    await look(tag);
    expect(siaya.fieldsOf(tag)).toMatchObject({ name: 'Pharmacy' });
    expect([kisumu.fieldsOf(tag), await job(tag)]).toEqual([{}, undefined]);

    const ward = aWardWith(tag);
    await look(ward);
    expect(siaya.fieldsOf(ward)).toMatchObject({ name: 'Ward' });
    expect(kisumu.fieldsOf(ward)).toEqual({});
    expect(await job(ward)).toEqual({ state: 'parked', reason: 'unmapped', missing: [`locationtag/${tag.uuid}`] });
  });

  it('travels once when a person has asked for it, and what was held for it goes on; its later edits stay', async () => {
    const tag = aTag('Maternity');
    const ward = aWardWith(tag);
    await look(ward);
    expect(await job(ward)).toMatchObject({ reason: 'unmapped' });

    await pull(tag);
    expect(kisumu.fieldsOf(tag)).toMatchObject({ name: 'Maternity' });
    expect(kisumu.fieldsOf(ward)).toMatchObject({ name: 'Ward', [`tags[${tag.uuid}]`]: true });
    expect(await isAskedFor(tag)).toBe(false);

    central.edit(tag, { name: 'Labour ward' });
    await look(tag);
    expect(siaya.fieldsOf(tag)).toMatchObject({ name: 'Labour ward' });
    expect(kisumu.fieldsOf(tag)).toMatchObject({ name: 'Maternity' });
  });

  it('that is asked for on one link goes to no other child, and is no wish that its parent should have it', async () => {
    const tag: RecordRef = { aggregate: 'visittype', uuid: randomUUID() };
    for (const site of [central, siaya]) site.lacks.add(`visittype/${tag.uuid}`);
    kisumu.edit(tag, { name: 'Kept at Kisumu', description: null });
    await pull(tag);
    await pipeline.look('kisumu', tag);
    await pipeline.atRest();
    expect([central.fieldsOf(tag), siaya.fieldsOf(tag)]).toEqual([{}, {}]);

    central.edit(tag, { name: 'Made at central', description: null });
    const writes = siaya.writes.length;
    await look(tag);
    expect(siaya.writes).toHaveLength(writes);
  });

  it('that names each other in a circle lands in full, all of it asked for in one act', async () => {
    const [question, answer] = [1, 2].map((): RecordRef => ({ aggregate: 'concept', uuid: randomUUID() })) as [RecordRef, RecordRef];
    for (const [concept, other] of [
      [question, answer],
      [answer, question],
    ] as const) {
      for (const site of [kisumu, siaya]) site.lacks.add(`concept/${concept.uuid}`);
      const references = [{ path: 'answers', resource: 'concept', uuid: other.uuid, aggregate: null }];
      central.edit(concept, { version: concept.uuid, answers: `concept/${other.uuid}` }, 'present', references);
    }
    await pull(question, answer);
    for (const [concept, other] of [
      [question, answer],
      [answer, question],
    ] as const)
      expect(kisumu.fieldsOf(concept)).toMatchObject({ version: concept.uuid, answers: `concept/${other.uuid}` });
    expect([await isAskedFor(question), await isAskedFor(answer), siaya.fieldsOf(question)]).toEqual([false, false, {}]);
  });

  it('that has gone out of use is made where it is asked for, and goes out of use there too', async () => {
    const tag = aTag('Old ward');
    const ward = aWardWith(tag);
    await look(ward);
    central.tellsVoided = true;
    central.edit(tag, {}, 'voided');
    await pull(tag);
    expect(kisumu.records.get(`locationtag/${tag.uuid}`)?.presence).toBe('voided');
    expect(kisumu.fieldsOf(ward)).toMatchObject({ name: 'Ward' });
  });
});
