import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type RecordRef, RefusedError } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type MemorySite, type Pipeline, pipelineOn } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(120_000);

describe('a job that waits', () => {
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
  const look = async (site: string, record: RecordRef): Promise<void> => {
    await pipeline.look(site, record);
    await pipeline.atRest();
  };
  /** A ward at kisumu that refers to this. */
  const aWardThatNeeds = (resource: string, uuid: string): RecordRef => {
    const ward = aLocation();
    kisumu.edit(ward, { name: 'Ward', [resource]: uuid });
    const held = kisumu.records.get(`location/${ward.uuid}`)!;
    const references = [{ path: resource, resource, uuid, aggregate: resource === 'location' ? ('location' as const) : null }];
    kisumu.records.set(`location/${ward.uuid}`, { ...held, references });
    return ward;
  };
  const job = async (record: RecordRef) =>
    (
      await pipeline.query<{ state: string; reason: string | null; details: Record<string, unknown> }>(
        `select state, reason, details from job where uuid = $1 and link = 'kisumu' and direction = 'push'`,
        [record.uuid],
      )
    )[0];

  it('is woken by what its target tells of itself: somebody made there by hand what it waits for', async () => {
    const hospital = aLocation();
    const ward = aWardThatNeeds('location', hospital.uuid);
    await look('kisumu', ward);
    expect(await job(ward)).toMatchObject({ state: 'waiting' });
    central.edit(hospital, { name: 'Hospital' });
    await look('central', hospital);
    expect(await job(ward)).toMatchObject({ state: 'ended' });
    expect(central.fieldsOf(ward)).toMatchObject({ name: 'Ward', location: hospital.uuid });
  });

  it('is looked at again without any message: what a person adds to the metadata is in no feed', async () => {
    const tag = randomUUID();
    central.lacks.add(`locationtag/${tag}`);
    const ward = aWardThatNeeds('locationtag', tag);
    await look('kisumu', ward);
    expect(await job(ward)).toMatchObject({ state: 'parked', reason: 'unmapped' });
    central.lacks.delete(`locationtag/${tag}`);
    await pipeline.query(`update job set held_at = now() - interval '2 minutes' where uuid = $1`, [ward.uuid]);
    await until('it is looked at', async () => (await job(ward))?.state === 'ended', 60_000);
    expect(central.fieldsOf(ward)).toMatchObject({ name: 'Ward', locationtag: tag });
  });

  it('is told what holds up the record that it waits for, and goes on once that one has landed', async () => {
    const hospital = aLocation();
    kisumu.edit(hospital, { name: 'Refused' });
    central.beforeWrite = async () => {
      throw new RefusedError('refused', 'central refuses writing location (400)', { site: 'central', status: 400 });
    };
    const ward = aWardThatNeeds('location', hospital.uuid);
    await look('kisumu', ward);
    expect(await job(hospital)).toMatchObject({ state: 'parked', reason: 'refused' });
    expect(await job(ward)).toMatchObject({ state: 'waiting', details: { blockedBy: 'parked: refused' } });
    central.beforeWrite = async () => undefined;
    kisumu.edit(hospital, { name: 'Mended' });
    await look('kisumu', hospital);
    expect([await job(hospital), await job(ward)]).toMatchObject([{ state: 'ended' }, { state: 'ended' }]);
    expect(central.fieldsOf(ward)).toMatchObject({ location: hospital.uuid });
  });
});
