import type { Mutation } from './mutation.js';

/** What a link excludes stays where it is. */
export const EXCLUSIONS: readonly Mutation[] = [
  {
    name: 'what a link excludes stays at its site',
    invariants: [7],
    file: 'libs/configuration/src/admits.ts',
    text: 'return whyExcluded(link.exclude, record) ?? whyFiltered(',
    instead: 'return whyFiltered(',
    red: { file: 'test/pipeline/exclusions.int.spec.ts', test: 'what a link excludes goes neither down nor up' },
  },
  {
    name: 'what refers to an excluded record stays with it',
    invariants: [7],
    file: 'libs/configuration/src/admits.ts',
    text: "if (known.refersToKept && keepsAnything(link)) return 'excluded';",
    instead: '',
    red: { file: 'test/pipeline/exclusions.int.spec.ts', test: 'what a link excludes and had travelled stops flowing' },
  },
  {
    name: 'an encounter that does not tell its type or its obs stays where a link excludes any',
    invariants: [7],
    file: 'libs/configuration/src/excluded.ts',
    text: "return tellsAll(exclude, record) ? null : 'exclusion-unknown';",
    instead: 'return tellsAll(exclude, record) ? null : null;',
    red: { file: 'libs/configuration/src/excluded.spec.ts', test: 'what a link excludes an encounter that does not tell' },
  },
  {
    name: 'what is kept by a record that is let go at that very moment is looked at again',
    invariants: [1],
    file: 'libs/persistence/src/repositories/exclusion.repository.ts',
    text: 'order by aggregate, uuid for share`',
    instead: 'order by aggregate, uuid`',
    red: { file: 'libs/persistence/src/repositories/exclusion.int.spec.ts', test: 'what a link keeps at its site is looked at once more where what keeps it' },
  },
  {
    name: 'what older rules kept at its site is looked at by new ones',
    invariants: [1, 7],
    file: 'libs/persistence/src/repositories/rules.repository.ts',
    text: 'union select aggregate, uuid from exclusion where link = $1 and direction = $2',
    instead: '',
    red: {
      file: 'libs/persistence/src/repositories/rules.int.spec.ts',
      test: 'the rules that admit records on a route that change ask for what the older ones kept',
    },
  },
];
