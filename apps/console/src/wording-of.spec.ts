import { expect, it } from '@jest/globals';
import { parseConfiguration } from '@sync-hub/configuration';
import { wordingOf } from './wording-of.js';

it('names sites by the titles of the configuration, and leaves out those that have none', () => {
  const site = {
    baseUrl: 'http://127.0.0.1:9/openmrs',
    client: 'rest',
    feed: { startAt: 'now' },
    login: { username: { env: 'USER' }, password: { env: 'PASSWORD' } },
  };
  const sites = [
    { ...site, id: 'kisumu', title: 'Kisumu clinic' },
    { ...site, id: 'siaya', baseUrl: `${site.baseUrl}-2` },
  ];
  const { titles } = wordingOf(parseConfiguration({ instance: { id: 'hub' }, sites, links: [] }));
  expect([...titles]).toEqual([['kisumu', 'Kisumu clinic']]);
});
