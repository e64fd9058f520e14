import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { CATEGORIES } from '@sync-hub/categories';
import { METADATA } from '@sync-hub/contracts';
import { CATEGORY_NAMES } from './category-names.js';
import { en } from './en.js';
import { es } from './es.js';
import { FIELD_NAMES } from './field-names.js';
import { fr } from './fr.js';
import { languageFor, wordOf } from './words.js';

const FRONT = fileURLToPath(new URL('../', import.meta.url));
const KEYS = Object.keys(en) as (keyof typeof en)[];
const said = (text: unknown): string => (typeof text === 'function' ? String(text(3, 7)) : String(text));

describe('the words of the workbench', () => {
  let sources: string;
  beforeAll(async () => {
    const files = (await readdir(FRONT, { recursive: true })).filter((file) => /\.tsx?$/.test(file) && !/\.spec\.|language\/(en|fr|es)\.ts/.test(file));
    expect(files.length).toBeGreaterThan(20);
    sources = (await Promise.all(files.map((file) => readFile(path.join(FRONT, file), 'utf8')))).join('\n');
  });

  it('are the same in each language, and all of them are used', () => {
    for (const other of [fr, es]) expect(Object.keys(other)).toEqual(KEYS);
    expect(KEYS.filter((key) => !new RegExp(`\\bt\\.${key}\\b|'${key}'`).test(sources))).toEqual([]);
  });

  it('are in their own language, and name what they are given', () => {
    const alike = [fr, es].flatMap((other) => KEYS.filter((key) => said(other[key]) === said(en[key]) && /[a-z]{4}/.test(said(en[key]))));
    expect(alike).toEqual(['parent']);
    for (const key of KEYS.filter((one) => typeof en[one] === 'function')) for (const language of [en, fr, es]) expect(said(language[key])).toMatch(/3/);
  });

  it('name every field of what is entered at clinics, and every kind of record, in each language', () => {
    const clinical = Object.entries(CATEGORIES).filter(([name]) => !(METADATA as readonly string[]).includes(name) && name !== 'systemsetting');
    const fields = clinical.flatMap(([, { scalars, lists }]) => [
      ...Object.keys(scalars),
      ...lists.flatMap(({ name, preferred }) => [name, ...(preferred === undefined ? [] : [preferred.field])]),
    ]);
    expect(fields.length).toBeGreaterThan(150);
    expect([...new Set(fields)].filter((field) => !/^address\d+$/.test(field) && FIELD_NAMES[field] === undefined)).toEqual([]);
    expect(Object.keys(CATEGORIES).filter((category) => CATEGORY_NAMES[category] === undefined)).toEqual([]);
    for (const words of [...Object.values(FIELD_NAMES), ...Object.values(CATEGORY_NAMES)]) expect(words.filter((word) => word.trim() === '')).toEqual([]);
  });

  it('fall back on the own name of what nobody has named', () => {
    expect([wordOf(FIELD_NAMES, 'hl7Code', 'fr'), wordOf(FIELD_NAMES, 'constructor', 'en'), wordOf(FIELD_NAMES, 'gender', 'es')]).toEqual([
      'hl7 code',
      'constructor',
      'Sexo',
    ]);
  });

  it.each([
    [['fr-BE', 'en'], 'fr'],
    [['sw-KE', 'es-419', 'en'], 'es'],
    [['sw'], 'en'],
    [[], 'en'],
  ])('are in the first language of %j that there is', (asked, language) => expect(languageFor(asked)).toBe(language));
});
