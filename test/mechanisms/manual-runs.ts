import type { Mutation } from './mutation.js';

/** What people have looked through by hand is compared at both ends of its link, and at no other, and a dry run writes nothing; a feed that they rewind is read from its start. */
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
  {
    name: 'a dry run opens no look',
    invariants: [4],
    file: 'apps/fetcher/src/manual-runs/manual-runs.service.ts',
    text: 'if (!run.dry) await this.look(run);',
    instead: 'await this.look(run);',
    red: { file: 'test/pipeline/dry-run-rules.int.spec.ts', test: 'a dry run opens no look and writes nothing' },
  },
  {
    name: 'a dry run plans its rounds as such',
    invariants: [4],
    file: 'apps/pusher/src/dry-runs/record-ahead.ts',
    text: "known, writing: 'dry-run', closed",
    instead: "known, writing: 'live', closed",
    red: { file: 'test/pipeline/dry-run-rules.int.spec.ts', test: 'a dry run opens no look and writes nothing' },
  },
  {
    name: 'a feed that is rewound is taken from whoever reads it',
    invariants: [10],
    file: 'libs/persistence/src/repositories/feed-marker.repository.ts',
    text: 'set position = null, from_start = true, finding = null, leased_by = null, leased_until = null',
    instead: 'set position = null, from_start = true, finding = null',
    red: { file: 'test/pipeline/rewound-feeds.int.spec.ts', test: 'a feed that a person has read from its start takes the feed from whoever is reading it' },
  },
  {
    name: 'a feed that is rewound begins at its start, whatever the configuration says',
    invariants: [10],
    file: 'apps/feed-watcher/src/watch-feed.service.ts',
    text: ' || lease.fromStart',
    instead: '',
    red: { file: 'test/pipeline/rewound-feeds.int.spec.ts', test: 'a feed that a person has read from its start tells what stood there' },
  },
];
