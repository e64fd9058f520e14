import { otherSide, type SideName } from './agreed.js';
import { type Held, heldAt, isEmpty } from './held.js';
import type { ConflictReason, PathReason } from './merged.js';
import { choiceWithoutItem } from './preferences.js';
import type { Outcome } from './replaced.js';
import type { MergeRule } from './rules.js';
import type { Version } from './version.js';

type Outcomes = ReadonlyMap<string, Outcome>;
type Changes = readonly (readonly [path: string, outcome: Outcome])[];

/** The two ends of a merge, and which of them is the parent's. */
export interface RuledEnds {
  readonly source: Version;
  readonly target: Version;
  readonly sourceIs: SideName;
}

/** The rules by which these two are merged: they are the same for every record of a kind, and one that is not there says none. */
export const rulesFor = (source: Version, target: Version): readonly MergeRule[] => source.rules ?? target.rules ?? [];

/** What was found field by field, with what the rules make of it. What somebody has decided is left as it is. */
export function carryOut(rules: readonly MergeRule[], found: Outcomes, ends: RuledEnds): Outcomes {
  return rules.reduce<Outcomes>((outcomes, rule) => new Map([...outcomes, ...changesBy(rule, outcomes, ends)]), found);
}

function changesBy(rule: MergeRule, outcomes: Outcomes, ends: RuledEnds): Changes {
  switch (rule.rule) {
    case 'chosen':
      return choiceWithoutItem(rule, outcomes, ends) ? [[rule.field, asked('preference-without-item')]] : [];
    case 'stands':
      return takenBack(rule.facts, outcomes, ends).map((path) => [path, asked('would-take-back')]);
    case 'whole':
      return putTogether(outcomes).map((path) => [path, asked('not-by-field')]);
    case 'person-before-task':
      return personBeforeTask(rule.field, outcomes, ends);
  }
}

const asked = (why: ConflictReason): Outcome => ({ kind: 'conflict', why });

const FLOWS = [
  ['to-target', 'target'],
  ['to-source', 'source'],
] as const;

/** Fields by which an end that holds a fact would lose the last word of it. */
function takenBack(facts: readonly (readonly string[])[], outcomes: Outcomes, ends: RuledEnds): readonly string[] {
  return FLOWS.flatMap(([kind, end]) =>
    facts.flatMap((fields) => {
      const flowing = fields.filter((path) => outcomes.get(path)?.kind === kind && outcomes.get(path)?.why !== 'decided');
      const after = (path: string): Held => (flowing.includes(path) ? outcomes.get(path)?.value : heldAt(ends[end], path));
      const isSaid = fields.some((path) => says(heldAt(ends[end], path)));
      return isSaid && !fields.some((path) => says(after(path))) ? flowing : [];
    }),
  );
}

/** Does it say anything? */
export const says = (held: Held): boolean => !isEmpty(held) && held !== false;

/** Everything that differs, and that nobody has decided, where it would be put together out of what both ends say. */
function putTogether(outcomes: Outcomes): readonly string[] {
  const differing = [...outcomes].filter(([, { kind }]) => kind === 'conflict' || kind === 'to-target' || kind === 'to-source' || kind === 'to-both');
  if (new Set(differing.map(([, { kind }]) => kind)).size < 2) return [];
  return differing.filter(([, { kind, why }]) => kind !== 'conflict' && why !== 'decided').map(([path]) => path);
}

const RIVALS: readonly PathReason[] = ['both-edited', 'first-contact'];

function personBeforeTask(field: string, outcomes: Outcomes, { source, target, sourceIs }: RuledEnds): Changes {
  const found = outcomes.get(field);
  const [here, there] = [heldAt(source, field), heldAt(target, field)];
  const areRivals = found?.kind === 'conflict' && RIVALS.includes(found.why) && !isEmpty(here) && !isEmpty(there);
  if (!areRivals || !(source.byTask === true || target.byTask === true)) return [];
  const areBoth = source.byTask === true && target.byTask === true;
  const stands = areBoth ? 'child' : source.byTask === true ? otherSide(sourceIs) : sourceIs;
  const why = areBoth ? 'child-of-two-tasks' : 'person-before-task';
  return [[field, stands === sourceIs ? { kind: 'to-target', why, value: here } : { kind: 'to-source', why, value: there }]];
}

/** The record as people left it: without what a task alone has written. */
export function asPeopleLeftIt(version: Version): Version {
  const fields = (version.rules ?? []).flatMap((rule) => (rule.rule === 'person-before-task' ? [rule.field] : []));
  if (version.byTask !== true || fields.length === 0) return version;
  return { ...version, covers: version.covers.filter((name) => !fields.includes(name)) };
}
