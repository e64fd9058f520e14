import { describe, expect, it } from '@jest/globals';
import { DEPARTURE_STATES } from '@sync-hub/persistence';
import { textsOf } from '../../testing/texts-of.js';
import { PATIENT_WORDS } from './index.js';

const GIVEN = [3, 7];

describe('the words of the page of patients', () => {
  it('are there for every way in which somebody who left stands', () => {
    expect(Object.keys(PATIENT_WORDS.en.states)).toEqual([...DEPARTURE_STATES]);
  });

  it.each(['fr', 'es'] as const)('are all there in %s, and in that language', (language) => {
    const [english, other] = [textsOf(PATIENT_WORDS.en, GIVEN), textsOf(PATIENT_WORDS[language], GIVEN)];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(english.length).toBeGreaterThan(45);
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
  });
});
