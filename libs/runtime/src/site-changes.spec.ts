import { describe, expect, it } from '@jest/globals';
import type { SiteFacts } from '@sync-hub/openmrs';
import fc from 'fast-check';
import { siteChanges } from './site-changes.js';
import { MODERN_SITE } from './testing/memory-record.js';

const NOW: SiteFacts = { ...MODERN_SITE, privileges: ['Get Patients'] };

describe('what a site says otherwise than before', () => {
  it.each<[string, Partial<SiteFacts>, unknown[]]>([
    ['an upgraded module', { rest: '2.20.0' }, [{ what: 'webservices.rest', before: '2.20.0', now: '3.4.0' }]],
    ['a module that was not told', { atomfeed: null }, [{ what: 'feed module', before: 'not told', now: '1.0.13' }]],
    [
      'a smaller page',
      { pages: { usual: 200, most: 500, from: 'settings' } },
      [{ what: 'results a page', before: '200, at most 500', now: '50, at most 100' }],
    ],
    [
      'other characters',
      { charset: { declared: 'utf-8', prolog: null, holds: false } },
      [{ what: 'characters', before: 'utf-8, and its bytes are not', now: 'utf-8' }],
    ],
    ['a clock that was put right', { clockSkewMs: -61_000 }, [{ what: 'clock', before: 'behind', now: 'right' }]],
    ['a clock that is seconds off', { clockSkewMs: 30_000 }, []],
    ['a privilege that was granted', { privileges: [] }, [{ what: 'privilege Get Patients', before: 'missing', now: 'there' }]],
    ['one that was taken away', { privileges: ['Get Patients', 'Get Visits'] }, [{ what: 'privilege Get Visits', before: 'there', now: 'missing' }]],
    ['an account that might everything', { privileges: null }, [{ what: 'our account may', before: 'everything', now: 'what 1 privilege allows' }]],
  ])('is told of %s', (_, before, changes) => {
    expect(siteChanges({ ...NOW, ...before }, NOW)).toEqual(changes);
  });

  it('is nothing where an earlier release of ours did not ask', () => {
    const { pages: _pages, charset: _charset, privileges: _privileges, ...earlier } = NOW;
    expect(siteChanges(earlier, NOW)).toEqual([]);
  });

  it('is nothing where it says the same, whatever that is', () => {
    const text = fc.option(fc.constantFrom('2.20.0', '3.4.0'), { nil: null });
    fc.assert(
      fc.property(text, text, fc.integer({ min: -10_000_000, max: 10_000_000 }), (platform, rest, clockSkewMs) => {
        const site = { ...NOW, platform, rest, clockSkewMs };
        expect(siteChanges(site, { ...site })).toEqual([]);
      }),
    );
  });
});
