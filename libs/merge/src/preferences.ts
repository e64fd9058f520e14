import { itemPath } from './fields.js';
import { covers, type Held, heldAt, isEmpty } from './held.js';
import type { Outcome } from './replaced.js';
import type { Version } from './version.js';

interface Choice {
  readonly field: string;
  readonly list: string;
}

/** Would the merge leave a choice at either end pointing at an item that is not there? */
export const choiceWithoutItem = (
  choice: Choice,
  outcomes: ReadonlyMap<string, Outcome>,
  { source, target }: { readonly source: Version; readonly target: Version },
): boolean => isBroken(choice, target, flowsTo('target', outcomes)) || isBroken(choice, source, flowsTo('source', outcomes));

type Flow = (path: string) => { readonly value: Held } | null;

const flowsTo =
  (end: 'target' | 'source', outcomes: ReadonlyMap<string, Outcome>): Flow =>
  (path) => {
    const outcome = outcomes.get(path);
    return outcome?.kind === `to-${end}` || outcome?.kind === 'to-both' ? { value: outcome.value } : null;
  };

function isBroken({ field, list }: Choice, held: Version, flow: Flow): boolean {
  const after = (path: string): Held => {
    const flowing = flow(path);
    return flowing === null ? heldAt(held, path) : flowing.value;
  };
  const chosen = after(field);
  if (!covers(held, field) || isEmpty(chosen) || typeof chosen !== 'string') return false;
  const item = itemPath(list, chosen);
  return covers(held, item) && after(item) === undefined && (flow(field) !== null || flow(item) !== null);
}
