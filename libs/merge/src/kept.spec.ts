import { describe, expect, it } from '@jest/globals';
import { PRESENCE } from './held.js';
import { keptNames } from './kept.js';
import { merge } from './merge.js';
import { ABSENT, agreementOf, VOIDED, versionOf } from './testing/index.js';
import type { Version } from './version.js';

const kept = (source: Version, targetBefore: Version, targetAfter: Version, wrote: readonly string[]): string[] =>
  keptNames({
    merged: merge({ agreement: agreementOf({ f: 'a', 'l[x]': true }), source, target: targetBefore, sourceIs: 'parent', decisions: [] }),
    targetBefore,
    targetAfter,
    wrote,
  });
const before = versionOf({ f: 'a', 'l[x]': true });

describe('what a read-back shows that a site keeps', () => {
  it('is each field that is read back as it was written, filled or emptied, without the keys of its items', () => {
    const source = versionOf({ f: null, 'l[y]': true, 'l[y].note': 'n', 'l[z]': true });
    expect(kept(source, before, source, ['f', 'l[x]', 'l[y]', 'l[y].note', 'l[z]'])).toEqual(['f emptied', 'l', 'l emptied', 'l.note']);
  });

  it('is not what is read back as anything else', () => {
    expect(kept(versionOf({ f: 'b', 'l[y]': true }), before, versionOf({ f: 'B', 'l[x]': true }), ['f', 'l[y]', 'l[x]'])).toEqual([]);
  });

  it('is that it voids and restores, where it did; not that it can restore what was created', () => {
    expect(kept(VOIDED, before, VOIDED, [PRESENCE])).toEqual(['presence voided']);
    expect(kept(VOIDED, before, before, [PRESENCE])).toEqual([]);
    expect(
      keptNames({
        merged: merge({ agreement: null, source: versionOf({ f: 'a' }), target: ABSENT, sourceIs: 'parent', decisions: [] }),
        targetBefore: ABSENT,
        targetAfter: versionOf({ f: 'a' }),
        wrote: [PRESENCE, 'f'],
      }),
    ).toEqual(['f']);
  });
});
