import { heldAt } from './held.js';
import { descendantsOf, type Items, inOneSlot, isItemOf, itemsIn } from './replaced.js';
import type { Decision, ReplacedList, Version } from './version.js';

/**
 * The decisions with what whoever made them was shown beside. There is one for each item that is in an item which is to go: whoever decided that saw what was in it; what
 * somebody puts into it later was seen by nobody, and is asked about. And each on an item names the others in its slot: what takes the same place later, by another link, is asked about.
 */
export function asShown<Made extends Decision>(decisions: readonly Made[], parent: Version, child: Version): readonly Made[] {
  const all = new Map(decisions.map((decision) => [decision.path, decision]));
  for (const decision of decisions.filter(({ value }) => value === undefined))
    for (const path of [parent, child].flatMap((version) => itemsBelow(version, decision.path)))
      if (!all.has(path)) all.set(path, { ...decision, path, seenAtParent: heldAt(parent, path), seenAtChild: heldAt(child, path) });
  return [...all.values()].map((decision) => {
    const spec = listOf(parent, decision.path) ?? listOf(child, decision.path);
    return spec === undefined ? decision : { ...decision, beside: besideIn(spec, [parent, child], decision.path) };
  });
}

const listOf = ({ replaced = [] }: Version, path: string): ReplacedList | undefined => replaced.find(({ list }) => isItemOf(list, path));
const itemsOf = (spec: ReplacedList, { fields, covers }: Version): Items => itemsIn(spec, fields, covers);

/** The items that a version has in this one, at any depth. */
function itemsBelow(version: Version, path: string): readonly string[] {
  const spec = listOf(version, path);
  const items = spec === undefined ? new Map() : itemsOf(spec, version);
  const item = items.get(path);
  return item === undefined ? [] : descendantsOf(item, items).map((below) => below.path);
}

/** The other items that stand in the slot of this one, at either end. */
function besideIn(spec: ReplacedList, ends: readonly Version[], path: string): readonly string[] {
  const items = new Map(ends.flatMap((version) => [...itemsOf(spec, version)]));
  const own = items.get(path);
  if (own === undefined) return [];
  return [...items.values()].flatMap((other) => (other.path !== path && inOneSlot(spec, own, other) ? [other.path] : [])).sort();
}
