import { durationText } from '../language/durations.js';
import { useSpeech } from '../language/speaking.js';
import { agoText, clockText, momentText } from '../language/times.js';
import { PARKED_WORDS } from '../parked/words/index.js';
import { BOARD_WORDS } from './words/index.js';

/** The words of the board in the language that is spoken, and how times and kinds of record are called in it. */
export function useBoardWords() {
  const { t, language, categoryName } = useSpeech();
  return {
    t,
    language,
    words: BOARD_WORDS[language],
    /** What is held is called as where it is seen to. */
    heldWords: PARKED_WORDS[language],
    categoryName,
    moment: (at: string) => momentText(at, language),
    clock: (at: string, now: Date) => clockText(at, now, language),
    ago: (at: string, now: Date) => agoText(at, now, language),
    duration: (seconds: number) => durationText(seconds, language),
  };
}
