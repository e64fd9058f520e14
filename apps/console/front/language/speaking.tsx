import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Catalogue } from './catalogue.js';
import { CATEGORY_NAMES } from './category-names.js';
import { en } from './en.js';
import { es } from './es.js';
import { FIELD_NAMES } from './field-names.js';
import { fr } from './fr.js';
import { LANGUAGES, type LanguageCode, languageFor, wordOf } from './words.js';

export const CATALOGUES: Readonly<Record<LanguageCode, Catalogue>> = { en, fr, es };

/** How the page speaks. */
export interface Speech {
  readonly t: Catalogue;
  readonly language: LanguageCode;
  readonly speak: (language: LanguageCode) => void;
  readonly fieldName: (field: string) => string;
  readonly categoryName: (category: string) => string;
  /** What a rule is of: `Gender, Patient, kisumu`. */
  readonly ruleName: (rule: { readonly category: string; readonly field: string; readonly link: string }) => string;
}

const REMEMBERED = 'sync-hub-language';

const Spoken = createContext<Speech | null>(null);

/** The language of the browser, until another is chosen, which is remembered. */
export function Speaking({ children }: { readonly children: ReactNode }) {
  const [language, setLanguage] = useState<LanguageCode>(() => remembered() ?? languageFor(navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
    document.title = `${CATALOGUES[language].title} · Sync Hub`;
  }, [language]);
  const speech = useMemo<Speech>(() => {
    const fieldName = (field: string): string => wordOf(FIELD_NAMES, field, language);
    const categoryName = (category: string): string => wordOf(CATEGORY_NAMES, category, language);
    return {
      t: CATALOGUES[language],
      language,
      speak: (chosen) => {
        localStorage.setItem(REMEMBERED, chosen);
        setLanguage(chosen);
      },
      fieldName,
      categoryName,
      ruleName: ({ category, field, link }) => [fieldName(field), categoryName(category), link].join(', '),
    };
  }, [language]);
  return <Spoken.Provider value={speech}>{children}</Spoken.Provider>;
}

const remembered = (): LanguageCode | null => LANGUAGES.find((one) => one === localStorage.getItem(REMEMBERED)) ?? null;

/** The words of the language that is spoken. */
export function useSpeech(): Speech {
  const speech = useContext(Spoken);
  if (speech === null) throw new Error('spoken outside of <Speaking>');
  return speech;
}
