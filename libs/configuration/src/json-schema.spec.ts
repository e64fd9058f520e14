import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { z } from 'zod';
import { configurationJsonSchema } from './json-schema.js';

describe('the JSON Schema of the configuration', () => {
  const schema = z.fromJSONSchema(configurationJsonSchema() as Parameters<typeof z.fromJSONSchema>[0]);

  it.each(['sync-hub.yml', 'simulators.yml'])('takes the example %s', async (name) => {
    const example: unknown = parse(await readFile(`docs/examples/${name}`, 'utf8'));
    expect(schema.safeParse(example)).toMatchObject({ success: true });
  });

  it('refuses a key that is none, a value of the wrong type and a missing one, and takes rules within rules', () => {
    const whole = { instance: { id: 'hub' }, sites: [site], links: [link] };
    const takes = (value: unknown): boolean => schema.safeParse(value).success;
    expect(takes(whole)).toBe(true);
    expect(takes({ ...whole, sites: [{ ...site, feed: { startAt: 'beginning', poll: 3 } }] })).toBe(false);
    expect(takes({ ...whole, sites: [{ ...site, maxInFlight: 'many' }] })).toBe(false);
    expect(takes({ ...whole, sites: [{ ...site, feed: {} }] })).toBe(false);
    expect(takes({ ...whole, links: [{ ...link, catchment: { rule: 'not', of: { rule: 'all', of: [{ rule: 'everyone' }] } } }] })).toBe(true);
    expect(takes({ ...whole, links: [{ ...link, catchment: { rule: 'not', of: { rule: 'all', of: [{ rule: 'nobody' }] } } }] })).toBe(false);
  });

  it('says of each place what may stand there, in the words of our own messages', () => {
    expect(JSON.stringify(configurationJsonSchema())).toContain('a whole number from 1 to 256 (requests at once)');
  });
});

const login = { username: { env: 'NAME' }, password: { file: '/run/secrets/password' } };
const site = { id: 'central', baseUrl: 'https://central.example.org/openmrs', login, client: 'rest', feed: { startAt: 'beginning' } };
const link = { id: 'central-kisumu', parent: 'central', child: 'kisumu', runsAt: 'hub', classes: {}, catchment: { rule: 'everyone' } };
