import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { Reference } from '@sync-hub/categories';
import type { RecordRef } from '@sync-hub/contracts';
import { type MemorySite, type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(180_000);

const ENCOUNTERS = 60;

describe('a patient with many encounters', () => {
  let pipeline: Pipeline;
  let central: MemorySite;
  let kisumu: MemorySite;
  beforeAll(async () => {
    const configuration = twoChildren();
    const both = { pull: true, push: true };
    const classes = { location: both, person: both, patient: both, visit: both, encounter: both, observation: both };
    pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links: configuration.links.map((link) => ({ ...link, classes })) } });
    central = pipeline.sites.site('central');
    kisumu = pipeline.sites.site('kisumu');
  }, 60_000);
  afterAll(() => pipeline.stop());

  const refer = (path: string, { aggregate, uuid }: RecordRef): Reference => ({ path, resource: path, uuid, aggregate });

  it('has them written one after the other, none at the same time as another and next to none handed back for it', async () => {
    const patient: RecordRef = { aggregate: 'person', uuid: randomUUID() };
    const visit: RecordRef = { aggregate: 'visit', uuid: randomUUID() };
    kisumu.edit(patient, { gender: 'F' });
    kisumu.edit(visit, { patient: patient.uuid, startDatetime: '2026-05-01T08:00:00Z' }, 'present', [refer('patient', patient)]);
    const encounters = Array.from({ length: ENCOUNTERS }, (): RecordRef => ({ aggregate: 'encounter', uuid: randomUUID() }));
    for (const encounter of encounters) {
      kisumu.edit(encounter, { patient: patient.uuid, visit: visit.uuid }, 'present', [refer('patient', patient), refer('visit', visit)]);
    }
    await pipeline.look('kisumu', visit);
    await pipeline.atRest(60_000);
    const before = pipeline.handled('push', 'handed-back');
    let [underWay, most] = [0, 0];
    central.beforeWrite = async () => {
      underWay += 1;
      most = Math.max(most, underWay);
    };
    central.afterWrite = async () => {
      underWay -= 1;
    };
    await pipeline.look('kisumu', ...encounters);
    await pipeline.atRest(150_000);
    const handedBack = pipeline.handled('push', 'handed-back') - before;
    process.stdout.write(`${ENCOUNTERS} encounters of one patient: ${handedBack} times handed back, at most ${most} written at once\n`);
    expect(encounters.filter(({ uuid }) => !central.records.has(`encounter/${uuid}`))).toEqual([]);
    expect(await pipeline.open()).toEqual([]);
    expect(most).toBe(1);
    expect(handedBack).toBeLessThan(ENCOUNTERS / 4);
  });
});
