import type { ChangedPlace } from '@sync-hub/contracts';
import { digestOf } from './configuration-digest.js';
import type { Configuration } from './schema.js';

/** What a plug-in is given is its own affair, and may be a secret. */
const NOT_TOLD = '(not told)';
const isNotTold = (key: string): boolean => key === 'options';

const LONGEST_TOLD = 200;

/** A value as it is compared, and as it is told. */
interface Leaf {
  readonly is: string;
  readonly told: string;
}

type Leaves = ReadonlyMap<string, Leaf>;

/**
 * The places at which one configuration says something else than another, in the order of their names: `links[kisumu].mode`, `live` instead of `observe`. What came or went as a whole, a site or a
 * link, is one place, and told by its digest, as is whatever is long; of what plug-ins are given it is only said that it changed.
 */
export function changedPlaces(before: Configuration, after: Configuration): readonly ChangedPlace[] {
  const [was, is] = [leavesOf(before), leavesOf(after)];
  const changed = [...new Set([...was.keys(), ...is.keys()])].filter((path) => was.get(path)?.is !== is.get(path)?.is);
  const whole = (leaves: Leaves, item: string): boolean => [...leaves.keys()].some((path) => path.startsWith(item));
  const cameOrWent = new Set(
    changed.flatMap((path) =>
      itemsOf(path)
        .filter((item) => whole(was, item) !== whole(is, item))
        .slice(0, 1),
    ),
  );
  const ofItems = [...cameOrWent].map((item) => ({ path: item, from: digestIn(was, item), to: digestIn(is, item) }));
  const others = changed
    .filter((path) => !itemsOf(path).some((item) => cameOrWent.has(item)))
    .map((path) => ({ path, from: told(was.get(path)), to: told(is.get(path)) }));
  return [...ofItems, ...others].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** `sites[kisumu]`, and whatever else has an id on the way to a place, the outermost first. */
const itemsOf = (path: string): readonly string[] => [...path.matchAll(/\]/g)].map(({ index }) => path.slice(0, index + 1));

const told = (leaf: Leaf | undefined): string | null => {
  if (leaf === undefined) return null;
  return leaf.told.length <= LONGEST_TOLD ? leaf.told : `sha256 ${digestOf(leaf.told)}`;
};

function digestIn(leaves: Leaves, item: string): string | null {
  const all = [...leaves].filter(([path]) => path.startsWith(item)).map(([path, leaf]) => [path, leaf.told]);
  return all.length === 0 ? null : `sha256 ${digestOf(Object.fromEntries(all))}`;
}

/** Each value by the place where it stands. The order of a list says nothing, so that one without ids is one value. */
function leavesOf(configuration: unknown): Leaves {
  const leaves = new Map<string, Leaf>();
  const walk = (value: unknown, path: string): void => {
    if (value === undefined) return;
    if (Array.isArray(value) && value.length > 0 && value.every(hasId)) for (const item of value) walk(item, `${path}[${item.id}]`);
    else if (Array.isArray(value)) leaves.set(path, { is: digestOf(value), told: toldList(value) });
    else if (typeof value === 'object' && value !== null)
      for (const [key, held] of Object.entries(value)) {
        const at = path === '' ? key : `${path}.${key}`;
        if (isNotTold(key)) leaves.set(at, { is: digestOf(held), told: NOT_TOLD });
        else walk(held, at);
      }
    else leaves.set(path, { is: String(value), told: String(value) });
  };
  walk(configuration, '');
  return leaves;
}

const toldList = (list: readonly unknown[]): string =>
  list
    .map((item) => (typeof item === 'string' ? item : JSON.stringify(item, (key, value) => (isNotTold(key) ? NOT_TOLD : value))))
    .sort()
    .join(', ');

const hasId = (item: unknown): item is { readonly id: string } => typeof item === 'object' && item !== null && 'id' in item && typeof item.id === 'string';
