import { coverNameOf } from './fields.js';
import { covers, type Held, heldAt, isEmpty, PRESENCE, settledPresence } from './held.js';
import type { Merged } from './merged.js';
import type { Version } from './version.js';

/** What was written, and what stood at the target before and after. */
export interface ReadBack {
  readonly merged: Merged;
  readonly targetBefore: Version;
  readonly targetAfter: Version;
  /** Paths of what was written, `PRESENCE` among them. */
  readonly wrote: readonly string[];
}

/**
 * Under which name it is remembered that a site keeps what is written there: the field's, and whether it is filled or emptied (`names`,
 * `names emptied`, `obs.comment`); of a record, what it becomes. A site may keep one and not the other. Never holds patient data.
 */
export function keptName(path: string, value: Held): string {
  if (path === PRESENCE) return `${PRESENCE} ${String(value)}`;
  return isEmpty(value) ? `${coverNameOf(path)} emptied` : coverNameOf(path);
}

/** What the target is seen to keep by this read-back, by `keptName`, each once, sorted. That a record can be created does not say that it can be restored. */
export function keptNames({ merged, targetBefore, targetAfter, wrote }: ReadBack): string[] {
  const isCreated = targetBefore.presence === 'absent';
  const names = wrote.flatMap((path) => {
    if (path === PRESENCE) return isCreated || settledPresence(targetAfter.presence) !== merged.presenceValue ? [] : [keptName(path, merged.presenceValue)];
    const sent = merged.toTarget.get(path);
    return covers(targetAfter, path) && heldAt(targetAfter, path) === sent ? [keptName(path, sent)] : [];
  });
  return [...new Set(names)].sort();
}
