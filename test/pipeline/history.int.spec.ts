import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { ContractError, type RecordRef, recordKey, type Uuid } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

let pipeline: Pipeline;
const at = (site: string) => pipeline.sites.site(site);
beforeAll(async () => {
  const configuration = twoChildren();
  const links = configuration.links.map((link) => ({ ...link, classes: { ...link.classes, visit: { pull: true, push: true } } }));
  pipeline = await pipelineOn(STAGE_SERVICES, { configuration: { ...configuration, links } });
}, 60_000);
afterAll(() => pipeline.stop());

it('a patient whose history cannot be listed keeps nobody else’s from coming', async () => {
  const patients = [1, 2, 3].map((): RecordRef => ({ aggregate: 'person', uuid: randomUUID() }));
  const visits = new Map(patients.map(({ uuid }) => [uuid, { aggregate: 'visit', uuid: randomUUID() } as RecordRef]));
  for (const [patient, visit] of visits)
    at('central').edit(visit, { patient }, 'present', [{ path: 'patient', resource: 'patient', uuid: patient, aggregate: 'person' }]);
  /** Whoever is asked for first. */
  let strange: Uuid | null = null;
  jest.spyOn(at('central'), 'historyOf').mockImplementation(async (patient) => {
    strange ??= patient;
    if (patient === strange) throw new ContractError('visits are no list', { site: 'central' });
    return [visits.get(patient)!];
  });
  for (const patient of patients) at('central').edit(patient, { isPatient: true, gender: 'F' });
  await pipeline.look('central', ...patients);
  const come = () => patients.filter(({ uuid }) => at('kisumu').records.has(recordKey(visits.get(uuid)!))).map(({ uuid }) => uuid);
  await until('the history of the others is there', () => come().length === 2, 40_000);
  expect(come()).not.toContain(strange);

  const failing = async () => (await pipeline.hub.repositories.overview.read()).failing;
  await until('both links have failed at it', async () => (await failing()).length === 2);
  expect(await failing()).toMatchObject(['kisumu', 'siaya'].map((place) => ({ work: 'list-history', place, uuid: strange, code: 'contract', times: 1 })));
  jest.spyOn(at('central'), 'historyOf').mockImplementation(async (patient) => [visits.get(patient)!]);
  await pipeline.query(`update membership set listing_until = null`);
  await until('the last of them has come', () => come().length === 3, 40_000);
  // What one link has listed may have come to the other, which is at it still.
  await until('nothing fails any more', async () => (await failing()).length === 0, 40_000);
});
