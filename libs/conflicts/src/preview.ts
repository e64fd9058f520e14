import { valueInWords } from '@sync-hub/categories';
import type { ConflictChoice, ConflictPreview } from '@sync-hub/contracts';
import { type Held, PRESENCE } from '@sync-hub/merge';
import { decisionsOf, withDecisions } from './answers.js';
import { askedOf, mergeOf, type StoredConflict } from './stored-conflict.js';
import { shownOf, sideOf } from './values-in-words.js';

type Ends = { readonly parent: string; readonly child: string };

/** What these choices would have written at each end, and what they leave open: nothing is written before all of it is answered. */
export function previewOf(conflict: StoredConflict, choices: readonly ConflictChoice[], sites: Ends): ConflictPreview {
  const shown = shownOf(conflict);
  const decisions = withDecisions(conflict.decisions, decisionsOf(conflict, choices));
  const merged = mergeOf(conflict, decisions);
  const presenceOf = (flow: 'to-target' | 'to-source'): ReadonlyMap<string, Held> =>
    new Map(merged.presence === flow && merged.presenceValue !== null ? [[PRESENCE, merged.presenceValue]] : []);
  // A void leaves nothing to say of the fields.
  const fieldsTo = (flow: 'to-target' | 'to-source', fields: ReadonlyMap<string, Held>) =>
    merged.presence === flow && merged.presenceValue === 'voided' ? new Map() : fields;
  const writesTo = (side: keyof Ends, writes: ReadonlyMap<string, Held>): ConflictPreview['writes'] =>
    writes.size === 0
      ? []
      : [
          {
            site: sites[side],
            fields: [...writes].map(([path, value]) => ({
              path,
              from: sideOf(conflict[side], path, shown),
              to: { value, label: valueInWords(path, value, shown), isKnown: true },
            })),
          },
        ];
  return {
    writes: [
      ...writesTo('parent', new Map([...presenceOf('to-source'), ...fieldsTo('to-source', merged.toSource)])),
      ...writesTo('child', new Map([...presenceOf('to-target'), ...fieldsTo('to-target', merged.toTarget)])),
    ],
    open: [...askedOf(conflict, decisions)],
  };
}
