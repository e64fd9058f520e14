import type { PolicyWord } from '@sync-hub/contracts';
import { isOfList } from './fields.js';
import { type Held, isEmpty, PRESENCE } from './held.js';

/** When a value was first seen at an end, in seconds of one clock; of several values that are decided together the first and the last of them. */
export interface Sight {
  readonly first: number;
  readonly last: number;
}

/** One field in conflict, as a policy is asked about it. `undefined` is an item of a list that is not there. */
export interface InConflict {
  readonly path: string;
  /** By `fieldName`; `presence` for the record itself, whose values are then `present` and `voided`. */
  readonly field: string;
  readonly parent: Held;
  readonly child: Held;
  /** What each end was last seen with when both agreed; null before first contact. */
  readonly base: { readonly parent: Held; readonly child: Held } | null;
  /** Null where it is not known. */
  readonly seen: { readonly parent: Sight | null; readonly child: Sight | null };
}

/** What a policy says: whose value stands, that both do (`union`), another value, or that a person must choose. `failed`: it could not say. */
export type PolicyAnswer = 'parent' | 'child' | 'union' | 'ask' | 'failed' | { readonly value: string | number | boolean | null };

export interface Policy {
  /** What people know it by. */
  readonly name: string;
  readonly answer: (asked: InConflict) => PolicyAnswer;
}

/** Two values that were seen within so many seconds were seen at once: which of the two is older, nobody can say. */
export const AT_ONCE_SECONDS = 60;

/** The policy of that word. `atOnceSeconds` is what `newest` takes for at once. */
export const policyOf = (word: PolicyWord, atOnceSeconds = AT_ONCE_SECONDS): Policy => ({ name: word, answer: ANSWERS[word](atOnceSeconds) });

const ANSWERS: Readonly<Record<PolicyWord, (atOnceSeconds: number) => Policy['answer']>> = {
  manual: () => () => 'ask',
  newest: (atOnceSeconds) => (asked) => newest(asked, atOnceSeconds),
  'parent-wins': () => () => 'parent',
  'child-wins': () => () => 'child',
  union: () => () => 'union',
};

/** Whoever was seen later, with everything that is decided together, as long as nothing of it was seen at once. At first contact nothing says when either was typed. */
function newest({ base, seen: { parent, child } }: InConflict, atOnceSeconds: number): PolicyAnswer {
  if (base === null || parent === null || child === null) return 'ask';
  if (parent.first - child.last > atOnceSeconds) return 'parent';
  return child.first - parent.last > atOnceSeconds ? 'child' : 'ask';
}

/** A value that was chosen, or that there is none. */
export type Chosen = { readonly value: Held } | null;

/** The value that an answer comes to; whether a record is there is what one of its ends says. */
export function chosenBy(answer: PolicyAnswer, { path, parent, child }: InConflict): Chosen {
  if (answer === 'parent' || answer === 'child') return { value: answer === 'parent' ? parent : child };
  if (answer === 'union') return union(path, parent, child);
  return answer === 'ask' || answer === 'failed' || path === PRESENCE ? null : { value: answer.value };
}

/** Who has something gives it to who has nothing; two different values are for a person. */
function union(path: string, parent: Held, child: Held): Chosen {
  if (path === PRESENCE) return { value: 'present' };
  const has = (held: Held): boolean => (isOfList(path) && path.endsWith(']') ? held !== undefined : !isEmpty(held));
  if (has(parent) === has(child)) return null;
  return { value: has(parent) ? parent : child };
}
