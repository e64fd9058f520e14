/** Every text of words in one language, by its path; of those that are made of something, what they make of `given`. */
export const textsOf = (words: unknown, given: readonly unknown[], at = ''): readonly (readonly [string, string])[] =>
  typeof words === 'function'
    ? [[at, String(words(...given))]]
    : typeof words === 'string'
      ? [[at, words]]
      : Object.entries(words as object).flatMap(([key, value]) => textsOf(value, given, `${at}.${key}`));
