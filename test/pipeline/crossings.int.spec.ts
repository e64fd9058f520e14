import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(30_000);

describe('a look and a push that cross', () => {
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

  /** How that stage first answered to a message about the record at the site. */
  const answerOf = (stage: string, site: string, record: RecordRef) =>
    until(`${stage} at ${site} answers`, async () => {
      const sql = `select inbox.code from inbox join outbox using (message_id) where stage = $1 and outbox.site = $2 and payload -> 'record' ->> 'uuid' = $3`;
      return (await pipeline.query<{ code: string | null }>(sql, [stage, site, record.uuid]))[0];
    });

  it('take turns at a site: who comes second stands back until the first is done', async () => {
    const [written, looked] = [aLocation(), aLocation()];
    const answers: unknown[] = [];
    central.once('beforeRead', async () => {
      await pipeline.look('central', written);
      answers.push(await answerOf('fetch', 'central', written));
    });
    kisumu.edit(written, { name: 'a' });
    await look('kisumu', written);
    central.once('beforeRead', async () => {
      await pipeline.look('kisumu', looked);
      answers.push(await answerOf('push', 'central', looked));
    });
    for (const site of [central, kisumu]) site.edit(looked, { name: 'b' });
    await look('central', looked);
    expect(answers).toEqual([{ code: 'claimed' }, { code: 'claimed' }]);
    expect(await pipeline.open()).toEqual([]);
  });

  it('forget nothing that the ends agree on meanwhile: a person who undoes that is not overruled', async () => {
    const record = aLocation();
    await agreed(record, { name: 'a', description: 'old' });
    const jobs = (direction: string, where: string) =>
      pipeline.query(`select 1 from job where uuid = $1 and link = 'kisumu' and direction = $2 and ${where}`, [record.uuid, direction]);
    let isPushing = false;
    // The pull stands back for the fetch, and reads its target once the push has read what the ends agree on.
    kisumu.once('beforeRead', async () => {
      central.edit(record, { description: 'new' });
      await pipeline.look('central', record);
      await until('the pull is open', async () => (await jobs('pull', `state = 'ready'`)).length > 0);
      kisumu.once('beforeRead', async () => {
        await until('the push is in hand', async () => isPushing);
      });
      central.once('beforeRead', async () => {
        isPushing = true;
        await until('the pull has written', async () => (await jobs('pull', `written @> '{description}'`)).length > 0);
      });
      central.once('afterWrite', async () => {
        kisumu.edit(record, { description: 'old' });
        await pipeline.look('kisumu', record);
      });
    });
    kisumu.edit(record, { name: 'b' });
    await look('kisumu', record);
    await look('central', record);
    for (const site of [central, kisumu]) expect(site.fieldsOf(record)).toEqual({ name: 'b', description: 'old' });
    expect(kisumu.writes.filter(({ record: { uuid } }) => uuid === record.uuid).map(({ fields }) => fields)).toEqual([['description']]);
  });

  it('are of one record where a site tells of our create under its own uuid before it has answered: nothing comes back as another', async () => {
    const [record, local] = [aLocation(), aLocation()];
    const siaya = pipeline.sites.site('siaya');
    await pipeline.query(`update site set capabilities = '{"takesUuids": false}' where id = 'siaya'`);
    siaya.once('beforeWrite', async () => {
      siaya.edit(local, { name: 'Maternity' });
      await pipeline.look('siaya', local);
      await answerOf('fetch', 'siaya', local);
    });
    siaya.once('afterWrite', async () => void siaya.aliases.set(`location/${local.uuid}`, record));
    central.edit(record, { name: 'Maternity' });
    await look('central', record);
    expect([siaya.fieldsOf(record), central.fieldsOf(local), kisumu.fieldsOf(local)]).toEqual([{ name: 'Maternity' }, {}, {}]);
    expect(await pipeline.query(`select ended_as from change where uuid = $1`, [local.uuid])).toEqual([{ ended_as: 'as-agreed' }]);
    await pipeline.query(`update site set capabilities = null where id = 'siaya'`);
  });
});
