import { type CanonicalRecord, type Shown, valueInWords } from '@sync-hub/categories';
import type { ConflictSide } from '@sync-hub/contracts';
import { covers, heldAt, PRESENCE, settledPresence, type Version } from '@sync-hub/merge';
import type { StoredConflict } from './stored-conflict.js';

/** What a conflict's paths and values are put in words by: all that either end or the agreement holds, and what either site calls things; of two names the parent's. */
export const shownOf = ({ category, agreement, parent, child }: StoredConflict): Shown => ({
  category,
  fields: { ...agreement?.child.fields, ...agreement?.parent.fields, ...child.fields, ...parent.fields },
  labels: { ...child.labels, ...parent.labels },
});

/** What an end holds there, or cannot be seen to hold. */
export function sideOf(version: Version, path: string, shown: Shown): ConflictSide {
  if (path === PRESENCE) return { value: settledPresence(version.presence), label: null, isKnown: true };
  const isKnown = covers(version, path);
  const value = isKnown ? heldAt(version, path) : undefined;
  return { value, label: valueInWords(path, value, shown), isKnown };
}

/** Who changed an end last, and when. */
export function authorOf({ provenance }: CanonicalRecord, { labels }: Shown) {
  const who = provenance.changedBy ?? provenance.creator;
  return { who, label: who === null ? null : (labels[who] ?? null), at: provenance.dateChanged ?? provenance.dateCreated };
}
