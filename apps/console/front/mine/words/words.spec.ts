import { describe, expect, it } from '@jest/globals';
import { OWN_PAUSES } from '@sync-hub/contracts';
import { textsOf } from '../../testing/texts-of.js';
import { completenessCsv } from '../completeness-csv.js';
import { OWN_WORDS } from './index.js';

const GIVEN = [3, 'kisumu', 'then'];

describe('the words of what has not arrived', () => {
  it('are there for every pause', () => {
    expect(Object.keys(OWN_WORDS.en.pauses).sort()).toEqual([...OWN_PAUSES].sort());
  });

  it.each(['fr', 'es'] as const)('are all there in %s, and in that language', (language) => {
    const [english, other] = [textsOf(OWN_WORDS.en, GIVEN), textsOf(OWN_WORDS[language], GIVEN)];
    expect(other.map(([at]) => at)).toEqual(english.map(([at]) => at));
    expect(english.length).toBeGreaterThan(45);
    // What Spanish and French call the same.
    expect(other.filter(([, text], index) => text === english[index]?.[1])).toEqual([]);
    expect(other.filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('are none in the file, which another program reads', () => {
    const row = { link: 'l', other: 'central', category: 'visit', month: null, here: 3, there: 2, both: 2 } as const;
    const told = completenessCsv({ site: 'kisumu', countedAt: '2026-11-30T10:00:00.000Z', rows: [row], unread: 0, sealed: 0 });
    expect(told).toBe('site,other,link,kind,month,here,there,both,counted_at\r\nkisumu,central,l,visit,all,3,2,2,2026-11-30T10:00:00.000Z\r\n');
  });
});
