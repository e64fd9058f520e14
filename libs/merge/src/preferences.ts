import { fieldName, isOfList, itemPath } from './fields.js';
import { coveredPaths, covers, type Held, heldAt, isEmpty } from './held.js';
import type { Version } from './version.js';

/**
 * `preferredName` chooses one of `names`, `preferredAddress` one of `addresses`: by the item's key, or by its whole path.
 * Answers such choices that the merge would leave pointing at an item that is not there, at either end.
 */
export function pathsOfBrokenPreferences(source: Version, target: Version, toTarget: ReadonlyMap<string, Held>, toSource: ReadonlyMap<string, Held>): string[] {
  const preferences = [...new Set([...coveredPaths(source), ...coveredPaths(target)])].filter((path) => listsChosenFrom(path).length > 0);
  return preferences.filter((path) => isBroken(path, target, toTarget) || isBroken(path, source, toSource));
}

function isBroken(path: string, held: Version, flows: ReadonlyMap<string, Held>): boolean {
  const after = (at: string): Held => (flows.has(at) ? flows.get(at) : heldAt(held, at));
  const choice = after(path);
  if (!covers(held, path) || isEmpty(choice) || typeof choice !== 'string') return false;
  const candidates = itemsNamedBy(path, choice).filter((item) => covers(held, item));
  if (candidates.length === 0 || candidates.some((item) => after(item) !== undefined)) return false;
  return flows.has(path) || candidates.some((item) => flows.has(item));
}

const itemsNamedBy = (path: string, choice: string): string[] => {
  const lists = listsChosenFrom(path);
  return isOfList(choice) && lists.includes(fieldName(choice)) ? [choice] : lists.map((list) => itemPath(list, choice));
};

function listsChosenFrom(path: string): string[] {
  const chosen = /^preferred([A-Z])(\w*)$/.exec(path);
  if (chosen === null) return [];
  const one = `${(chosen[1] ?? '').toLowerCase()}${chosen[2] ?? ''}`;
  return [`${one}s`, `${one}es`];
}
