import type { ComparedLine } from '@sync-hub/contracts';
import { diffLines } from 'diff';

/** Both texts as one list of lines, in their order; a line end at the end of only one of them is no difference. */
export function comparedLines(before: string, after: string): ComparedLine[] {
  return diffLines(ended(before), ended(after)).flatMap(({ value, added, removed }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): ComparedLine => ({ in: added ? 'after' : removed ? 'before' : 'both', text })),
  );
}

const ended = (text: string): string => {
  const unix = text.replaceAll('\r\n', '\n');
  return unix === '' || unix.endsWith('\n') ? unix : `${unix}\n`;
};
