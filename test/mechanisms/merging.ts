import type { Mutation } from './mutation.js';

const MERGE = 'libs/merge/src/merge.ts';
const MERGE_SPEC = 'libs/merge/src/merge.spec.ts';
const PRESENCE = 'libs/merge/src/merge-presence.ts';
const PRESENCE_SPEC = 'libs/merge/src/merge-presence.spec.ts';
const ADVANCE_SPEC = 'libs/merge/src/advance.spec.ts';

/** No silent overwrite, and nothing agreed that was not seen. */
export const MERGING: readonly Mutation[] = [
  {
    name: 'one field to two values is asked about',
    invariants: [4],
    everyRun: true,
    file: MERGE,
    text: "if (isEditedHere && isEditedThere) return { kind: 'conflict', why: 'both-edited' };",
    instead: '',
    red: { file: MERGE_SPEC, test: 'one field of a record, by what each end holds and was seen with' },
  },
  {
    name: 'first contact compares',
    invariants: [4],
    file: MERGE,
    text: "if (weight(s) === weight(t)) return { kind: 'conflict', why: 'first-contact' };",
    instead: '',
    red: { file: MERGE_SPEC, test: 'one field of a record, by what each end holds and was seen with' },
  },
  {
    name: 'each end is compared with its own side',
    invariants: [4, 5],
    file: MERGE,
    text: '{ version: source, agreed: agreed[sourceIs] },',
    instead: '{ version: source, agreed: agreed.parent },',
    red: { file: MERGE_SPEC, test: 'two bases let an old child that cannot hold a field' },
  },
  {
    name: 'the other end, too, is compared with its own side',
    invariants: [4, 5],
    file: MERGE,
    text: '{ version: target, agreed: agreed[otherSide(sourceIs)] },',
    instead: '{ version: target, agreed: agreed[sourceIs] },',
    red: { file: MERGE_SPEC, test: 'an item of a list stays away from a target that dropped it' },
  },
  {
    name: 'unknown is not empty',
    invariants: [4, 5],
    file: MERGE,
    text: "if (!covers(source, path) || !covers(target, path)) return { kind: 'unknown', why: 'not-covered' };",
    instead: '',
    red: { file: MERGE_SPEC, test: 'an item of a list is nobody’s removal where a look could not see the list' },
  },
  {
    name: 'a delete against an edit is asked about',
    invariants: [4],
    file: PRESENCE,
    text: "if (isNewlyVoided && (isRestored || isEdited(present.agreed, present.version))) return ask('delete-against-edit');",
    instead: '',
    red: { file: PRESENCE_SPEC, test: 'presence, by what each end is and was agreed to be' },
  },
  {
    name: 'absence with an agreement is asked about',
    invariants: [4],
    file: PRESENCE,
    text: "return absent.agreed.presence === 'absent' ? { flow: toAbsent, value: 'present', reason: null } : ask('absent-with-agreement');",
    instead: "return { flow: toAbsent, value: 'present', reason: null };",
    red: { file: PRESENCE_SPEC, test: 'presence, by what each end is and was agreed to be' },
  },
  {
    name: 'absence at the source is never a deletion',
    invariants: [4],
    file: 'apps/fetcher/src/settle-look.ts',
    text: "(read.presence === 'absent' && deletedEntry ?",
    instead: "(read.presence === 'absent' ?",
    red: { file: 'apps/fetcher/src/settle-look.spec.ts', test: 'a look that finds no record is never taken for a deletion' },
  },
  {
    name: 'a decision applies only to what was seen',
    invariants: [4],
    file: 'libs/merge/src/decide.ts',
    text: "return atParent === 'moved' || atChild === 'moved' ? 'lapsed' : 'applies';",
    instead: "return 'applies';",
    red: { file: MERGE_SPEC, test: 'a decision on parent p and child c' },
  },
  {
    name: 'a void that would take others is asked about',
    invariants: [4],
    file: 'apps/pusher/src/target-writer.ts',
    text: 'const live = await target.dependants(job.record, options);',
    instead: 'const live = (await target.dependants(job.record, options)).slice(0, 0);',
    red: { file: 'test/pipeline/holds.int.spec.ts', test: 'a job asks where a void would take with it' },
  },
  {
    name: 'nothing is written while anything is asked about',
    invariants: [4],
    file: 'apps/pusher/src/plan-push.ts',
    text: 'if (merged.reason !== null)',
    instead: 'if (merged.reason !== null && merged.toTarget.size === 0)',
    red: { file: 'apps/pusher/src/plan-push.spec.ts', test: 'a push asks, and writes nothing' },
  },
  {
    name: 'a third value is disputed',
    invariants: [5],
    everyRun: true,
    file: 'libs/merge/src/advance.ts',
    text: "if (end === 'third') draft.dispute(path);",
    instead: '',
    red: { file: ADVANCE_SPEC, test: 'the agreement after a round neither agrees to a third value nor sends it on' },
  },
  {
    name: 'a proven loss is agreed, each end its own',
    invariants: [5, 8],
    file: 'libs/merge/src/advance.ts',
    text: "if (end === 'agreed' || end === 'lost') draft.agree(",
    instead: "if (end === 'agreed') draft.agree(",
    red: { file: ADVANCE_SPEC, test: 'the agreement after a round keeps each end’s own value' },
  },
  {
    name: 'only what was seen equal is agreed',
    invariants: [4, 5],
    file: 'libs/merge/src/advance.ts',
    text: "if (after === merged.toTarget.get(path)) return 'pending';",
    instead: "if (merged.toTarget.has(path)) return 'agreed';",
    red: { file: ADVANCE_SPEC, test: 'the agreement after a round' },
  },
  {
    name: 'what is written is read back',
    invariants: [5],
    file: 'libs/openmrs/src/rest/write-record.ts',
    text: 'await settleObs(site, left, options) : await readRecord(site, sides.held.record, options);',
    instead: "await settleObs(site, left, options) : { ...sides.incoming, presence: 'present' as const };",
    red: { file: 'test/contract/rest-client-writes.spec.ts', test: 'a site of platform 2.8' },
  },
];
