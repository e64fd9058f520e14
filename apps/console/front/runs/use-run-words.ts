import type { ManualRun } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import type { LanguageCode } from '../language/words.js';
import { RUN_WORDS, type RunWords } from './words/index.js';

/** What needs somebody or something, or would if a dry run was none. */
const HELD: ReadonlySet<string> = new Set(['conflict', 'waiting', 'parked', 'would-ask', 'would-wait', 'would-be-held', 'cannot-be-read']);

/** The words of these pages in the language that is spoken, and how things are called in it. */
export function useRunWords() {
  const { t, language, categoryName, fieldName } = useSpeech();
  const words = RUN_WORDS[language];
  return {
    t,
    language,
    words,
    categoryName,
    fieldName,
    moment: (at: string) => momentText(at, language),
    bytes: (count: number) => bytesText(count, language),
    duration: (seconds: number) => durationText(seconds, words),
  };
}

/** Rounded as people say it: in B, kB or MB. */
function bytesText(count: number, language: LanguageCode): string {
  const number = (value: number): string => new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format(value);
  if (count < 1000) return `${number(count)} B`;
  return count < 1_000_000 ? `${number(count / 1000)} kB` : `${number(count / 1_000_000)} MB`;
}

function durationText(seconds: number, { seconds: inSeconds, minutes, hours }: RunWords): string {
  if (seconds < 90) return inSeconds(seconds);
  return seconds < 5400 ? minutes(Math.round(seconds / 60)) : hours(Math.round(seconds / 3600));
}

/** Of all categories together; `held` are those that need somebody or something. */
export function totalsOf({ categories }: Pick<ManualRun, 'categories'>): { readonly listed: number; readonly ended: number; readonly held: number } {
  const became = categories.flatMap((category) => category.became);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    listed: sum(categories.map(({ listed }) => listed)),
    ended: sum(categories.map(({ ended }) => ended)),
    held: sum(became.filter(({ as }) => HELD.has(as)).map(({ records }) => records)),
  };
}

/** What was asked for, in a few words. */
export function scopeText(words: RunWords, { scope }: Pick<ManualRun, 'scope'>, categoryName: (category: string) => string): string {
  switch (scope.what) {
    case 'everything':
      return words.everything;
    case 'category':
      return categoryName(scope.category);
    case 'records':
      return `${categoryName(scope.category)} (${scope.uuids.length})`;
    case 'patient':
      return `${categoryName('patient')} ${scope.patient}`;
  }
}

export const routeText = ({ source, target }: { readonly source: string; readonly target: string }): string => `${source} → ${target}`;
