import type { CanonicalRecord, RecordCategory } from '@sync-hub/categories';
import { type Agreement, type Decision, fieldName, heldAt, isOfList, type Merged, merge, PRESENCE, settledPresence } from '@sync-hub/merge';

/** A conflict as it is kept: both ends as they were when it was last asked about, and what the merge went by. */
export interface StoredConflict {
  readonly category: RecordCategory;
  readonly reason: string;
  /** By `fieldName`. */
  readonly fields: readonly string[];
  readonly agreement: Agreement | null;
  readonly parent: CanonicalRecord;
  readonly child: CanonicalRecord;
  /** Those that stand, in the order they were made. */
  readonly decisions: readonly Decision[];
}

/** What the pusher would do by these decisions: `target` is the child, `source` the parent. */
export const mergeOf = ({ agreement, parent, child }: StoredConflict, decisions: readonly Decision[]): Merged =>
  merge({ agreement, source: parent, target: child, sourceIs: 'parent', decisions });

/**
 * Paths that a person is asked about. Where the merge of the two asks nothing by itself (what a void would take along, a value that somebody wrote beside
 * ours, a write that nobody answered), those that the conflict names and that differ.
 */
export function askedOf(conflict: StoredConflict, decisions: readonly Decision[]): ReadonlySet<string> {
  const merged = mergeOf(conflict, decisions);
  const asked = merged.presence === 'conflict' ? [PRESENCE, ...merged.conflicts] : merged.conflicts;
  if (asked.length > 0 || mergeOf(conflict, []).reason !== null) return new Set(asked);
  const decided = new Set(decisions.map(({ path }) => path));
  return new Set(differing(conflict).filter((path) => conflict.fields.includes(fieldName(path)) && !decided.has(path)));
}

/**
 * What stands of the decisions where nobody's answer is on its way: that the record is voided was decided before it was seen what goes along, and is
 * asked again.
 */
export const standingOf = (reason: string, decisions: readonly Decision[]): readonly Decision[] =>
  reason === 'void-would-take-others' ? decisions.filter(({ path }) => path !== PRESENCE) : decisions;

/** Every path that either end holds, or held when they agreed; presence first, then in order. */
export function pathsOf({ agreement, parent, child, decisions }: StoredConflict): readonly string[] {
  const all = [parent.fields, child.fields, agreement?.parent.fields ?? {}, agreement?.child.fields ?? {}].flatMap((fields) => Object.keys(fields));
  return [PRESENCE, ...[...new Set([...all, ...decisions.map(({ path }) => path).filter((path) => path !== PRESENCE)])].sort()];
}

const differing = (conflict: StoredConflict): readonly string[] => pathsOf(conflict).filter((path) => differs(conflict, path));

/** Do the two ends hold something else there, or can one of them not be seen? */
export function differs({ parent, child }: StoredConflict, path: string): boolean {
  if (path === PRESENCE) return settledPresence(parent.presence) !== settledPresence(child.presence);
  const held = (version: CanonicalRecord) => (isOfList(path) ? version.fields[path] : heldAt(version, path));
  return held(parent) !== held(child);
}
