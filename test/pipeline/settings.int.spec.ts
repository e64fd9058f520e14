import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import { ContractError, type RecordRef } from '@sync-hub/contracts';
import { until } from '@sync-hub/messaging/testing';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const SETTINGS: Readonly<Record<string, string[]>> = { kisumu: ['clinic.strange', 'clinic.greeting'], siaya: ['clinic.motto'] };
const naming = (): Configuration => {
  const configuration = twoChildren();
  const links = configuration.links.map((link) => ({
    ...link,
    classes: { ...link.classes, systemsetting: { pull: true, push: false } },
    settings: SETTINGS[link.id] ?? [],
  }));
  return { ...configuration, links };
};

let pipeline: Pipeline;
const [greeting, motto, other, strange] = [1, 2, 3, 4].map((): RecordRef => ({ aggregate: 'systemsetting', uuid: randomUUID() })) as [
  RecordRef,
  RecordRef,
  RecordRef,
  RecordRef,
];
const at = (site: string) => pipeline.sites.site(site);
beforeAll(async () => {
  pipeline = await pipelineOn(STAGE_SERVICES, { configuration: naming(), times: { readCohortsSeconds: 1 } });
  at('central').edit(greeting, { property: 'clinic.greeting', value: 'Karibu', description: null });
  at('central').edit(motto, { property: 'clinic.motto', value: 'Afya', description: null });
  at('central').edit(other, { property: 'clinic.other', value: 'x', description: null });
}, 60_000);
afterAll(() => pipeline.stop());

it('settings go where a link names them, though nothing tells of them, and again when they change', async () => {
  await until('each is where it belongs', () => at('kisumu').records.size === 1 && at('siaya').records.size === 1, 30_000);
  expect([at('kisumu').fieldsOf(greeting)['value'], at('siaya').fieldsOf(motto)['value']]).toEqual(['Karibu', 'Afya']);
  at('central').edit(greeting, { value: 'Welcome' });
  await until('it has changed', () => at('kisumu').fieldsOf(greeting)['value'] === 'Welcome', 30_000);
  await pipeline.look('central', other, greeting, motto);
  await pipeline.atRest();
  expect([at('kisumu').records.size, at('siaya').records.size]).toEqual([1, 1]);
  expect(await pipeline.open()).toEqual([]);
});

it('a setting that cannot be read is held, and keeps no other from its way', async () => {
  const site = at('central');
  const read = site.read.bind(site);
  jest.spyOn(site, 'read').mockImplementation(async (record, options) => {
    if (record.uuid === strange.uuid) throw new ContractError('value is an object', { site: 'central' });
    return read(record, options);
  });
  site.edit(strange, { property: 'clinic.strange', value: '{}', description: null });
  site.edit(greeting, { value: 'Habari' });
  await until('the other one has changed', () => at('kisumu').fieldsOf(greeting)['value'] === 'Habari', 30_000);
  await until(
    'it is held, with why',
    async () => (await pipeline.query(`select 1 from change where uuid = $1 and reason = 'broken'`, [strange.uuid])).length === 1,
    30_000,
  );
});
