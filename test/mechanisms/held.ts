import type { Mutation } from './mutation.js';

const HELD_SPEC = 'test/pipeline/held.int.spec.ts';
const API_SPEC = 'apps/console/src/held/held.spec.ts';

/** What people do to what is held: nothing ends that goes on, nothing is done that nobody has seen, and a look that is to leave no trace leaves none. */
export const HELD: readonly Mutation[] = [
  {
    name: 'what is looked at just now is not discarded: that look would bring it back',
    invariants: [1],
    everyRun: true,
    file: 'libs/persistence/src/repositories/held-act.repository.ts',
    text: 'return !moving.has(id) && !inConflict.has(id);',
    instead: 'return !inConflict.has(id);',
    red: { file: HELD_SPEC, test: 'what is held is not discarded while it is looked at' },
  },
  {
    name: 'of a group that is what somebody looked at which is held for that still',
    invariants: [1],
    file: 'libs/persistence/src/repositories/held-act.repository.ts',
    text: '(groups.get(id) ?? group) === group',
    instead: '(groups.get(id) ?? group) !== undefined',
    red: { file: HELD_SPEC, test: 'what is held is discarded of a group only where it is held for that still' },
  },
  {
    name: 'a look that is to leave no trace writes at no site',
    invariants: [1],
    file: 'apps/pusher/src/round-decider.ts',
    text: "      case 'dry-run':\n        return this.writer.foretell(round, plan, target, options);",
    instead: "      case 'dry-run':\n        return this.writer.write(round, plan, target, options);",
    red: { file: HELD_SPEC, test: 'what is held is told why it will not work now' },
  },
  {
    name: 'what somebody does to what is held is said, with who',
    invariants: [1],
    file: 'libs/persistence/src/repositories/held-act.repository.ts',
    text: '    await note(tx, act, done);',
    instead: '',
    red: { file: HELD_SPEC, test: 'what is held ends where somebody discards it' },
  },
  {
    name: 'nobody discards without saying why',
    invariants: [1],
    file: 'apps/console/src/held/held.controller.ts',
    text: "what === 'redriven' ? RedriveBody : ReasonBody",
    instead: "what === 'redriven' || what === 'discarded' ? RedriveBody : ReasonBody",
    red: { file: API_SPEC, test: 'what the console answers of what is held acts on one, as somebody' },
  },
  {
    name: 'by what a person is found is kept as a keyed digest, and as nothing that can be read',
    invariants: [11],
    file: 'libs/persistence/src/repositories/search-word.repository.ts',
    text: 'vault.digest(contentOf(word)).slice(0, 22)',
    instead: 'word.word.slice(0, 22)',
    red: { file: 'test/pipeline/record-timeline.int.spec.ts', test: 'one record is found by what it is called now, and by no table’s words' },
  },
  {
    name: 'what somebody asks of something held is looked at by one process at a time',
    invariants: [2],
    file: 'libs/persistence/src/repositories/asked-why.repository.ts',
    text: 'and (taken_until is null or taken_until < now())',
    instead: '',
    red: { file: 'libs/persistence/src/repositories/asked-why.int.spec.ts', test: 'what is asked of something held is taken by one process alone' },
  },
];
