import { describe, expect, it } from '@jest/globals';
import { MESSAGES } from '@sync-hub/contracts';
import { RECORD_WORDS } from '../../records/words.js';
import { textsOf } from '../../testing/texts-of.js';
import { AUDIT_WORDS } from './index.js';

const GIVEN = [3, 7, 'here'];

describe('the words of the audit', () => {
  it('are there for every message that it may have', () => {
    const said = { ...RECORD_WORDS.en.said, ...AUDIT_WORDS.en.said };
    expect(Object.keys(said).sort()).toEqual(MESSAGES.map(({ name }) => name.replace(/\.v\d+$/, '')).sort());
  });

  it.each(['fr', 'es'] as const)('are all there in %s, and in that language', (language) => {
    const [english, other] = [textsOf(AUDIT_WORDS.en, GIVEN), textsOf(AUDIT_WORDS[language], GIVEN)];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(english.length).toBeGreaterThan(80);
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
  });

  it('count in the reader’s way, one and many', () => {
    expect([AUDIT_WORDS.en.verified(1, 1), AUDIT_WORDS.en.verified(3, 12345)]).toEqual([
      'Verified: 1 day, 1 row, all as they were sealed.',
      'Verified: 3 days, 12,345 rows, all as they were sealed.',
    ]);
  });
});
