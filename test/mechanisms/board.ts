import type { Mutation } from './mutation.js';

const FRESHNESS = 'libs/runtime/src/freshness.ts';
const FRESHNESS_SPEC = 'libs/runtime/src/freshness.spec.ts';
const ENGINES = 'libs/persistence/src/repositories/engine.repository.ts';
const PAUSED_SPEC = 'test/pipeline/paused-links.int.spec.ts';

/** What the board says is so, and what people stop stands still. */
export const BOARD_MUTATIONS: readonly Mutation[] = [
  {
    name: 'a link gets older while an end does not answer',
    invariants: [10],
    everyRun: true,
    file: FRESHNESS,
    text: "['target', target.isUp ? at : target.since]",
    instead: "['target', at]",
    red: { file: FRESHNESS_SPEC, test: 'how fresh a route is gets older while an end does not answer' },
  },
  {
    name: 'what was entered unseen is as old as it may be',
    invariants: [10],
    file: FRESHNESS,
    text: 'return isThrough || isOlder(readToEndAt, behind.from) ? readToEndAt : behind.from;',
    instead: 'return readToEndAt;',
    red: { file: FRESHNESS_SPEC, test: 'is true: of whatever a clinic enters' },
  },
  {
    name: 'a person stops a direction of a link, for every process',
    invariants: [12],
    file: ENGINES,
    text: 'if (stopped !== null) return stopped;',
    instead: '',
    red: { file: PAUSED_SPEC, test: 'a link that a person pauses writes nothing' },
  },
  {
    name: 'one that runs dry begins nothing new',
    invariants: [12],
    file: ENGINES,
    text: "return openedAt.getTime() <= pause.since ? null : 'draining';",
    instead: 'return null;',
    red: { file: PAUSED_SPEC, test: 'a link that a person lets run dry' },
  },
  {
    name: 'who watches the board is asked whether they still may',
    invariants: [11],
    file: 'apps/console/src/board/board.controller.ts',
    text: 'if (await this.mayStill(request)) line.write',
    instead: 'if ((await this.mayStill(request)) || true) line.write',
    red: { file: 'apps/console/src/board/board-session.int.spec.ts', test: 'whoever watches the board is told no more once their session has ended' },
  },
];
