import { valueInWords } from '@sync-hub/categories';
import type { ConflictChoice, ConflictPreview, ConflictSide, SiteId } from '@sync-hub/contracts';
import { type Held, PRESENCE } from '@sync-hub/merge';
import { decisionsOf, withDecisions } from './answers.js';
import { askedOf, mergeOf, type StoredConflict } from './stored-conflict.js';
import { shownOf, sideOf } from './values-in-words.js';

type Ends = { readonly parent: SiteId; readonly child: SiteId };

/** What an end comes to hold at a path, and what it holds now. */
export interface Change {
  readonly path: string;
  readonly from: ConflictSide;
  readonly to: ConflictSide;
}

/** What an answer comes to, however that was found out. */
export interface Comes {
  /** Paths that are still asked about. */
  readonly open: readonly string[];
  readonly parent: readonly Change[];
  readonly child: readonly Change[];
}

/** What is told of it before anything is written, the same whoever runs the link: nothing is written before all of it is answered, and of a record that is voided no field. */
export function previewOf({ open, ...changes }: Comes, sites: Ends): ConflictPreview {
  const writesTo = (end: keyof Ends): ConflictPreview['writes'] => {
    const voids = changes[end].filter(({ path, to }) => path === PRESENCE && to.value === 'voided');
    const fields = voids.length > 0 ? voids : changes[end];
    return fields.length === 0 ? [] : [{ site: sites[end], fields }];
  };
  return { writes: open.length > 0 ? [] : [...writesTo('parent'), ...writesTo('child')], open };
}

/** What these choices would have written at each end of a conflict that is kept here, as the merge has it. */
export function previewOfStored(conflict: StoredConflict, choices: readonly ConflictChoice[], sites: Ends): ConflictPreview {
  const shown = shownOf(conflict);
  const decisions = withDecisions(conflict.decisions, decisionsOf(conflict, choices));
  const merged = mergeOf(conflict, decisions);
  const changesAt = (end: keyof Ends, flow: 'to-target' | 'to-source', fields: ReadonlyMap<string, Held>): readonly Change[] => {
    const presence: readonly (readonly [string, Held])[] = merged.presence === flow && merged.presenceValue !== null ? [[PRESENCE, merged.presenceValue]] : [];
    return [...presence, ...fields].map(([path, value]) => ({
      path,
      from: sideOf(conflict[end], path, shown),
      to: { value, label: valueInWords(path, value, shown), isKnown: true },
    }));
  };
  return previewOf(
    {
      open: [...askedOf(conflict, decisions)],
      parent: changesAt('parent', 'to-source', merged.toSource),
      child: changesAt('child', 'to-target', merged.toTarget),
    },
    sites,
  );
}
