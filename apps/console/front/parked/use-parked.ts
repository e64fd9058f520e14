import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import { PARKED_WORDS } from './words/index.js';

/** The words of these pages in the language that is spoken, and how things are called in it. */
export function useParked() {
  const { t, language, fieldName, categoryName } = useSpeech();
  const moment = (at: string): string => momentText(at, language);
  return { t, language, words: PARKED_WORDS[language], names: { fieldName, categoryName, momentText: moment }, moment };
}
