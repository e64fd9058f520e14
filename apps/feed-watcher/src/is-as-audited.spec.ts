import { describe, expect, it } from '@jest/globals';
import type { AgreedSide, Presence } from '@sync-hub/merge';
import { isAsAudited } from './is-as-audited.js';

const agreedSide = (presence: Presence): AgreedSide => ({ presence, fields: { gender: 'F' }, covers: [] });
const link = (parent: Presence, child: Presence, side: 'parent' | 'child' = 'child') => ({
  side,
  agreement: { revision: 1, parent: agreedSide(parent), child: agreedSide(child) },
});

describe('a record that is asked for', () => {
  it.each<[Presence, Presence, boolean]>([
    ['present', 'present', true],
    ['present', 'voided', false],
    ['present', 'absent', false],
    ['voided', 'present', false],
    ['voided', 'voided', true],
    ['voided', 'absent', true],
    ['gone', 'absent', true],
    ['gone', 'present', false],
    ['absent', 'absent', true],
    ['absent', 'present', false],
  ])('agreed on as %s and found %s is as agreed: %s', (agreed, found, expected) => {
    expect(isAsAudited(found, [link('present', agreed)])).toBe(expected);
    expect(isAsAudited(found, [link(agreed, 'present', 'parent')])).toBe(expected);
  });

  it('must be as agreed on every link that agreed on it', () => {
    expect(isAsAudited('voided', [link('present', 'voided'), link('present', 'present', 'parent')])).toBe(false);
    expect(isAsAudited('voided', [link('present', 'voided'), { side: 'parent', agreement: null }])).toBe(true);
    expect(isAsAudited('voided', [])).toBe(true);
  });
});
