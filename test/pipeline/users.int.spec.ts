import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { Configuration } from '@sync-hub/configuration';
import type { RecordRef } from '@sync-hub/contracts';
import { type Pipeline, pipelineOn, twoChildren } from '@sync-hub/runtime/testing';
import { STAGE_SERVICES } from './services.js';

jest.setTimeout(60_000);

const withUsers = (): Configuration => {
  const configuration = twoChildren();
  return { ...configuration, links: configuration.links.map((link) => ({ ...link, classes: { ...link.classes, user: { pull: true, push: false } } })) };
};

let pipeline: Pipeline;
beforeAll(async () => {
  pipeline = await pipelineOn(STAGE_SERVICES, { configuration: withUsers() });
}, 60_000);
afterAll(() => pipeline.stop());

it('an account is changed where it is, made nowhere, and nobody is bothered about it', async () => {
  const clerk: RecordRef = { aggregate: 'user', uuid: randomUUID() };
  const at = (site: string) => pipeline.sites.site(site);
  for (const site of ['central', 'kisumu']) at(site).edit(clerk, { username: 'clerk' });
  await pipeline.look('central', clerk);
  await pipeline.atRest();
  at('central').edit(clerk, { username: 'head-clerk' });
  await pipeline.look('central', clerk);
  await pipeline.atRest();
  expect(at('kisumu').fieldsOf(clerk)['username']).toBe('head-clerk');
  expect(at('siaya').records.size).toBe(0);
  expect(await pipeline.open()).toEqual([]);
  const ended = await pipeline.query<{ link: string; outcome: string }>(`select link, outcome from job where uuid = $1 and link = 'siaya'`, [clerk.uuid]);
  expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(new Set(['filtered']));
});
