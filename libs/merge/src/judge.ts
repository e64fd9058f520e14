import { seenWith } from './agreed.js';
import { rulesFor, says } from './carry-out-rules.js';
import { presenceSeen } from './decide.js';
import { fieldName, isOfList } from './fields.js';
import { asShown } from './goes-along.js';
import { type Held, heldAt, PRESENCE, settledPresence } from './held.js';
import { endsOf, type ToMerge } from './merge.js';
import type { End } from './merge-presence.js';
import type { ConflictReason, Merged } from './merged.js';
import { chosenBy, type InConflict, type Policy, type PolicyAnswer, type Sight } from './policies.js';
import { isItemOf } from './replaced.js';
import type { MergeRule } from './rules.js';
import type { Decision, ReplacedList, Version } from './version.js';

export interface ToJudge {
  readonly input: ToMerge;
  /** What `merge` made of `input`. */
  readonly merged: Merged;
  /** The policy of a field, by `fieldName`. For `presence` only what was named for it: a policy of all fields does not decide on a record. */
  readonly policyFor: (field: string) => Policy;
  /** When the end was first seen with what it holds there, in seconds; null where that is not known. */
  readonly seenAt: (side: 'parent' | 'child', path: string) => number | null;
}

export interface Judged {
  /** One for each path that a policy has decided, with its name. */
  readonly decisions: readonly Decision[];
  /** Names of the policies that could not say, each once. */
  readonly failed: readonly string[];
}

/**
 * Conflicts that a policy may decide. All others are for a person: what is in doubt, what one end has lost or merged into another, what would leave a choice
 * without what it chooses or take back what stands, and a record that is never put together out of two.
 */
const DECIDABLE: ReadonlySet<ConflictReason> = new Set<ConflictReason>(['both-edited', 'first-contact']);

/**
 * What the policies make of a merge's conflicts: decisions, inputs of the next merge. The same for a merge with its ends swapped, and
 * nothing where there is no conflict that a policy may decide. A field that one end removed and the other edited is decided by `union` alone.
 */
export function judge(asked: ToJudge): Judged {
  const { input, merged, policyFor } = asked;
  const [here, there] = endsOf(input);
  const [parent, child] = input.sourceIs === 'parent' ? [here, there] : [there, here];
  if (rulesFor(input.source, input.target).some(({ rule }) => rule === 'whole')) return { decisions: [], failed: [] };
  const questions = merged.presence === 'conflict' ? onPresence(asked, parent, child) : onFields(asked, parent, child);
  const answers = questions.map((question) => ({ question, policy: policyFor(question.field) }));
  const answered = answers.map((one) => ({ ...one, answer: one.policy.answer(one.question) }));
  const decisions = answered.flatMap(({ question, policy, answer }) => {
    const decision = decisionOf(question, answer, asked, parent, child);
    return decision === null ? [] : [{ ...decision, policy: policy.name }];
  });
  const failed = answered.filter(({ answer }) => answer === 'failed').map(({ policy }) => policy.name);
  return { decisions: asShown(decisions, parent.version, child.version), failed: [...new Set(failed)].sort() };
}

function onFields({ input, merged, seenAt }: ToJudge, parent: End, child: End): readonly InConflict[] {
  const decidable = merged.conflicts.filter((path) => isDecidable(path, merged.paths.get(path)?.why, input));
  return decidable.map((path): InConflict => {
    const sightOf = (side: 'parent' | 'child', { version }: End): Sight | null =>
      spanOf(decidedWith(path, decidable, version, replacedIn(input)).map((one) => seenAt(side, one)));
    return {
      path,
      field: fieldName(path),
      parent: heldAt(parent.version, path),
      child: heldAt(child.version, path),
      base: baseOf(path, parent, child),
      seen: { parent: sightOf('parent', parent), child: sightOf('child', child) },
    };
  });
}

