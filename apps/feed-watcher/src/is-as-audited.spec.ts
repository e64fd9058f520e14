import { describe, expect, it } from '@jest/globals';
import type { AgreedSide, Presence } from '@sync-hub/merge';
import { isAsAudited, presenceAlone } from './is-as-audited.js';

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
    expect(isAsAudited(presenceAlone(found), [link('present', agreed)])).toBe(expected);
    expect(isAsAudited(presenceAlone(found), [link(agreed, 'present', 'parent')])).toBe(expected);
  });

  it('must be as agreed on every link that agreed on it', () => {
    expect(isAsAudited(presenceAlone('voided'), [link('present', 'voided'), link('present', 'present', 'parent')])).toBe(false);
    expect(isAsAudited(presenceAlone('voided'), [link('present', 'voided'), { side: 'parent', agreement: null }])).toBe(true);
    expect(isAsAudited(presenceAlone('voided'), [])).toBe(true);
  });

  it('that was read whole must hold what was agreed', () => {
    const whole = (gender: string) => ({ presence: 'present' as const, fields: { gender }, covers: ['gender'], stamp: '' });
    expect([isAsAudited(whole('F'), [link('present', 'present')]), isAsAudited(whole('M'), [link('present', 'present')])]).toEqual([true, false]);
  });
});
