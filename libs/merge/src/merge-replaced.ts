import { type ListEnd, listEndsOf } from './list-end.js';
import type { End } from './merge-presence.js';
import { descendantsOf, isItemOf, isSeenThroughout, newlyTold, type Outcome, pathsOf } from './replaced.js';
import { goneAtBoth, rivals } from './rivals.js';
import type { Decision, ReplacedList } from './version.js';

type Outcomes = ReadonlyMap<string, Outcome>;

/** What stands beside the two versions: what is in dispute, and what was decided, in that order. */
interface Standing {
  readonly disputed: readonly string[];
  readonly decisions: readonly Decision[];
}

/**
 * What the verdicts of single paths must become for a list whose items are replaced and never changed. An item that both ends
 * removed and one or both replaced is one record in the eyes of people: two different successors are for a person, as is a
 * successor against a mere removal; two that say the same become one, the other goes. What is in an item goes with it, and what
 * somebody put into an item that the other end removed is an edit against a removal: of the item, of all that is in it, and of the item written anew.
 */
export function mergeReplaced(spec: ReplacedList, outcomes: Outcomes, here: End, there: End, { disputed, decisions }: Standing): Map<string, Outcome> {
  const changed = newlyTold(spec, outcomes, here, there);
  const ends = listEndsOf(spec, outcomes, here, there);
  const [source, target] = ends;
  if (isSeenThroughout(spec, here, there)) {
    for (const [path, outcome] of stillDisputed(spec, source, target, disputed)) changed.set(path, outcome);
    for (const [path, outcome] of rivals(spec, { ends, gone: goneAtBoth(spec, here, there), outcomes, decisions })) changed.set(path, outcome);
  }
  // Also where something of the list has yet to be settled: what was agreed of it and removed takes along what is in it.
  for (const [path, outcome] of editsInRemoved(outcomes, source, target)) changed.set(path, outcome);
  for (const [path, outcome] of anewBesideKept(new Map([...outcomes, ...changed]), source, target)) changed.set(path, outcome);
  const now = new Map([...outcomes, ...changed]);
  for (const [path, outcome] of goingAlong(now, source, target)) changed.set(path, outcome);
  for (const [path, outcome] of stayingAlong(now, source, target)) changed.set(path, outcome);
  return changed;
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
 * has put into it, and whoever decided has not seen, is asked about (`asShown`).
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
