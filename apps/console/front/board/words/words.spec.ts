import { describe, expect, it } from '@jest/globals';
import { FRESHNESS_STATES, ROUTE_STANDINGS, STALEST_OF } from '@sync-hub/contracts';
import { textsOf } from '../../testing/texts-of.js';
import { BOARD_WORDS } from './index.js';

const GIVEN = [3, 7, 9];

describe('the words of the board', () => {
  it('are there for whatever it may say', () => {
    const { en } = BOARD_WORDS;
    expect(Object.keys(en.states)).toEqual([...FRESHNESS_STATES]);
    expect(Object.keys(en.standings)).toEqual([...ROUTE_STANDINGS]);
    expect(Object.keys(en.because)).toEqual([...STALEST_OF]);
  });

  it.each(['fr', 'es'] as const)('are all there in %s, and in that language', (language) => {
    const [english, other] = [textsOf(BOARD_WORDS.en, GIVEN), textsOf(BOARD_WORDS[language], GIVEN)];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(english.length).toBeGreaterThan(80);
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
