import type { Mutation } from './mutation.js';

const PIPELINE_SPEC = 'test/pipeline/far-held.int.spec.ts';
const RECEIVED_SPEC = 'libs/persistence/src/repositories/received-work.int.spec.ts';
const CLINIC = 'what is held at a clinic that reports to a hub';

/** What is held at other instances, and what is done to it from here. */
export const FAR_HELD: readonly Mutation[] = [
  {
    name: 'what somebody elsewhere did to what is held is done to nothing twice',
    invariants: [2],
    file: 'libs/runtime/src/far-held/act-from-elsewhere.ts',
    text: 'const left = part.filter((one) => !done.has(one.id));',
    instead: 'const left = part;',
    red: { file: PIPELINE_SPEC, test: `${CLINIC} is acted on once` },
  },
  {
    name: 'who acts from elsewhere acts on nothing that came after they looked',
    invariants: [3],
    file: 'libs/runtime/src/far-held/act-from-elsewhere.ts',
    text: 'held.idsOf({ group }, new Date(act.seenAt))',
    instead: 'held.idsOf({ group })',
    red: { file: PIPELINE_SPEC, test: `${CLINIC} is left as it is where it is held for something else by then` },
  },
  {
    name: 'nobody elsewhere acts on what is held where that is not said',
    invariants: [3],
    file: 'libs/persistence/src/repositories/received-work.repository.ts',
    text: 'where origin = $1 and takes_acts for update',
    instead: 'where origin = $1 for update',
    red: { file: RECEIVED_SPEC, test: 'the work of other instances takes no act for an instance that lets nobody act from here' },
  },
  {
    name: 'a report of what is held that was late on its way changes nothing',
    invariants: [3],
    file: 'libs/persistence/src/repositories/received-work.repository.ts',
    text: 'where mine.run <> excluded.run or mine.number < excluded.number',
    instead: '',
    red: { file: RECEIVED_SPEC, test: 'the work of other instances is as it was told last' },
  },
];
