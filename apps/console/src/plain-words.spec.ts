import { describe, expect, it } from '@jest/globals';
import { countText, durationText, listText, tookText, Words } from './plain-words.js';

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');
const now = new Date('2026-11-24T07:42:07Z');
const words = new Words(now, 'Africa/Nairobi', new Map([['kisumu', 'Kisumu clinic']]));
const at = (iso: string): Date => new Date(iso);

describe('plain words', () => {
  it.each([
    [-5, '0 s'],
    [0.9, '0 s'],
    [59.9, '59 s'],
    [60, '1 min'],
    [3_599, '59 min'],
    [3_600, '1 h'],
    [7_500, '2 h 5 min'],
    [172_799, '47 h 59 min'],
    [172_800, '2 days'],
  ])('tell %d seconds as %s', (seconds, text) => expect(spaced(durationText(seconds))).toBe(text));

  it('tell how long a job took to a tenth', () => {
    expect([0.04, 0.62, 9.94, 10, 75].map((seconds) => spaced(tookText(seconds)))).toEqual(['0.0 s', '0.6 s', '9.9 s', '10 s', '1 min']);
  });

  it('give every number its unit', () => {
    expect([countText(1, 'job'), countText(0, 'job'), countText(1_318, 'job'), countText(2, 'entry', 'entries')].map(spaced)).toEqual([
      '1 job',
      '0 jobs',
      '1,318 jobs',
      '2 entries',
    ]);
  });

  it('join what belongs together', () => {
    expect([listText([]), listText(['a']), listText(['a', 'b']), listText(['a', 'b', 'c'])]).toEqual(['', 'a', 'a and b', 'a, b and c']);
  });

  it('tell times in the zone of the reader, with the day where it is another', () => {
    expect(words.clock(at('2026-11-24T00:08:00Z'))).toBe('03:08');
    expect(words.clock(at('2026-11-23T20:59:00Z'))).toBe('23 Nov 23:59');
    expect(words.clock(at('2026-11-23T21:00:00Z'))).toBe('00:00');
    expect(words.moment(now)).toBe('10:42:07 (Africa/Nairobi)');
    expect(spaced(words.since(at('2026-11-24T07:37:07Z')))).toBe('since 10:37 (5 min)');
  });

  it('call a site by its title, or by its id where it has none', () => {
    expect([words.siteName('kisumu'), words.siteName('siaya')]).toEqual(['Kisumu clinic', 'siaya']);
  });
});
