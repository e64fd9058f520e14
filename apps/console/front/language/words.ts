/** The languages, in the order of the words below. */
export const LANGUAGES = ['en', 'fr', 'es'] as const;
export type LanguageCode = (typeof LANGUAGES)[number];

/** A word in each language. */
export type Words = Readonly<Record<string, readonly [en: string, fr: string, es: string]>>;

/** The word of that name; of what nobody has named, its own name apart: `hl7Code` as `hl7 code`. */
export function wordOf(words: Words, name: string, language: LanguageCode): string {
  const found = Object.hasOwn(words, name) ? words[name] : undefined;
  return (
    found?.[LANGUAGES.indexOf(language)] ?? name.replaceAll(/([a-z0-9])([A-Z])/g, (_, before: string, after: string) => `${before} ${after.toLowerCase()}`)
  );
}

/** The first of the languages that a browser asks for which there is one of; English where there is none. */
export const languageFor = (asked: readonly string[]): LanguageCode =>
  asked.map((one) => LANGUAGES.find((language) => language === one.slice(0, 2).toLowerCase())).find((one) => one !== undefined) ?? 'en';
