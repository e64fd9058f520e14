import { byPath, type ListEnd } from './list-end.js';
import type { End } from './merge-presence.js';
import { descendantsOf, type Item, type Items, inOneSlot, isAgreed, itemsIn, type Outcome, sayTheSame } from './replaced.js';
import type { Decision, ReplacedList } from './version.js';

type Outcomes = ReadonlyMap<string, Outcome>;

/** What both ends of the merge of a list have made of it, and what was found and decided of it. */
export interface ListRivals {
  readonly ends: readonly [ListEnd, ListEnd];
  /** Items that were agreed and that neither end holds any more (`goneAtBoth`). */
  readonly gone: readonly Item[];
  readonly outcomes: Outcomes;
  /** In the order they were made. */
  readonly decisions: readonly Decision[];
}

interface Successor {
  readonly item: Item;
  readonly end: ListEnd;
}

/** Items that were agreed and that neither end holds any more. */
export function goneAtBoth(spec: ReplacedList, here: End, there: End): readonly Item[] {
  const [agreedHere, agreedThere] = [here, there].map(({ agreed }) => itemsIn(spec, agreed.fields, agreed.covers)) as [Items, Items];
  return [...agreedHere.values()]
    .filter(({ path }) => isAgreed(path, here, there) && !(path in here.version.fields) && !(path in there.version.fields))
    .map((item) => {
      const other = agreedThere.get(item.path);
      return other !== undefined && String(other.value) < String(item.value) ? other : item;
    })
    .sort(byPath);
}

/**
 * What becomes of those that took the place of one item: two that say the same are one; of others a person chooses. What was decided of one of them was decided beside
 * those that stood there then: one that has come since by another link, and says something else, was shown to nobody who decided, so that all are asked about.
 */
export function rivals(spec: ReplacedList, list: ListRivals): Map<string, Outcome> {
  const changed = new Map<string, Outcome>();
  const left = new Set(list.ends.flatMap(({ added, decided }) => [...added, ...decided]));
  for (const old of list.gone) {
    const pair = samePair(spec, old, list, left);
    if (pair !== undefined) {
      const [kept, dropped] = [...pair].sort((a, b) => byPath(a.item, b.item)) as [Successor, Successor];
      left.delete(kept.item);
      left.delete(dropped.item);
      // To the end that holds it: the other one has it under the kept key.
      changed.set(dropped.item.path, { kind: dropped.end.inward, why: 'said-elsewhere', inPlaceOf: old.path, value: undefined });
      continue;
    }
    const successors = list.ends.flatMap((end) => successorsOf(spec, old, end, left).map((item): Successor => ({ item, end })));
    for (const [path, outcome] of amongSuccessors(successors, old, list)) if (changed.get(path)?.why !== 'both-edited') changed.set(path, outcome);
  }
  return changed;
}

/** What an end may have put in the place of an item: what stands in its slot and is not another one written anew. */
const successorsOf = (spec: ReplacedList, old: Item, { added, decided, anewOf }: ListEnd, left: ReadonlySet<Item>): readonly Item[] =>
  [...added, ...decided].filter((item) => left.has(item) && inOneSlot(spec, old, item) && (anewOf.get(item.path) ?? old.path) === old.path);

const isOpen = ({ item, end }: Successor): boolean => end.added.includes(item);

function amongSuccessors(successors: readonly Successor[], old: Item, { ends, outcomes, decisions }: ListRivals): readonly (readonly [string, Outcome])[] {
  const [open, decided] = [successors.filter(isOpen), successors.filter((one) => !isOpen(one))];
  // Until it has come about what was decided, the item alone tells whose place they took (`advance`).
  if (open.length === 0) return decided.map(({ item: { path } }) => [path, { ...verdictOn(path, outcomes), inPlaceOf: old.path }]);
  const made = decided.map(({ item }) => decisions.findLast(({ path }) => path === item.path));
  const isUnseen = ({ item }: Successor): boolean => made.some((decision) => decision?.beside?.includes(item.path) !== true);
  const isLapsed = open.some(isUnseen);
  const from = isLapsed ? successors : open;
  const isOfBoth = ends.every((end) => from.some((one) => one.end === end));
  const byPolicies = made.every((decision) => decision?.policy !== undefined);
  const why = isLapsed && !byPolicies ? 'decision-lapsed' : isOfBoth ? 'both-edited' : 'delete-against-edit';
  const asked = open.map(({ item: { path } }) => [path, { kind: 'conflict', why }] as const);
  const askedAgain = isLapsed ? decided.flatMap((one) => withWhatWasDecidedOf(one, outcomes)) : [];
  return [...asked, ...askedAgain.map((path) => [path, { kind: 'conflict', why: 'decision-lapsed' }] as const)];
}

/** What was decided of an item is asked again together with what was decided of all that is in it. */
const withWhatWasDecidedOf = ({ item, end }: Successor, outcomes: Outcomes): readonly string[] => [
  item.path,
  ...descendantsOf(item, end.held).flatMap(({ path }) => (outcomes.get(path)?.why === 'decided' ? [path] : [])),
];

const verdictOn = (path: string, outcomes: Outcomes): Outcome => outcomes.get(path) ?? { kind: 'unknown', why: 'not-covered' };

/** Two successors of one item, one from each end, that say the same; among several pairs the same one from whichever end it is seen. */
function samePair(spec: ReplacedList, old: Item, { ends, outcomes }: ListRivals, left: ReadonlySet<Item>): readonly [Successor, Successor] | undefined {
  const [source, target] = ends;
  const shallGo = ({ path }: Item): boolean => outcomes.get(path)?.why === 'decided' && outcomes.get(path)?.value === undefined;
  const pairs = successorsOf(spec, old, source, left).flatMap((one) =>
    successorsOf(spec, old, target, left)
      .filter((other) => sayTheSame(spec, [one, source.held], [other, target.held]))
      .map((other): readonly [Successor, Successor] => [
        { item: one, end: source },
        { item: other, end: target },
      ])
      // Who decided of both has seen both; and what somebody did not want is no other's equal.
      .filter((pair) => pair.some(isOpen) && !pair.some(({ item }) => shallGo(item))),
  );
  const wordOf = (pair: (typeof pairs)[number]): string => JSON.stringify(pair.map(({ item }) => item.path).sort());
  return pairs.map((pair) => ({ pair, word: wordOf(pair) })).sort((x, y) => (x.word < y.word ? -1 : 1))[0]?.pair;
}
