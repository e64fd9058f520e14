import { describe, expect, it } from '@jest/globals';
import { CANNOT_SAVE, CONFIGURATION_CONSEQUENCES, CONFIGURATION_ORIGINS } from '@sync-hub/contracts';
import { textsOf } from '../../testing/texts-of.js';
import { CONFIGURATION_WORDS } from './index.js';

const GIVEN = [3, 7];

describe('the words of the configuration', () => {
  it('are there for whatever follows, wherever a version came from, and why it cannot be saved', () => {
    const { en } = CONFIGURATION_WORDS;
    expect(Object.keys(en.consequences)).toEqual([...CONFIGURATION_CONSEQUENCES]);
    expect([...Object.keys(en.origins), 'roll-back'].sort()).toEqual([...CONFIGURATION_ORIGINS].sort());
    expect(Object.keys(en.cannotSave)).toEqual([...CANNOT_SAVE]);
  });

  it.each(['fr', 'es'] as const)('are all there in %s, and in that language', (language) => {
    const [english, other] = [textsOf(CONFIGURATION_WORDS.en, GIVEN), textsOf(CONFIGURATION_WORDS[language], GIVEN)];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(english.length).toBeGreaterThan(100);
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
