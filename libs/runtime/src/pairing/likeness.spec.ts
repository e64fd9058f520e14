import { describe, expect, it } from '@jest/globals';
import { identifiersIn, likenessOf, nameIn } from './likeness.js';

const name = (givenName: string, familyName: string, more: Readonly<Record<string, string>> = {}): string => JSON.stringify({ givenName, familyName, ...more });
const patient = (...names: string[]) => ({ fields: Object.fromEntries(names.map((key) => [`names[${key}]`, true])) });
const born = (birthdate: string | null, birthdateEstimated = false) => ({ fields: { birthdate, birthdateEstimated } });

describe('two patients', () => {
  it.each([
    ['same', patient(name('Moraa', 'Kemunto')), patient(name('moraa', 'KEMUNTO'))],
    ['same', patient(name('Moraa', 'Kemunto')), patient(name('Kemunto', 'Moraa'))],
    ['same', patient(name('José', 'Núñez')), patient(name('Jose', 'Nunez'))],
    ['same', patient(name('A', 'B'), name('Moraa', 'Kemunto')), patient(name('Moraa', 'Kemunto'))],
    ['similar', patient(name('Moraa', 'Kemunto')), patient(name('Moraa', 'Achieng'))],
    ['similar', patient(name('Moraa', 'Kemunto', { middleName: 'Rose' })), patient(name('Rose', 'Achieng'))],
    ['other', patient(name('M', 'Kemunto')), patient(name('M', 'Achieng'))],
    ['unknown', patient(), patient(name('Moraa', 'Kemunto'))],
  ])('have a name that is %s', (alike, one, other) => {
    expect([likenessOf(one, other).name, likenessOf(other, one).name]).toEqual([alike, alike]);
  });

  it.each([
    ['same', born('1980-02-03'), born('1980-02-03', true)],
    ['similar', born('1980-02-03'), born('1981-02-03')],
    ['similar', born('1980-01-01', true), born('1982-06-15')],
    ['other', born('1980-01-01', true), born('1983-06-15')],
    ['other', born('1980-02-03'), born('1981-03-03')],
    ['unknown', born(null), born('1980-02-03')],
    ['unknown', { fields: {} }, born('1980-02-03')],
  ])('have a birth date that is %s', (alike, one, other) => {
    expect([likenessOf(one, other).birthdate, likenessOf(other, one).birthdate]).toEqual([alike, alike]);
  });

  it('have a gender that is the same, another, or not told', () => {
    const gender = (one: string | null, other: string | null) => likenessOf({ fields: { gender: one } }, { fields: { gender: other } }).gender;
    expect([gender('F', 'f'), gender('F', 'M'), gender('F', null), gender('', 'F')]).toEqual(['same', 'other', 'unknown', 'unknown']);
  });
});

describe('a patient', () => {
  it('is called by the preferred name', () => {
    const { fields } = patient(name('Moraa', 'Kemunto'), name('Rose', 'Kemunto', { middleName: 'A' }));
    expect([
      nameIn({ fields }),
      nameIn({ fields: { ...fields, preferredName: name('Rose', 'Kemunto', { middleName: 'A' }) } }),
      nameIn({ fields: {} }),
    ]).toEqual(['Moraa Kemunto', 'Rose A Kemunto', '']);
  });

  it('has identifiers whatever is in them', () => {
    const fields = { 'identifiers[type|a|b]c]': true, 'identifiers[type|a|b]c].location': 'here', 'names[{}]': true };
    expect(identifiersIn({ fields })).toEqual([{ type: 'type', identifier: 'a|b]c' }]);
  });
});
