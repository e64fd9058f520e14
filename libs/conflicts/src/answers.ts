import { isNormal, kindOfField } from '@sync-hub/categories';
import type { ConflictChoice } from '@sync-hub/contracts';
import { asShown, type Decision, type Held, heldAt, isOfList, PRESENCE, presenceSeen, settledPresence } from '@sync-hub/merge';
import { isSeenAtBoth, kindAt, takenAt } from './conflict-fields.js';
import { differs, type StoredConflict } from './stored-conflict.js';

export interface Problem {
  readonly path: string;
  /** What would be right; never a value. */
  readonly problem: string;
}

/** What is wrong with these choices; nothing, where they can be carried out. */
export function problemsOf(conflict: StoredConflict, choices: readonly ConflictChoice[]): readonly Problem[] {
  const seen = new Set<string>();
  return choices.flatMap((choice) => {
    const problem = seen.has(choice.path) ? 'is answered twice: one choice a field' : problemOf(conflict, choice);
    seen.add(choice.path);
    return problem === null ? [] : [{ path: choice.path, problem }];
  });
}

function problemOf(conflict: StoredConflict, choice: ConflictChoice): string | null {
  const { path } = choice;
  if (path === PRESENCE) return presenceProblem(conflict, choice);
  if (kindOfField(conflict.category, path) === null) return `is no field of a ${conflict.category}`;
  if (!isSeenAtBoth(conflict, path)) return 'cannot be seen at both ends, and what is not seen is not written';
  if ('take' in choice) return null;
  if (!takenAt(conflict, path).includes('value')) return "takes the parent's or the child's: nothing else can be typed here";
  return valueProblem(conflict, path, choice.value);
}

function presenceProblem(conflict: StoredConflict, choice: ConflictChoice): string | null {
  if (!differs(conflict, PRESENCE)) return 'is the same at both ends';
  return 'take' in choice || choice.value === 'present' || choice.value === 'voided' ? null : "takes the parent's, the child's, present or voided";
}

const RIGHT: Readonly<Record<string, string>> = {
  text: 'takes text, without blanks at its ends; or null for nothing',
  number: 'takes a number; or null for nothing',
  boolean: 'takes true or false; or null for nothing',
  date: 'takes a day such as 1985-05-12; or null for nothing',
  instant: 'takes a moment in UTC such as 2026-11-01T10:15:00Z; or null for nothing',
};

function valueProblem(conflict: StoredConflict, path: string, value: Held): string | null {
  if (!isOfList(path)) return isNormal(conflict.category, path, value) ? null : (RIGHT[kindAt(conflict, path)] ?? 'takes another value');
  if (value === undefined) return null;
  if (kindAt(conflict, path) !== 'text') return "takes the parent's, the child's, or no value, which takes the item away";
  return typeof value === 'string' && value !== '' && value === value.trim() ? null : 'takes text, without blanks at its ends; no value takes the item away';
}

/** Choices as the merge takes them, with what goes along with what shall go: each applies for as long as both ends hold what was seen there, or the value. */
export function decisionsOf(conflict: StoredConflict, choices: readonly ConflictChoice[]): readonly Decision[] {
  const made = choices.map(
    (choice): Decision => ({
      path: choice.path,
      seenAtParent: seenAt(conflict.parent, choice.path),
      seenAtChild: seenAt(conflict.child, choice.path),
      value: 'take' in choice ? valueAt(conflict[choice.take], choice.path) : choice.value,
    }),
  );
  return asShown(made, conflict.parent, conflict.child);
}

const seenAt = (version: StoredConflict['parent'], path: string): Held => (path === PRESENCE ? presenceSeen(version) : heldAt(version, path));

/** An end that does not have the record holds it as well as one that has voided it. */
function valueAt(version: StoredConflict['parent'], path: string): Held {
  if (path !== PRESENCE) return heldAt(version, path);
  return settledPresence(version.presence) === 'present' ? 'present' : 'voided';
}

/** Those that stand, with these in the place of what was decided of the same paths before. */
export function withDecisions(standing: readonly Decision[], made: readonly Decision[]): readonly Decision[] {
  const paths = new Set(made.map(({ path }) => path));
  return [...standing.filter(({ path }) => !paths.has(path)), ...made];
}
