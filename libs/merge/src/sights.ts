import { type SideName, seenWith } from './agreed.js';
import { coversPath } from './fields.js';
import { coveredPaths, type Held, heldAt } from './held.js';
import type { Agreement, Version } from './version.js';

/** More edited paths than that of one record are not told apart by time. */
const MOST_SIGHTS = 300;

/**
 * One word for what an end was seen with at a path, and for what was agreed there before: what both ends have agreed on since is another sight,
 * though it be the same value. Holds patient data: only a keyed digest of it may be kept.
 */
export const sightWord = (path: string, base: Held, held: Held): string => JSON.stringify([path, asList(base), asList(held)]);

const asList = (held: Held): readonly unknown[] => (held === undefined ? [] : [held]);

/** The word of what the end holds at that path now; null where nothing was ever agreed there. */
export function sightAt(agreement: Agreement | null, side: SideName, version: Version, path: string): string | null {
  const seen = agreement === null ? null : seenWith(agreement[side], path);
  return seen === null ? null : sightWord(path, seen.value, heldAt(version, path));
}

/** The words of all that a look finds edited at an end since both agreed. None at first contact, where nothing says when anything was typed, and none of a record that is not there. */
export function sightsIn(agreement: Agreement | null, side: SideName, version: Version): readonly string[] {
  if (agreement === null || version.presence !== 'present') return [];
  const agreed = Object.keys(agreement[side].fields).filter((path) => coversPath(version.covers, path));
  const edited = [...new Set([...coveredPaths(version), ...agreed])].flatMap((path) => {
    const seen = seenWith(agreement[side], path);
    const held = heldAt(version, path);
    return seen === null || seen.value === held ? [] : [sightWord(path, seen.value, held)];
  });
  return edited.sort().slice(0, MOST_SIGHTS);
}
