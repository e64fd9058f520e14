import type { ConflictState, PolicyWord } from '@sync-hub/contracts';
import type { Catalogue } from './language/catalogue.js';

/** In the order of their life. */
export const STATES: readonly ConflictState[] = ['open', 'assigned', 'answered', 'resolved', 'dismissed'];

/** States in words, by their key in the catalogue. */
const STATE_WORDS: Readonly<Record<ConflictState, keyof Catalogue>> = {
  open: 'stateOpen',
  assigned: 'stateAssigned',
  answered: 'stateAnswered',
  resolved: 'stateResolved',
  dismissed: 'stateDismissed',
};

const WHY_WORDS: Readonly<Record<string, keyof Catalogue>> = {
  'both-edited': 'whyBothEdited',
  'first-contact': 'whyFirstContact',
  'delete-against-edit': 'whyDeleteAgainstEdit',
  'absent-with-agreement': 'whyAbsent',
  'preference-without-item': 'whyPreference',
  'decision-lapsed': 'whyLapsed',
  'in-doubt': 'whyInDoubt',
  'would-take-back': 'whyTakeBack',
  'not-by-field': 'whyWhole',
  'merged-away': 'whyMerged',
  overwritten: 'whyOverwritten',
  'one-end-edited': 'whyOneEnd',
  'only-one-end-has-it': 'whyOnlyOne',
  'record-is-new': 'whyNewRecord',
  decided: 'whyDecided',
  'person-before-task': 'whyPerson',
  'child-of-two-tasks': 'whyTwoTasks',
  'void-would-take-others': 'whyWouldTake',
  'seen-at-once': 'whySeenAtOnce',
  'two-values': 'whyTwoValues',
  unreadable: 'whyUnreadable',
};

const POLICY_WORDS: Readonly<Record<PolicyWord, keyof Catalogue>> = {
  'parent-wins': 'policyParent',
  'child-wins': 'policyChild',
  newest: 'policyNewest',
  union: 'policyUnion',
  manual: 'policyManual',
};

/** Those that decide anything, as they are offered. */
export const DECIDING = ['parent-wins', 'child-wins', 'newest', 'union'] as const satisfies readonly PolicyWord[];
export type Deciding = (typeof DECIDING)[number];

const NOTE_WORDS: Readonly<Record<string, keyof Catalogue>> = {
  noted: 'saidNoted',
  assigned: 'saidAssigned',
  answered: 'saidAnswered',
  'shown-again': 'saidShownAgain',
  dismissed: 'saidDismissed',
  resolved: 'saidResolved',
};

const textOf = (t: Catalogue, key: keyof Catalogue | undefined, otherwise: string): string => {
  const text = key === undefined ? undefined : t[key];
  return typeof text === 'string' ? text : otherwise;
};

/** A text of the catalogue by its key; none of those that count or name something. */
export const plainText = (t: Catalogue, key: keyof Catalogue): string => textOf(t, key, key);

export const stateText = (t: Catalogue, state: ConflictState): string => plainText(t, STATE_WORDS[state]);

export const whyText = (t: Catalogue, why: string): string => textOf(t, WHY_WORDS[why], t.whyOther);

export const policyText = (t: Catalogue, policy: string): string =>
  Object.hasOwn(POLICY_WORDS, policy) ? plainText(t, POLICY_WORDS[policy as PolicyWord]) : policy;

export const noteText = (t: Catalogue, what: string): string => textOf(t, NOTE_WORDS[what], what);

/** Nobody has answered it, and it is not closed. */
export const isToBeAnswered = (state: ConflictState): boolean => state === 'open' || state === 'assigned';

export const isClosed = (state: ConflictState): boolean => state === 'resolved' || state === 'dismissed';
