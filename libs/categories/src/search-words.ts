import type { CanonicalRecord } from './canonical.js';

/** By what a person or patient is looked for: a word of a name, or a whole identifier. Folded; holds patient data. */
export interface SearchWord {
  readonly by: 'name' | 'identifier';
  readonly word: string;
}

const NAME = /^names\[(\{.*\})\]$/s;
const IDENTIFIER = /^identifiers\[[^|]*\|(.*)\]$/s;

/** The parts of a name that people search by; a degree or prefix is nobody's. */
const SEARCHED = ['givenName', 'middleName', 'familyName', 'familyName2'];

/** Words of one spelling: without accents, in small letters. */
export const nameWords = (text: string): readonly string[] => [...new Set(folded(text).split(/[^\p{L}\p{N}]+/u))].filter((word) => word !== '');

/** An identifier as it is told apart from others, however it is written: `OMRS 100-GEJ` is `omrs100gej`. */
export const identifierWord = (text: string): string => folded(text).replaceAll(/[^\p{L}\p{N}]/gu, '');

const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** By what a person or patient is found; nothing of another kind of record, nor of what is not there. */
export function searchWordsOf({ category, fields }: Pick<CanonicalRecord, 'category' | 'fields'>): readonly SearchWord[] {
  if (category !== 'person' && category !== 'patient') return [];
  const words = Object.keys(fields).flatMap((path): SearchWord[] => {
    const name = NAME.exec(path)?.[1];
    if (name !== undefined) return partsOfName(name).flatMap((part) => nameWords(part).map((word) => ({ by: 'name' as const, word })));
    const identifier = identifierWord(IDENTIFIER.exec(path)?.[1] ?? '');
    return identifier === '' ? [] : [{ by: 'identifier', word: identifier }];
  });
  return [...new Map(words.map((one) => [`${one.by} ${one.word}`, one])).values()];
}

function partsOfName(key: string): readonly string[] {
  const parts = JSON.parse(key) as Readonly<Record<string, unknown>>;
  return SEARCHED.map((part) => parts[part]).filter((part) => typeof part === 'string');
}
