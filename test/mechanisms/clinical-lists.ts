import type { Mutation } from './mutation.js';

const CONDITION_SPEC = 'libs/categories/src/condition.category.spec.ts';

/** What is kept as a list of a patient: servers write such rows anew, and only what says the same may follow. */
export const CLINICAL_LISTS: readonly Mutation[] = [
  {
    name: 'what a server would make anew under a uuid of its own is not changed there',
    invariants: [8, 4],
    file: 'libs/categories/src/plan-steps.ts',
    text: 'if (reason !== null && writes.fields.size > 0)',
    instead: 'if (reason !== null && writes.fields.size < 0)',
    red: { file: CONDITION_SPEC, test: 'a decoded condition is not touched where the server would make another of it' },
  },
  {
    name: 'an object that holds several fields is sent whole',
    invariants: [4],
    file: 'libs/categories/src/nested-scalars.ts',
    text: 'const value = wanted[name] ?? null;',
    instead: 'const value = flat[name] ?? null;',
    red: { file: CONDITION_SPEC, test: 'a decoded condition is changed in place, its object as a whole' },
  },
  {
    name: 'an object that is not told is not taken for an empty one',
    invariants: [4],
    file: 'libs/categories/src/nested-scalars.ts',
    text: 'return holder === null || holder === undefined ? undefined : (holder[name] ?? null);',
    instead: 'return holder?.[name] ?? null;',
    red: { file: CONDITION_SPEC, test: 'a decoded condition says nothing of what it is where the object is not there' },
  },
];
