import type { Mutation } from './mutation.js';

/** What people have looked through by hand is compared at both ends of its link, and at no other. */
export const MANUAL_RUNS: readonly Mutation[] = [
  {
    name: 'what is looked through by hand is compared at its target, though all is as agreed',
    invariants: [1],
    file: 'apps/mapper/src/route-keeper.ts',
    text: ' || change.forcedOn.includes(end.link.id)',
    instead: '',
    red: { file: 'test/pipeline/manual-runs.int.spec.ts', test: 'what is looked through by hand is what a site changed without a word' },
  },
  {
    name: 'a run of a route is one at a time',
    invariants: [2],
    file: 'libs/persistence/src/repositories/manual-run.repository.ts',
    text: "if (row !== undefined) {\n      say(tx, row, 1, { act: 'begun', by, records: 0 });\n      return { begun: row.id };\n    }",
    instead: "if (row !== undefined) say(tx, row, 1, { act: 'begun', by, records: 0 });\n    return { begun: row?.id ?? '' };",
    red: { file: 'test/pipeline/manual-runs.int.spec.ts', test: 'a run is one at a time on a route' },
  },
];
