import { itemInWords, kindOfField, type Shown, valueInWords } from '@sync-hub/categories';
import type { ConflictField, ConflictFieldKind } from '@sync-hub/contracts';
import { type AgreedSide, coversPath, fieldName, heldAt, type Merged, PRESENCE, seenWith, settledPresence } from '@sync-hub/merge';
import { askedOf, differs, mergeOf, pathsOf, type StoredConflict } from './stored-conflict.js';
import { shownOf, sideOf } from './values-in-words.js';

/** All fields of a conflict, each with what the pusher would do about it and why: what is asked first, then what differs, then the rest. */
export function conflictFields(conflict: StoredConflict): readonly ConflictField[] {
  const shown = shownOf(conflict);
  const merged = mergeOf(conflict, conflict.decisions);
  const asked = askedOf(conflict, conflict.decisions);
  const fields = pathsOf(conflict).flatMap((path): ConflictField[] => {
    const { does, why } = verdictOf(conflict, merged, asked, path);
    if (path === PRESENCE && does === 'nothing') return [];
    const kind = kindAt(conflict, path);
    return [
      {
        path,
        field: fieldName(path),
        item: itemInWords(path, shown),
        kind,
        base: baseOf(conflict, path, shown),
        parent: sideOf(conflict.parent, path, shown),
        child: sideOf(conflict.child, path, shown),
        does,
        why,
        takes: takenAt(conflict, path),
      },
    ];
  });
  const rank = ({ path, does }: ConflictField): number => (does === 'ask' ? 0 : differs(conflict, path) ? 1 : 2);
  return [...fields].sort((a, b) => rank(a) - rank(b));
}

const DOES = {
  equal: 'nothing',
  unchanged: 'nothing',
  'to-target': 'to-child',
  'to-source': 'to-parent',
  'to-both': 'to-both',
  conflict: 'ask',
  unknown: 'unknown',
} as const satisfies Record<string, ConflictField['does']>;

function verdictOf(conflict: StoredConflict, merged: Merged, asked: ReadonlySet<string>, path: string): Pick<ConflictField, 'does' | 'why'> {
  const own = merged.paths.get(path);
  if (asked.has(path)) return { does: 'ask', why: own?.kind === 'conflict' ? own.why : (merged.reason ?? conflict.reason) };
  if (path !== PRESENCE) return own === undefined ? { does: 'unknown', why: 'not-covered' } : { does: DOES[own.kind], why: own.why };
  return { does: DOES[merged.presence], why: merged.presenceWhy };
}

function baseOf({ agreement }: StoredConflict, path: string, shown: Shown): ConflictField['base'] {
  if (agreement === null) return null;
  const at = (side: AgreedSide) => {
    if (path === PRESENCE) return { value: settledPresence(side.presence), label: null, isKnown: true };
    const seen = seenWith(side, path);
    return { value: seen?.value, label: valueInWords(path, seen?.value, shown), isKnown: seen !== null };
  };
  const base = { parent: at(agreement.parent), child: at(agreement.child) };
  return base.parent.isKnown || base.child.isKnown ? base : null;
}

/** What is typed there, as far as anything is: of an attribute, and of a field of an item, by what the ends hold. */
export function kindAt(conflict: StoredConflict, path: string): ConflictFieldKind {
  if (path === PRESENCE) return 'presence';
  const kind = kindOfField(conflict.category, path);
  switch (kind) {
    case null:
    case 'chosen':
    case 'item':
      return 'item';
    case 'observed':
      return 'json';
    case 'valued':
      return valuesAt(conflict, path).includes(true) ? 'item' : isReferred(conflict, path) ? 'reference' : 'text';
    case 'field-of-item':
      return isReferred(conflict, path) ? 'reference' : 'text';
    default:
      return kind;
  }
}

/** Which answers a path takes: none where an end cannot be seen; a value of its own for the fields of the record and the text of an attribute. */
export function takenAt(conflict: StoredConflict, path: string): ConflictField['takes'] {
  if (path === PRESENCE) return differs(conflict, path) ? ['parent', 'child', 'value'] : [];
  if (!isSeenAtBoth(conflict, path)) return [];
  const kind = kindOfField(conflict.category, path);
  if (kind === null) return ['parent', 'child'];
  const isTyped = ['text', 'number', 'boolean', 'date', 'instant'].includes(kind) && path !== 'isPatient';
  const isItem = kind === 'item' || kind === 'observed' || kind === 'valued';
  return isTyped || isItem ? ['parent', 'child', 'value'] : ['parent', 'child'];
}

/** Are both ends there, and could both be seen to hold the path? */
export const isSeenAtBoth = ({ parent, child }: StoredConflict, path: string): boolean =>
  [parent, child].every((version) => version.presence === 'present' && coversPath(version.covers, path));

const valuesAt = ({ parent, child }: StoredConflict, path: string) => [heldAt(parent, path), heldAt(child, path)];

/** Does what either end holds there name something by its uuid? */
function isReferred(conflict: StoredConflict, path: string): boolean {
  const values = valuesAt(conflict, path);
  return [conflict.parent, conflict.child].some(({ references }) => references.some((one) => one.path === path && values.includes(one.uuid)));
}
