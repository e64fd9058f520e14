import { describe, expect, it } from '@jest/globals';
import { configurationDigest } from './configuration-digest.js';
import { parseConfiguration } from './load-configuration.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

const digest = configurationDigest(aConfiguration());
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed).reverse();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, held]) => [key, reversed(held)]),
  );
};

describe('the version of a configuration', () => {
  it('is the same in whatever order the file is written', () => {
    expect(configurationDigest(parseConfiguration(reversed(aConfiguration())))).toBe(digest);
  });

  it('is the same whether a default is named or not', () => {
    const { maxInFlight: _, longestRequestSeconds: __, ...central } = aSite('central');
    expect(configurationDigest(parseConfiguration({ ...aConfiguration(), sites: [central, aSite('kisumu'), aSite('siaya')] }))).toBe(digest);
  });

  it.each([
    ['a switch', { links: [aLink('kisumu', { classes: {} }), aLink('siaya')] }],
    ['a catchment', { links: [aLink('kisumu', { catchment: { rule: 'address', field: 'country', isOneOf: ['Kenya'] } }), aLink('siaya')] }],
    ['an instance', { links: [aLink('kisumu'), aLink('siaya', { runsAt: 'other' })] }],
    ['the read-only switch', { instance: { id: 'hub', readOnly: true } }],
    ['a site', { sites: [aSite('central'), aSite('kisumu'), aSite('siaya', { maxInFlight: 5 })] }],
  ] as const)('is another one after a change of %s', (_what, changes) => {
    expect(configurationDigest(aConfiguration(structuredClone(changes) as never))).not.toBe(digest);
  });
});
