import { describe, expect, it } from '@jest/globals';
import { CHANGE_ENDS, DRY_ENDS, HELD_STATES, MANUAL_RUN_STATES, OUTCOMES } from '@sync-hub/contracts';
import { textsOf } from '../../testing/texts-of.js';
import { RUN_WORDS } from './index.js';

const GIVEN = [3, 7];

describe('the words of runs by hand', () => {
  it('are there for every state, and for whatever may become of a record', () => {
    const { en } = RUN_WORDS;
    expect(Object.keys(en.states)).toEqual([...MANUAL_RUN_STATES]);
    // A look that is mapped ends in a job, or is not admitted.
    const ends = [...OUTCOMES, ...HELD_STATES, ...CHANGE_ENDS.filter((end) => end !== 'mapped'), ...DRY_ENDS];
    expect(ends.filter((end) => en.ends[end] === undefined)).toEqual([]);
    expect(Object.keys(en.ends).filter((end) => !(ends as readonly string[]).includes(end))).toEqual([]);
  });

  it.each(['fr', 'es'] as const)('are all there in %s, and in that language', (language) => {
    const [english, other] = [textsOf(RUN_WORDS.en, GIVEN), textsOf(RUN_WORDS[language], GIVEN)];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(english.length).toBeGreaterThan(45);
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
