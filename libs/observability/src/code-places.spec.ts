import { describe, expect, it } from '@jest/globals';
import { BugError } from '@sync-hub/contracts';
import { codePlaces } from './code-places.js';

describe('the places of an error', () => {
  it.each([
    ['an error of ours', new BugError('a state that cannot be')],
    ['an error of the language', new TypeError('x of y')],
    ['an error without text', new Error()],
    ['an error whose text has lines like a stack', new Error('Achieng\n    at Achieng (/x/Achieng.js:1:1)')],
  ])('of %s are files and lines of code, and nothing of its text', (_what, error) => {
    const places = codePlaces(error);
    expect(places[0]).toMatch(/^code-places\.spec\.ts:\d+$/);
    expect(places.join()).not.toContain('Achieng');
    expect(places.length).toBeLessThanOrEqual(5);
  });

  it('are not told where text and stack do not fit', () => {
    const error = new Error('second');
    error.stack = 'Error: first\n    at Achieng (/x/Achieng.js:1:1)';
    expect(codePlaces(error)).toEqual([]);
    expect(codePlaces('no error')).toEqual([]);
  });
});
