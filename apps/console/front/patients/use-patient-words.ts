import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import { PATIENT_WORDS } from './words/index.js';

/** The words of the page of patients in the language that is spoken. */
export function usePatientWords() {
  const { t, language } = useSpeech();
  return { t, words: PATIENT_WORDS[language], moment: (at: string) => momentText(at, language) };
}
