import { describe, expect, it } from '@jest/globals';
import { admissionDigest, writingDigest } from './admission-digest.js';
import { NO_PLUGINS } from './plugins.js';
import type { LinkConfiguration } from './schema.js';
import { aConfiguration, aLink, aSite } from './testing/index.js';

const both = { pull: true, push: true };
const link = aLink('kisumu', { classes: { patient: both, location: { pull: true, push: false } }, catchment: { rule: 'everyone' } });
const digests = (one: LinkConfiguration) => [admissionDigest(one, 'pull', NO_PLUGINS), admissionDigest(one, 'push', NO_PLUGINS)];

describe('the version of the rules of a route', () => {
  it.each<[string, Partial<LinkConfiguration>, boolean, boolean]>([
    ['the order of its classes', { classes: { location: { pull: true, push: false }, patient: both } }, false, false],
    ['whether it is live', { mode: 'observe' }, false, false],
    ['its catchment', { catchment: { rule: 'not', of: { rule: 'everyone' } } }, true, false],
    ['a class on pull', { classes: { patient: both } }, true, false],
    ['a class on push', { classes: { patient: both, location: both } }, false, true],
    ['another child', { child: 'siaya' }, true, true],
    ['another parent', { parent: 'siaya' }, true, true],
  ])('by %s', (_what, changes, onPull, onPush) => {
    const [before, after] = [digests(link), digests({ ...link, ...changes })];
    expect(after.map((digest, index) => digest !== before[index])).toEqual([onPull, onPush]);
  });
});

describe('the version of what the writes of a link go by', () => {
  const digest = (changes: Partial<LinkConfiguration>, readOnly = false) =>
    writingDigest(aConfiguration({ instance: { id: 'hub', readOnly } }), { ...link, ...changes }, NO_PLUGINS);

  it('is another one where something is admitted or written that was not, or no longer', () => {
    const versions = [
      digest({}),
      digest({ mode: 'observe' }),
      digest({}, true),
      digest({ classes: { patient: both } }),
      digest({ catchment: { rule: 'any', of: [] } }),
      digest({ mappings: { form: { theirs: 'ours' } } }),
    ];
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('is another one where what a link above it maps is', () => {
    const below = aLink('clinic', { parent: 'kisumu' });
    const version = (changes: Partial<LinkConfiguration>) =>
      writingDigest(
        aConfiguration({ sites: ['central', 'kisumu', 'clinic'].map((id) => aSite(id)), links: [below, { ...link, ...changes }] }),
        below,
        NO_PLUGINS,
      );
    expect(version({ mappings: { form: { theirs: 'ours' } } })).not.toBe(version({}));
    expect(version({ mappings: {} })).toBe(version({}));
  });

  it('is the same whatever else is said of the link', () => {
    expect(digest({ brake: { voidsPerHour: 1, percentOfCategory: 1 }, client: 'rest' })).toBe(digest({}));
  });
});
