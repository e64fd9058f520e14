import type { ManualRun } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { momentText } from '../language/times.js';
import { RUN_WORDS, type RunWords } from './words/index.js';

/** The words of these pages in the language that is spoken, and how things are called in it. */
export function useRunWords() {
  const { t, language, categoryName } = useSpeech();
  return { t, language, words: RUN_WORDS[language], categoryName, moment: (at: string) => momentText(at, language) };
}

/** Of all categories together; `held` are those that need somebody or something. */
export function totalsOf({ categories }: Pick<ManualRun, 'categories'>): { readonly listed: number; readonly ended: number; readonly held: number } {
  const became = categories.flatMap((category) => category.became);
  const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
  return {
    listed: sum(categories.map(({ listed }) => listed)),
    ended: sum(categories.map(({ ended }) => ended)),
    held: sum(became.filter(({ as }) => as === 'conflict' || as === 'waiting' || as === 'parked').map(({ records }) => records)),
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
