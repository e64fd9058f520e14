import { describe, expect, it } from '@jest/globals';
import { identifierWord, nameWords, searchWordsOf } from './search-words.js';

describe('by what a patient is found', () => {
  it('is each word of each name, and each identifier, however they are written', () => {
    const fields = {
      gender: 'F',
      'names[{"prefix":"Dr","givenName":"Zoë Anne","middleName":null,"familyName":"O’Brien-Ñandú","degree":"MD"}]': true,
      'identifiers[8d79|100-GEJ 7]': true,
      'identifiers[8d79|100-GEJ 7].location': 'ward',
    };
    expect(searchWordsOf({ category: 'patient', fields })).toEqual([
      ...['zoe', 'anne', 'o', 'brien', 'nandu'].map((word) => ({ by: 'name', word })),
      { by: 'identifier', word: '100gej7' },
    ]);
    expect(searchWordsOf({ category: 'location', fields })).toEqual([]);
  });

  it.each([
    ['  Achieng   OTIENO ', ['achieng', 'otieno']],
    ['José\u0301', ['jose']],
    ['ＪＡＮＥ', ['jane']],
    ['***', []],
  ])('folds %j', (text, words) => expect(nameWords(text)).toEqual(words));

  it('folds an identifier', () => expect(['100gej', ' 100-GEJ', '100 gej'].map(identifierWord)).toEqual(['100gej', '100gej', '100gej']));
});
