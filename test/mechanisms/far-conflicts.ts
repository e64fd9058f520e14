import type { Mutation } from './mutation.js';

const PIPELINE_SPEC = 'test/pipeline/far-conflicts.int.spec.ts';
const RECEIVED_SPEC = 'libs/persistence/src/repositories/received-conflict.int.spec.ts';

/** Conflicts that are answered at another instance, and what things are called. */
export const FAR_CONFLICTS: readonly Mutation[] = [
  {
    name: 'what both ends of a conflict hold leaves an instance only where that is said',
    invariants: [11],
    file: 'apps/conflict-service/src/reporting/report-conflicts.service.ts',
    text: '({ conflicts }) => conflicts,',
    instead: '() => true,',
    red: { file: PIPELINE_SPEC, test: 'a conflict at a clinic that does not say that conflicts may be answered elsewhere is told nowhere' },
  },
  {
    name: 'an answer that is given again under its id is the same answer',
    invariants: [2],
    file: 'libs/runtime/src/hub-conflict-desk.ts',
    text: 'if (answer.id !== undefined && ',
    instead: "if (answer.id === '' && ",
    red: { file: PIPELINE_SPEC, test: 'a conflict at a clinic that reports to a hub is answered once' },
  },
  {
    name: 'what was done to a conflict elsewhere is done here once',
    invariants: [2],
    file: 'libs/persistence/src/repositories/fetched-act.repository.ts',
    text: 'returning case when ended_as is null then id end as id',
    instead: 'returning id',
    red: { file: RECEIVED_SPEC, test: 'the conflicts of other instances are acted on once by their own instance' },
  },
  {
    name: 'an answer to a conflict of another instance is to what was looked at',
    invariants: [3],
    file: 'libs/persistence/src/repositories/received-conflict.repository.ts',
    text: "(summary ->> 'version')::int = $3",
    instead: "(summary ->> 'version')::int >= $3 - 1",
    red: { file: RECEIVED_SPEC, test: 'the conflicts of other instances take an answer to what was looked at' },
  },
  {
    name: 'an instance neither shows nor closes the conflicts of another one',
    invariants: [4],
    file: 'libs/persistence/src/repositories/received-conflict.repository.ts',
    text: 'sealed = null, is_wanted = false where origin = $1 and id = any($2::uuid[])',
    instead: 'sealed = null, is_wanted = false where ($1 = $1) and id = any($2::uuid[])',
    red: { file: RECEIVED_SPEC, test: 'the conflicts of other instances are those of their own instance alone' },
  },
  {
    name: 'what both ends of a conflict held is forgotten where it was answered, once it is closed',
    invariants: [11],
    file: 'libs/persistence/src/repositories/received-conflict.repository.ts',
    text: 'set closed_at = now(), sealed = null,',
    instead: 'set closed_at = now(),',
    red: { file: RECEIVED_SPEC, test: 'the conflicts of other instances that are told of no more' },
  },
  {
    name: 'what a site calls a patient whom a link does not see is not seen',
    invariants: [7],
    file: 'libs/categories/src/only-held.ts',
    text: 'filter(([uuid]) => !unseen.has(uuid))',
    instead: 'filter(([uuid]) => unseen.size >= 0 && uuid.length > 0)',
    red: { file: 'libs/categories/src/labels.spec.ts', test: 'what a site calls things is gone for those whom a link does not see' },
  },
  {
    name: 'an answer of the hub that is to be the first takes the place of none at the clinic',
    invariants: [4],
    file: 'apps/conflict-service/src/reporting/act-on-conflict.ts',
    text: 'act.unlessAnswered ?? false',
    instead: 'false',
    red: { file: 'test/pipeline/far-conflicts.int.spec.ts', test: 'a conflict at a clinic that reports to a hub keeps the clinic’s own answer' },
  },
];
