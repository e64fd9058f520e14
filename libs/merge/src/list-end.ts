import type { End } from './merge-presence.js';
import { holdTheSame, type Item, type Items, inOneSlot, isAgreed, itemsIn, type Outcome } from './replaced.js';
import type { ReplacedList } from './version.js';

/** One end of the merge of one list: what it holds, what it has added since the ends agreed, and where its news flow. */
export interface ListEnd {
  readonly held: Items;
  /** Of what it has added, that of which nobody has decided anything. */
  readonly added: readonly Item[];
  /** Of what it has added, that of which somebody has decided whether it stays. */
  readonly decided: readonly Item[];
  /** Of what it has added, what says the same as one item that it has removed, and so is that one written anew, by path. */
  readonly anewOf: ReadonlyMap<string, string>;
  readonly outward: 'to-target' | 'to-source';
  readonly inward: 'to-target' | 'to-source';
}

type Outcomes = ReadonlyMap<string, Outcome>;

export function listEndsOf(spec: ReplacedList, outcomes: Outcomes, here: End, there: End): [ListEnd, ListEnd] {
  const endOf = ({ version, agreed }: End, other: End['version'], outward: ListEnd['outward'], inward: ListEnd['inward']): ListEnd => {
    const held = itemsIn(spec, version.fields, version.covers);
    const isNew = ({ path }: Item): boolean => !isAgreed(path, here, there);
    const isNews = ({ path }: Item): boolean => outcomes.get(path)?.kind === outward && outcomes.get(path)?.why === 'one-end-edited';
    const isDecided = ({ path }: Item): boolean => ['decided', 'decision-lapsed'].includes(outcomes.get(path)?.why ?? '');
    const news = [...held.values()].filter(isNew).sort(byPath);
    const [added, decided] = [news.filter(isNews), news.filter(isDecided)];
    const had = itemsIn(spec, agreed.fields, agreed.covers);
    const removed = [...had.values()].filter(({ path }) => !held.has(path)).sort(byPath);
    const standsThere = ({ path }: Item): boolean => path in other.fields;
    const olds = [...removed.filter(standsThere), ...removed.filter((old) => !standsThere(old))];
    return { held, added, decided, anewOf: writtenAnew(spec, had, olds, { held, added: [...decided, ...added] }), outward, inward };
  };
  return [endOf(here, there.version, 'to-target', 'to-source'), endOf(there, here.version, 'to-source', 'to-target')];
}

/**
 * A server writes all obs of an encounter anew whose time or place changes: where several stand in one slot, what they say tells
 * which is which. `olds` is what the end removed, the likeliest first: what the other end still holds has no successor yet, what
 * neither holds may have had one.
 */
function writtenAnew(spec: ReplacedList, agreed: Items, olds: readonly Item[], { held, added }: Pick<ListEnd, 'held' | 'added'>): ReadonlyMap<string, string> {
  const anewOf = new Map<string, string>();
  for (const old of olds) {
    const anew = added.find((item) => !anewOf.has(item.path) && inOneSlot(spec, old, item) && holdTheSame(spec, [old, agreed], [item, held]));
    if (anew !== undefined) anewOf.set(anew.path, old.path);
  }
  return anewOf;
}

export const byPath = (a: Pick<Item, 'path'>, b: Pick<Item, 'path'>): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
