import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import { PARKED_WORDS } from '../parked/words/index.js';
import { OWN_WORDS } from './words/index.js';

/** The words of this page in the language that is spoken, those of what is held, and how things are called in it. */
export function useOwnWords() {
  const { t, language, fieldName, categoryName } = useSpeech();
  return {
    t,
    language,
    words: OWN_WORDS[language],
    parked: PARKED_WORDS[language],
    names: { fieldName, categoryName },
    moment: (at: string) => momentText(at, language),
  };
}
