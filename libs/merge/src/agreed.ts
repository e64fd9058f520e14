import { coversPath, isOfList } from './fields.js';
import { coveredPaths, covers, type Held, heldAt, isEmpty, PRESENCE, settledPresence } from './held.js';
import type { AgreedSide, Agreement, Version } from './version.js';

export type SideName = 'parent' | 'child';

export const otherSide = (side: SideName): SideName => (side === 'parent' ? 'child' : 'parent');

/** Where two ends stand that have never agreed on anything. Revision 0 is never stored. */
export const NOTHING_AGREED: Agreement = {
  revision: 0,
  parent: { presence: 'absent', fields: {}, covers: [] },
  child: { presence: 'absent', fields: {}, covers: [] },
};

/** What one end was last seen with at this path, or null where it has not been seen. An item that a covered list lacks has been seen as not there. */
export function seenWith(side: AgreedSide, path: string): { readonly value: Held } | null {
  if (Object.hasOwn(side.fields, path)) return { value: side.fields[path] };
  return isOfList(path) && coversPath(side.covers, path) ? { value: undefined } : null;
}

/** Does what this end holds differ anywhere from its own side of the agreement? What this look could not see does not count; what was never agreed counts if it holds something. */
export function isEdited(side: AgreedSide, version: Version): boolean {
  return comparablePaths(side, version).some((path) => {
    const seen = seenWith(side, path);
    const held = heldAt(version, path);
    return seen === null ? !isEmpty(held) : seen.value !== held;
  });
}

/**
 * Does this end hold what its own side of the agreement says, in presence and in every field the look could see? Other ends
 * are not asked. Nothing is as agreed while there is no agreement, or a path of the look is in doubt.
 */
export function isAsAgreed(agreement: Agreement | null, side: SideName, version: Version): boolean {
  if (agreement === null || (agreement.disputed ?? []).some((path) => path === PRESENCE || covers(version, path))) return false;
  const own = agreement[side];
  if (settledPresence(own.presence) !== settledPresence(version.presence)) return false;
  return comparablePaths(own, version).every((path) => {
    const seen = seenWith(own, path);
    return seen !== null && seen.value === heldAt(version, path);
  });
}

const comparablePaths = (side: AgreedSide, version: Version): string[] => {
  if (version.presence !== 'present') return [];
  const agreed = Object.keys(side.fields).filter((path) => coversPath(version.covers, path));
  return [...new Set([...coveredPaths(version), ...agreed])];
};
