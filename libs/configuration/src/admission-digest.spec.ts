import { describe, expect, it } from '@jest/globals';
import { admissionDigest } from './admission-digest.js';
import type { LinkConfiguration } from './schema.js';
import { aLink } from './testing/index.js';

const both = { pull: true, push: true };
const link = aLink('kisumu', { classes: { patient: both, location: { pull: true, push: false } }, catchment: { rule: 'everyone' } });
const digests = (one: LinkConfiguration) => [admissionDigest(one, 'pull'), admissionDigest(one, 'push')];

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
