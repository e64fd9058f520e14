import type { AuditLine } from '@sync-hub/contracts';
import { useSpeech } from '../language/speaking.js';
import { dayText, momentText } from '../language/times.js';
import { RECORD_WORDS } from '../records/words.js';
import { AUDIT_WORDS } from './words/index.js';

/** The words of this page in the language that is spoken, and how things are called in it. */
export function useAuditWords() {
  const { t, language, categoryName } = useSpeech();
  const words = AUDIT_WORDS[language];
  const said: Readonly<Record<string, string>> = { ...RECORD_WORDS[language].said, ...words.said };
  return {
    t,
    language,
    words,
    categoryName,
    moment: (at: string) => momentText(at, language),
    day: (day: string) => dayText(day, language),
    /** What a message says, in words; its own name where there are none. */
    saidText: ({ type }: Pick<AuditLine, 'type'>) => said[type.replace(/\.v\d+$/, '')] ?? type,
  };
}
