import type { End } from './merge-presence.js';
import {
  descendantsOf,
  holdTheSame,
  type Item,
  type Items,
  inOneSlot,
  isAgreed,
  isItemOf,
  isSeenThroughout,
  itemsIn,
  newlyTold,
  type Outcome,
  pathsOf,
  sayTheSame,
} from './replaced.js';
import type { ReplacedList, Version } from './version.js';

type Outcomes = ReadonlyMap<string, Outcome>;

/** One end of the merge of one list: what it holds, what it has added since the ends agreed, and where its news flow. */
interface ListEnd {
  readonly held: Items;
  readonly added: readonly Item[];
  /** Of what it has added, what says the same as one item that it has removed, and so is that one written anew, by path. */
  readonly anewOf: ReadonlyMap<string, string>;
  readonly outward: 'to-target' | 'to-source';
  readonly inward: 'to-target' | 'to-source';
}

/**
 * What the verdicts of single paths must become for a list whose items are replaced and never changed. An item that both ends
 * removed and one or both replaced is one record in the eyes of people: two different successors are for a person, as is a
 * successor against a mere removal; two that say the same become one, the other goes. What is in an item goes with it, and what
 * somebody put into an item that the other end removed is an edit against a removal: of the item, of all that is in it, and of the item written anew.
 */
export function mergeReplaced(spec: ReplacedList, outcomes: Outcomes, here: End, there: End, disputed: readonly string[]): Map<string, Outcome> {
  const changed = newlyTold(spec, outcomes, here, there);
  const [source, target] = endsOf(spec, outcomes, here, there);
  if (isSeenThroughout(spec, here, there)) {
    for (const [path, outcome] of stillDisputed(spec, source, target, disputed)) changed.set(path, outcome);
    for (const [path, outcome] of rivals(spec, source, target, goneAtBoth(spec, here, there))) changed.set(path, outcome);
  }
  // Also where something of the list has yet to be settled: what was agreed of it and removed takes along what is in it.
  for (const [path, outcome] of editsInRemoved(outcomes, source, target)) changed.set(path, outcome);
  for (const [path, outcome] of anewBesideKept(new Map([...outcomes, ...changed]), source, target)) changed.set(path, outcome);
  const now = new Map([...outcomes, ...changed]);
  for (const [path, outcome] of goingAlong(now, source, target)) changed.set(path, outcome);
  for (const [path, outcome] of stayingAlong(now, source, target)) changed.set(path, outcome);
  return changed;
}