/** A record that one end deleted and the other one edited, or that the ends meet for the first time so. */
function onPresence({ input, merged }: ToJudge, parent: End, child: End): readonly InConflict[] {
  const why = merged.reason === 'delete-against-edit' ? 'both-edited' : merged.reason;
  const isMerged = input.source.mergedAway === true || input.target.mergedAway === true;
  if (isMerged || !isDecidable(PRESENCE, why, input)) return [];
  const isKnown = parent.agreed.presence !== 'absent' && child.agreed.presence !== 'absent';
  return [
    {
      path: PRESENCE,
      field: PRESENCE,
      parent: settledPresence(parent.version.presence),
      child: settledPresence(child.version.presence),
      base: isKnown ? { parent: settledPresence(parent.agreed.presence), child: settledPresence(child.agreed.presence) } : null,
      seen: { parent: null, child: null },
    },
  ];
}

/** A policy that has decided before judges anew what was edited since. Where a person has, or a write of ours is in doubt, a person does. */
function isDecidable(path: string, why: unknown, { agreement, decisions }: ToMerge): boolean {
  if ((agreement?.disputed ?? []).includes(path)) return false;
  if (why === 'decision-lapsed') return decisions.filter((one) => one.path === path).every(({ policy }) => policy !== undefined);
  return DECIDABLE.has(why as ConflictReason);
}

const replacedIn = ({ source, target }: ToMerge): readonly ReplacedList[] => source.replaced ?? target.replaced ?? [];
const isReplaced = (path: string, specs: readonly ReplacedList[]): boolean => specs.some(({ list }) => isItemOf(list, path));

/** What an end has put in the place of items that both replaced is decided as one: an item and its rival have different paths. */
function decidedWith(path: string, decidable: readonly string[], version: Version, specs: readonly ReplacedList[]): readonly string[] {
  const spec = specs.find(({ list }) => isItemOf(list, path));
  return spec === undefined ? [path] : decidable.filter((one) => isItemOf(spec.list, one) && heldAt(version, one) !== undefined);
}

/** Unknown as soon as one of them is, or there is none. */
function spanOf(times: readonly (number | null)[]): Sight | null {
  const known = times.filter((time): time is number => time !== null);
  return known.length === 0 || known.length < times.length ? null : { first: Math.min(...known), last: Math.max(...known) };
}

function baseOf(path: string, parent: End, child: End): InConflict['base'] {
  const [atParent, atChild] = [seenWith(parent.agreed, path), seenWith(child.agreed, path)];
  return atParent === null || atChild === null ? null : { parent: atParent.value, child: atChild.value };
}

function decisionOf(question: InConflict, answer: PolicyAnswer, { input }: ToJudge, parent: End, child: End): Decision | null {
  const { path } = question;
  const chosen = chosenBy(answer, question);
  if (chosen === null || !mayEnd(question, answer, input)) return null;
  if ([question.parent, question.child].some((held) => wouldTakeBack(path, chosen.value, held, rulesFor(input.source, input.target)))) return null;
  const seenAt = ({ version }: End, held: Held): Held => (path === PRESENCE ? presenceSeen(version) : held);
  return { path, seenAtParent: seenAt(parent, question.parent), seenAtChild: seenAt(child, question.child), value: chosen.value };
}

/** Would a fact that stands once it is said be said no more, a death for one? */
const wouldTakeBack = (path: string, value: Held, held: Held, rules: readonly MergeRule[]): boolean =>
  says(held) && !says(value) && rules.some((rule) => rule.rule === 'stands' && rule.facts.some((fields) => fields.includes(path)));

/** One end removed an item, and the other changed it or what stands beside it: only who keeps everything decides that, and never on a part of an item that is gone. */
function mayEnd({ path, parent, child }: InConflict, answer: PolicyAnswer, input: ToMerge): boolean {
  const isRemoved = isOfList(path) && (parent === undefined || child === undefined) && !isReplaced(path, replacedIn(input));
  if (!isRemoved) return true;
  const item = path.slice(0, path.lastIndexOf(']') + 1);
  return answer === 'union' && (item === path || [input.source, input.target].every((version) => heldAt(version, item) !== undefined));
}
