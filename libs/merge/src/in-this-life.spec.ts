import { describe, expect, it } from '@jest/globals';
import { inThisLife } from './in-this-life.js';
import { merge } from './merge.js';
import type { Agreement, Version } from './version.js';

const held = (name: string, presence: Version['presence'] = 'present'): Version => ({
  presence,
  fields: presence === 'present' ? { name } : {},
  covers: presence === 'present' ? ['name'] : [],
  stamp: name,
});
const side = (name: string) => ({ presence: 'present' as const, fields: { name }, covers: ['name'] });
const NEW: Agreement = { revision: 7, parent: side('new'), child: side('new') };
const judge = (version: Version, isEarlier = false) => inThisLife({ agreement: NEW, side: 'child', version, isEarlier });
const flows = (version: Version, isEarlier: boolean) =>
  merge({ agreement: judge(version, isEarlier), source: held('new'), target: version, sourceIs: 'parent', decisions: [] });

describe('an end that began another life', () => {
  it('and holds what was agreed changes nothing', () => {
    expect(judge(held('new'))).toBe(NEW);
  });

  it('and holds what was agreed earlier was rolled back: the other end wins', () => {
    const merged = flows(held('old'), true);
    expect(merged.reason).toBeNull();
    expect(merged.toTarget.get('name')).toBe('new');
    expect(merged.toSource.size).toBe(0);
  });

  it('and holds what fits nowhere is asked about, and overwrites nothing', () => {
    expect(flows(held('typed on old content'), false)).toMatchObject({ reason: 'first-contact', conflicts: ['name'] });
  });

  it('and lacks the record has lost it, not deleted it: it is created there again', () => {
    const merged = flows(held('', 'absent'), false);
    expect(merged).toMatchObject({ reason: null, presence: 'to-target', presenceValue: 'present' });
  });

  it('without this rule, old content would overwrite new content, and a lost record would be a conflict', () => {
    const without = (version: Version) => merge({ agreement: NEW, source: held('new'), target: version, sourceIs: 'parent', decisions: [] });
    expect(without(held('old')).toSource.get('name')).toBe('old');
    expect(without(held('', 'absent')).reason).toBe('absent-with-agreement');
  });
});
