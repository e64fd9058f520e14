import { describe, expect, it } from '@jest/globals';
import { departureLines } from './departure-lines.js';
import { secondsOf } from './follow-command.js';

describe('for how long a patient is followed', () => {
  it.each<[string, number]>([
    ['12h', 43_200],
    ['30d', 2_592_000],
    ['366d', 31_622_400],
  ])('is %s: %d seconds', (text, seconds) => {
    expect(secondsOf(text)).toBe(seconds);
  });

  it.each([undefined, '', '30', 'd', '0d', '-3d', '3w', '1.5d', '367d', '99999d', '3d '])('is asked where it says %s', (text) => {
    expect(() => secondsOf(text)).toThrow('--for 30d');
  });
});

describe('who has left', () => {
  it('is told by counts alone', () => {
    expect(
      departureLines([
        { link: 'kisumu', state: 'retired', reason: null, patients: 3 },
        { link: 'kisumu', state: 'returning', reason: 'unsupported', patients: 1 },
      ]),
    ).toEqual(['Leaving kisumu: 3 retired', 'Leaving kisumu: 1 returning, waiting (unsupported)']);
  });
});
