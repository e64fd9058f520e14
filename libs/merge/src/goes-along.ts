import { heldAt } from './held.js';
import { descendantsOf, isItemOf, itemsIn } from './replaced.js';
import type { Decision, Version } from './version.js';

/**
 * The decisions, with one for each item that is in an item which is to go: whoever decided that saw what was in it. What somebody puts into it later was seen by
 * nobody, and is asked about.
 */
export function withWhatGoesAlong<Made extends Decision>(decisions: readonly Made[], parent: Version, child: Version): readonly Made[] {
  const all = new Map(decisions.map((decision) => [decision.path, decision]));
  for (const decision of decisions.filter(({ value }) => value === undefined))
    for (const path of [parent, child].flatMap((version) => itemsBelow(version, decision.path)))
      if (!all.has(path)) all.set(path, { ...decision, path, seenAtParent: heldAt(parent, path), seenAtChild: heldAt(child, path) });
  return [...all.values()];
}

/** The items that a version has in this one, at any depth. */
function itemsBelow(version: Version, path: string): readonly string[] {
  const spec = (version.replaced ?? []).find(({ list }) => isItemOf(list, path));
  if (spec === undefined) return [];
  const items = itemsIn(spec, version.fields, version.covers);
  const item = items.get(path);
  return item === undefined ? [] : descendantsOf(item, items).map((below) => below.path);
}
