import type { ConfigurationProblem } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import { CONFIGURATION_WORDS, type ConfigurationWords } from './words/index.js';

/** The words of these pages in the language that is spoken. */
export function useConfigurationWords() {
  const { t, language } = useSpeech();
  return { t, language, words: CONFIGURATION_WORDS[language], moment: (at: string) => momentText(at, language) };
}

/** What is wrong, in words: what was found, and what may stand there. */
export function problemText(words: ConfigurationWords, { path, found, allowed, didYouMean }: ConfigurationProblem): string {
  return `${path}: ${words.found} ${found}; ${words.allowed} ${allowed}${didYouMean === null ? '' : `; ${words.didYouMean(didYouMean)}`}`;
}
