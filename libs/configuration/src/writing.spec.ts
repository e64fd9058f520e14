import { describe, expect, it } from '@jest/globals';
import { parseConfiguration } from './load-configuration.js';
import { aLink, aSite } from './testing/configuration.builder.js';
import { writingOn } from './writing.js';

const on = (mode: 'observe' | 'live', readOnly: boolean) => writingOn({ instance: { id: 'hub', readOnly } }, { mode });

describe('a link', () => {
  it('writes only where it is live and its instance is not read-only', () => {
    expect([on('live', false), on('live', true), on('observe', false), on('observe', true)]).toEqual(['live', 'read-only', 'observe', 'observe']);
  });

  it('observes until somebody says that it is live', () => {
    const { mode: _, ...link } = aLink('kisumu');
    const configuration = parseConfiguration({ instance: { id: 'hub' }, sites: [aSite('central'), aSite('kisumu')], links: [link] });
    expect(configuration.links.map((one) => writingOn(configuration, one))).toEqual(['observe']);
  });

  it('is refused where its mode is another word', () => {
    expect(() =>
      parseConfiguration({ instance: { id: 'hub' }, sites: [aSite('central'), aSite('kisumu')], links: [{ ...aLink('kisumu'), mode: 'lvie' }] }),
    ).toThrow(/mode/);
  });
});