function endsOf(spec: ReplacedList, outcomes: Outcomes, here: End, there: End): [ListEnd, ListEnd] {
  const endOf = ({ version, agreed }: End, other: Version, outward: ListEnd['outward'], inward: ListEnd['inward']): ListEnd => {
    const held = itemsIn(spec, version.fields, version.covers);
    const isNews = ({ path }: Item): boolean => {
      const outcome = outcomes.get(path);
      return outcome?.kind === outward && outcome.why === 'one-end-edited' && !isAgreed(path, here, there);
    };
    const added = [...held.values()].filter(isNews).sort(byPath);
    const had = itemsIn(spec, agreed.fields, agreed.covers);
    const removed = [...had.values()].filter(({ path }) => !held.has(path)).sort(byPath);
    const standsThere = ({ path }: Item): boolean => path in other.fields;
    const olds = [...removed.filter(standsThere), ...removed.filter((old) => !standsThere(old))];
    return { held, added, anewOf: writtenAnew(spec, had, olds, { held, added }), outward, inward };
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

/**
 * An item in dispute that neither end holds any more may have been written anew by its server, which decides nothing: what has come since and
 * is no agreed item written anew may be it, and stays in dispute.
 */
function stillDisputed(spec: ReplacedList, source: ListEnd, target: ListEnd, disputed: readonly string[]): Map<string, Outcome> {
  const isGone = (path: string): boolean => isItemOf(spec.list, path) && !source.held.has(path) && !target.held.has(path);
  if (!disputed.some(isGone)) return new Map();
  const unexplained = [source, target].flatMap(({ added, anewOf }) => added.filter(({ path }) => !anewOf.has(path)));
  return new Map(unexplained.map(({ path }) => [path, { kind: 'conflict', why: 'in-doubt' }]));
}

/** Items that were agreed and that neither end holds any more. */
function goneAtBoth(spec: ReplacedList, here: End, there: End): readonly Item[] {
  const [agreedHere, agreedThere] = [here, there].map(({ agreed }) => itemsIn(spec, agreed.fields, agreed.covers)) as [Items, Items];
  return [...agreedHere.values()]
    .filter(({ path }) => isAgreed(path, here, there) && !(path in here.version.fields) && !(path in there.version.fields))
    .map((item) => {
      const other = agreedThere.get(item.path);
      return other !== undefined && String(other.value) < String(item.value) ? other : item;
    })
    .sort(byPath);
}

function rivals(spec: ReplacedList, source: ListEnd, target: ListEnd, gone: readonly Item[]): Map<string, Outcome> {
  const changed = new Map<string, Outcome>();
  const left = new Set([...source.added, ...target.added]);
  for (const old of gone) {
    const pair = samePair(spec, old, [source, target], left);
    if (pair !== undefined) {
      const [kept, dropped] = [...pair].sort((a, b) => byPath(a.item, b.item)) as [Successor, Successor];
      left.delete(kept.item);
      left.delete(dropped.item);
      // To the end that holds it: the other one has it under the kept key.
      changed.set(dropped.item.path, { kind: dropped.end.inward, why: 'said-elsewhere', inPlaceOf: old.path, value: undefined });
      continue;
    }
    const [fromSource, fromTarget] = [successorsOf(spec, old, source, left), successorsOf(spec, old, target, left)];
    const why = fromSource.length > 0 && fromTarget.length > 0 ? 'both-edited' : 'delete-against-edit';
    for (const { path } of [...fromSource, ...fromTarget]) if (changed.get(path)?.why !== 'both-edited') changed.set(path, { kind: 'conflict', why });
  }
  return changed;
}

interface Successor {
  readonly item: Item;
  readonly end: ListEnd;
}

/** What an end may have put in the place of an item: what stands in its slot and is not another one written anew. */
const successorsOf = (spec: ReplacedList, old: Item, { added, anewOf }: ListEnd, left: ReadonlySet<Item>): readonly Item[] =>
  added.filter((item) => left.has(item) && inOneSlot(spec, old, item) && (anewOf.get(item.path) ?? old.path) === old.path);

/** Two successors of one item, one from each end, that say the same; among several pairs the same one from whichever end it is seen. */
function samePair(
  spec: ReplacedList,
  old: Item,
  [source, target]: readonly [ListEnd, ListEnd],
  left: ReadonlySet<Item>,
): readonly [Successor, Successor] | undefined {
  const pairs = successorsOf(spec, old, source, left).flatMap((one) =>
    successorsOf(spec, old, target, left)
      .filter((other) => sayTheSame(spec, [one, source.held], [other, target.held]))
      .map(
        (other) =>
          [
            { item: one, end: source },
            { item: other, end: target },
          ] as const,
      ),
  );
  const wordOf = (pair: (typeof pairs)[number]): string => JSON.stringify(pair.map(({ item }) => item.path).sort());
  return pairs.map((pair) => ({ pair, word: wordOf(pair) })).sort((x, y) => (x.word < y.word ? -1 : 1))[0]?.pair;
}

/** Somebody put something into an item, or changed what is in it, that the other end removed: whoever keeps the item keeps what is in it. */
function editsInRemoved(outcomes: Outcomes, source: ListEnd, target: ListEnd): Map<string, Outcome> {
  const changed = new Map<string, Outcome>();
  const conflict: Outcome = { kind: 'conflict', why: 'delete-against-edit' };
  for (const [end, other] of [
    [target, source],
    [source, target],
  ] as const)
    for (const item of end.held.values()) {
      const outcome = outcomes.get(item.path);
      if (outcome?.kind !== end.inward || outcome.why !== 'one-end-edited' || outcome.value !== undefined || other.held.has(item.path)) continue;
      const below = descendantsOf(item, end.held);
      const isEdited = below.some((one) => pathsOf(one).some((path) => outcomes.get(path)?.kind === end.outward));
      for (const { path } of isEdited ? [item, ...below] : []) changed.set(path, conflict);
    }
  return changed;
}

/** What says the same as an item that is asked about, or that somebody decided to keep, is asked about too: else it would stand twice. */
function anewBesideKept(outcomes: Outcomes, source: ListEnd, target: ListEnd): Map<string, Outcome> {
  const changed = new Map<string, Outcome>();
  for (const end of [source, target])
    for (const [anew, old] of end.anewOf) {
      const [outcome, kept] = [outcomes.get(anew), outcomes.get(old)];
      const isKept = kept?.kind === end.inward && kept.why === 'decided' && kept.value !== undefined;
      const isAsked = kept?.kind === 'conflict' && kept.why === 'delete-against-edit';
      if ((isKept || isAsked) && isNewsOf(end, outcome)) changed.set(anew, { kind: 'conflict', why: 'delete-against-edit' });
    }
  return changed;
}

/**
 * What an item that goes by decision, or because the same is said elsewhere, takes along at the end that holds it: its fields and all that is in it. What somebody
 * has put into it, and whoever decided has not seen, is asked about (`withWhatGoesAlong`).
 */
function goingAlong(outcomes: Outcomes, source: ListEnd, target: ListEnd): Map<string, Outcome> {
  const changed = new Map<string, Outcome>();
  for (const end of [source, target])
    for (const item of end.held.values()) {
      const outcome = outcomes.get(item.path);
      if (
        outcome === undefined ||
        outcome.value !== undefined ||
        outcome.kind !== end.inward ||
        !(outcome.why === 'decided' || outcome.why === 'said-elsewhere')
      )
        continue;
      const below = descendantsOf(item, end.held);
      const unseen = outcome.why === 'decided' ? below.filter(({ path }) => isNewsOf(end, outcomes.get(path))) : [];
      for (const { path } of unseen.length === 0 ? [] : [item, ...unseen]) changed.set(path, { kind: 'conflict', why: 'delete-against-edit' });
      if (unseen.length > 0) continue;
      const along = [...pathsOf(item).slice(1), ...below.flatMap(pathsOf)];
      for (const path of along) changed.set(path, { kind: end.inward, why: outcome.why, value: undefined });
    }
  return changed;
}

const isNewsOf = ({ outward }: ListEnd, outcome: Outcome | undefined): boolean => outcome?.kind === outward && outcome.why === 'one-end-edited';

/** The fields of an item that stays by decision, which the other end removed with it. */
function stayingAlong(outcomes: Outcomes, source: ListEnd, target: ListEnd): Map<string, Outcome> {
  const changed = new Map<string, Outcome>();
  for (const { held, outward, inward } of [source, target])
    for (const { path, fields } of held.values()) {
      const outcome = outcomes.get(path);
      if (outcome?.kind !== outward || outcome.why !== 'decided' || outcome.value === undefined) continue;
      for (const [field, value] of Object.entries(fields)) {
        const own = outcomes.get(`${path}.${field}`);
        if (own?.kind === inward && own.why === 'one-end-edited') changed.set(`${path}.${field}`, { kind: outward, why: 'decided', value });
      }
    }
  return changed;
}

const byPath = (a: Pick<Item, 'path'>, b: Pick<Item, 'path'>): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
