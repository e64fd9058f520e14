import { describe, expect, it } from '@jest/globals';
import { HELD_HELPS, HELD_PROSPECTS, HELD_WHYS, METADATA } from '@sync-hub/contracts';
import { aHeld } from '../../src/testing/memory-held.js';
import { CATEGORY_NAMES } from '../language/category-names.js';
import { FIELD_NAMES } from '../language/field-names.js';
import { LANGUAGES, wordOf } from '../language/words.js';
import { awayText, causeText, nameText } from './sentences.js';
import { PARKED_WORDS } from './words/index.js';

const namesIn = (language: (typeof LANGUAGES)[number]) => ({
  fieldName: (field: string) => wordOf(FIELD_NAMES, field, language),
  categoryName: (category: string) => wordOf(CATEGORY_NAMES, category, language),
});
const group = { ...aHeld(1), count: 142, site: 'clinic-b' };

/** Every text, by its path. */
const textsOf = (words: unknown, at = ''): readonly (readonly [string, string])[] =>
  typeof words === 'function'
    ? [[at, String(at.startsWith('.causes') ? words({ count: 3, what: 'WHAT', site: 'SITE', code: 'CODE' }) : words(3, 7, 9))]]
    : typeof words === 'string'
      ? [[at, words]]
      : Object.entries(words as object).flatMap(([key, value]) => textsOf(value, `${at}.${key}`));

describe('what is held, in words', () => {
  it('is one sentence a cause', () => {
    expect(LANGUAGES.map((language) => causeText(PARKED_WORDS[language], group, namesIn(language)))).toEqual([
      '142 records: kind of identifier “OpenMRS ID” missing at clinic-b',
      '142 enregistrements : il manque à clinic-b : type d’identifiant “OpenMRS ID”',
      '142 registros: falta en clinic-b: tipo de identificador “OpenMRS ID”',
    ]);
    expect(causeText(PARKED_WORDS.en, { ...group, count: 1, names: [{ name: 'encountertype/67a71486-1a54', label: null }] }, namesIn('en'))).toBe(
      '1 record: kind of encounter 67a71486 missing at clinic-b',
    );
  });

  it('is of a site that is down only that', () => {
    expect(awayText(PARKED_WORDS.en, { site: 'clinic-b', state: 'down', waiting: 318 }, '10:42')).toBe(
      'clinic-b is down since 10:42, 318 waiting. All of it goes on by itself.',
    );
  });

  it('names fields, privileges and what is waited for', () => {
    const names = namesIn('en');
    expect(['gender', 'privilege/Get People', 'encounter', ''].map((name) => nameText({ name, label: null }, names))).toEqual([
      'Gender',
      '“Get People”',
      'encounter',
      '',
    ]);
    expect(METADATA.filter((kind) => CATEGORY_NAMES[kind] === undefined)).toEqual([]);
  });

  it('is there for all that can be, in each language', () => {
    for (const language of LANGUAGES) {
      const { causes, whys, helpsWith, prospects } = PARKED_WORDS[language];
      for (const words of [causes, whys]) expect(Object.keys(words).sort()).toEqual([...HELD_WHYS].sort());
      expect(Object.keys(helpsWith).sort()).toEqual([...HELD_HELPS].sort());
      expect(Object.keys(prospects).sort()).toEqual([...HELD_PROSPECTS].sort());
    }
    const english = new Map(textsOf(PARKED_WORDS.en));
    for (const other of [PARKED_WORDS.fr, PARKED_WORDS.es]) {
      expect(textsOf(other).map(([at]) => at)).toEqual([...english.keys()]);
      expect(textsOf(other).filter(([at, text]) => text === english.get(at) && at !== '.site')).toEqual([]);
    }
  });
});
