import type { Shown } from './answering.js';
import type { Content } from './content.js';
import { keptIn } from './kept.js';
import { onLink } from './waits.js';

/** What was dismissed on a link, and never shown again there: the ends may differ as they were seen. By record on its link, as `onLink` words it. */
export function leftAsSeen(shown: readonly Shown[]): ReadonlyMap<string, Shown> {
  const last = new Map(shown.filter(({ how }) => how === 'answered' || how === 'dismissed').map((one) => [onLink(one.link, one.record), one]));
  return new Map([...last].filter(([, { how, reason }]) => how === 'dismissed' && reason !== 'overwritten'));
}

/** Did whoever dismissed it see what either end holds there now? */
export const wasSeenToDiffer = (left: Shown | undefined, path: string, above: Content, below: Content): boolean =>
  left !== undefined && keptIn(left.parent, path, above.get(path)) && keptIn(left.child, path, below.get(path));
